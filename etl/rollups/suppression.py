"""Which private places each level of the attendance figures leaves out, month by month (`data.facts.suppression`)."""

from __future__ import annotations

import polars as pl
from sqlalchemy import (
    Connection,
    and_,
    delete,
    literal,
    select,
)

from data.facts.suppression import LEVELS, PRIVATE_HOLDER_TYPE, SUMMED_PLACES
from data.model.facts import SummedPlaces
from data.schema import attendance_suppression, is_live, label_month, place_version
from etl.bulk import insert_frame, read_frame
from etl.rollups.declared_months import SCOPE
from etl.rollups.statistics import analyze_tables
from etl.rollups.suppression_rules import flag_of, suppress, suppress_parts

DECLARED_KINDS: tuple[SummedPlaces, ...] = (
    "declared",
    "seated",
    "paired",
)  # a figure, and those that sum a part of its places


def refresh(connection: Connection, places: pl.DataFrame, months: pl.DataFrame) -> pl.DataFrame:
    """Compute `attendance_suppression` again, from the frames of `declared_months`.

    Returns one row per private place, month and unit (its rank in UNITS; 0 for `expected`) that some level leaves out:
    for each kind of figure, the mask of these levels.
    """
    private = places.filter("is_private").select("place_id", *SCOPE)
    declared = suppress_parts(months.filter("is_private").join(private, on="place_id"))
    expected = suppress(_read_expected(connection).join(private, on="place_id"), "expected")
    masks = pl.concat(
        [
            declared.select("place_id", "month", "unit", *(_mask_of(kind) for kind in DECLARED_KINDS)),
            expected.select("place_id", "month", "unit", _mask_of("expected")),
        ],
        how="diagonal",
    ).with_columns(pl.col(kind).fill_null(0) for kind in SUMMED_PLACES)
    masks = masks.filter(pl.any_horizontal(pl.col(kind) > 0 for kind in SUMMED_PLACES))
    connection.execute(delete(attendance_suppression))
    runs = runs_of(masks).join(private, on="place_id")
    key = [column.name for column in attendance_suppression.primary_key]
    insert_frame(connection, attendance_suppression, runs.sort(key))
    analyze_tables(connection, attendance_suppression)
    return masks


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
