"""Which private places each level of the attendance figures leaves out, month by month (`data.facts.suppression`)."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from sqlalchemy import Connection, and_, literal, select

from data.facts.suppression import LEVELS, PRIVATE_HOLDER_TYPE, SUMMED_PLACES
from data.model.facts import SummedPlaces
from data.schema import attendance_suppression, is_live, label_month, place_version
from etl.bulk import insert_frame, read_frame
from etl.rollups.declared_months import SCOPE
from etl.rollups.suppression_rules import flag_of, suppress, suppress_parts

# A figure, and those that sum a part of its places.
DECLARED_KINDS: tuple[SummedPlaces, ...] = ("declared", "seated", "paired")
_KEY = attendance_suppression.primary_key


def mask_declared(places: pl.DataFrame, months: pl.DataFrame) -> pl.DataFrame:
    """One row per private place, month and unit (its rank in UNITS) that some level leaves out of what was declared:
    for each kind of figure, the mask of these levels. The frames are those of `declared_months`.
    """
    declared = months.filter("is_private").join(_private(places), on="place_id")
    return _masks_of(suppress_parts(declared), DECLARED_KINDS)


def mask_expected(connection: Connection, places: pl.DataFrame) -> pl.DataFrame:
    """The same of the places expected to declare, whatever the unit: 0."""
    return _masks_of(
        suppress(_read_expected(connection).join(_private(places), on="place_id"), "expected"), ["expected"]
    )


def write_masks(connection: Connection, places: pl.DataFrame, masks: pl.DataFrame) -> None:
    """Add the runs of months of masks to `attendance_suppression`."""
    runs = runs_of(masks).join(_private(places), on="place_id")
    insert_frame(connection, attendance_suppression, runs.sort(column.name for column in _KEY))


def _private(places: pl.DataFrame) -> pl.DataFrame:
    return places.filter("is_private").select("place_id", *SCOPE)


def _masks_of(rows: pl.DataFrame, kinds: Sequence[SummedPlaces]) -> pl.DataFrame:
    """The rows that some level leaves out, with the mask of each kind of figure: 0 for those of other rows."""
    masks = [_mask_of(kind) if kind in kinds else pl.lit(0, pl.Int16).alias(kind) for kind in SUMMED_PLACES]
    every = rows.select("place_id", "month", "unit", *masks)
    return every.filter(pl.any_horizontal(pl.col(kind) > 0 for kind in kinds))


def _mask_of(kind: SummedPlaces) -> pl.Expr:
    """The mask of the levels that leave a row out, of those that the kind of figure sums."""
    bits = (pl.col(flag_of(kind, level)).cast(pl.Int16) * level.bit for level in LEVELS)
    mask = pl.sum_horizontal(*bits)
    return (mask if kind in ("declared", "expected") else pl.when(pl.col(kind)).then(mask).otherwise(0)).alias(kind)


def runs_of(masks: pl.DataFrame) -> pl.DataFrame:
    """The runs of months of each kind, unit, level and place that the masks name: `first` and `last`, both included."""
    rank = pl.col("month") // 100 * 12 + pl.col("month") % 100
    key = ["kind", "unit", "level", "place_id"]
    runs = [
        masks.filter(pl.col(kind) & level.bit > 0).select(
            pl.lit(kind).alias("kind"), "unit", pl.lit(level.number).alias("level"), "place_id", "month"
        )
        for kind in SUMMED_PLACES
        for level in LEVELS
    ]
    months = pl.concat(runs).sort(*key, "month")
    run = (rank - pl.int_range(pl.len()).over(key)).alias("run")  # the same for months that follow each other
    return (
        months.group_by(*key, run)
        .agg(pl.col("month").min().alias("first"), pl.col("month").max().alias("last"))
        .drop("run")
    )


def _read_expected(connection: Connection) -> pl.DataFrame:
    """One row per private place and month during which it was labelled."""
    query = (
        select(label_month.c.place_id, label_month.c.month, literal(0))
        .join(place_version, and_(place_version.c.place_id == label_month.c.place_id, is_live(place_version)))
        .where(place_version.c.holder_type == PRIVATE_HOLDER_TYPE)
    )
    return read_frame(connection, query, {"place_id": pl.Int32, "month": pl.Int32, "unit": pl.Int16})
