"""Which private places each level of the attendance figures leaves out, month by month (`data.facts.suppression`)."""

from __future__ import annotations

import polars as pl
from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    SmallInteger,
    Subquery,
    Table,
    and_,
    delete,
    literal,
    select,
    union_all,
)

from data.facts.suppression import KINDS, LEVELS, PRIVATE
from data.model.facts import SummedPlaces
from data.schema import attendance_suppression, commune, label_month, live, place_version
from etl.bulk import insert_frame, read_frame
from etl.rollups.statistics import analyze_tables
from etl.rollups.suppression_rules import flag_of, suppress, suppress_parts

ROWS_PER_BATCH = 50_000
DECLARED_KINDS: tuple[SummedPlaces, ...] = (
    "declared",
    "seated",
    "paired",
)  # a figure, and those that sum a part of its places

suppressed_month = Table(
    "suppressed_month",
    MetaData(),
    Column("place_id", Integer, primary_key=True, autoincrement=False),
    Column("month", Integer, primary_key=True, autoincrement=False),
    Column("unit", SmallInteger, primary_key=True, autoincrement=False),  # the rank in UNITS; 0 for `expected`
    *(Column(kind, SmallInteger, nullable=False) for kind in KINDS),
    prefixes=["TEMPORARY"],
    postgresql_on_commit="DROP",
    sqlite_with_rowid=False,
)
"""One row per private place, month and unit left out by some level: the mask of these levels, by kind of figure."""


def level_rows() -> Subquery:
    """SQL: one row per level, `level` and its `bit` in a mask."""
    rows = (select(literal(one.number).label("level"), literal(one.bit).label("bit")) for one in LEVELS)
    return union_all(*rows).subquery("levels")


def refresh(connection: Connection, months: pl.DataFrame) -> pl.DataFrame:
    """Decide again for every month: fill `suppressed_month`, for the sums, and `attendance_suppression`, for pages.

    `months`: those of `etl.rollups.declared_months`. Returns the rows of `suppressed_month`.
    """
    places = _read_places(connection)
    declared = suppress_parts(months.filter("is_private").join(places, on="place_id"))
    expected = suppress(_read_expected(connection).join(places, on="place_id"), "expected")
    masks = pl.concat(
        [
            declared.select("place_id", "month", "unit", *(_mask_of(kind) for kind in DECLARED_KINDS)),
            expected.select("place_id", "month", "unit", _mask_of("expected")),
        ],
        how="diagonal",
    ).with_columns(pl.col(kind).fill_null(0) for kind in KINDS)
    masks = masks.filter(pl.any_horizontal(pl.col(kind) > 0 for kind in KINDS))
    connection.exec_driver_sql('DROP TABLE IF EXISTS "suppressed_month"')
    suppressed_month.create(connection)
    insert_frame(connection, suppressed_month, masks.sort("place_id", "month", "unit"))
    connection.execute(delete(attendance_suppression))
    runs = runs_of(masks).join(places, on="place_id")
    key = [column.name for column in attendance_suppression.primary_key]
    insert_frame(connection, attendance_suppression, runs.sort(key))
    analyze_tables(connection, suppressed_month, attendance_suppression)
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
        for kind in KINDS
        for level in LEVELS
    ]
    months = pl.concat(runs).sort(*key, "month")
    run = (rank - pl.int_range(pl.len()).over(key)).alias("run")  # the same for months that follow each other
    return (
        months.group_by(*key, run)
        .agg(pl.col("month").min().alias("first"), pl.col("month").max().alias("last"))
        .drop("run")
    )


def _read_places(connection: Connection) -> pl.DataFrame:
    """The private places, with what cells are made of."""
    query = (
        select(place_version.c.place_id, commune.c.dep, commune.c.epci, place_version.c.typologies)
        .join(commune, commune.c.code == place_version.c.commune)
        .where(live(place_version), place_version.c.holder_type == PRIVATE)
    )
    schema = {"place_id": pl.Int64, "dep": pl.String, "epci": pl.String, "typologies": pl.String}
    return read_frame(connection, query, schema).with_columns(
        pl.col("typologies").fill_null(""), pl.lit(PRIVATE).alias("holder_type")
    )


def _read_expected(connection: Connection) -> pl.DataFrame:
    """One row per private place and month during which it was labelled."""
    query = (
        select(label_month.c.place_id, label_month.c.month, literal(0))
        .join(place_version, and_(place_version.c.place_id == label_month.c.place_id, live(place_version)))
        .where(place_version.c.holder_type == PRIVATE)
    )
    return read_frame(connection, query, {"place_id": pl.Int64, "month": pl.Int64, "unit": pl.Int16})
