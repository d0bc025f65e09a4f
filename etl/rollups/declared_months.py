"""The months that places declared, read once for all that is computed from them."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
from sqlalchemy import Connection, SmallInteger, select, type_coerce

from data.codes import UNITS
from data.facts.attendance import MONTH_NUMBERS_A_YEAR
from data.facts.scope import standard_columns
from data.facts.suppression import PRIVATE_HOLDER_TYPE
from data.schema import attendance_month, commune, is_live, place_version
from etl.bulk import read_frame

DEFAULT_UNIT = UNITS.index("visits")  # its response rate is known even when nobody declared
SCOPE = ("dep", "epci", "holder_type", "typologies")


def read_placed(connection: Connection) -> pl.DataFrame:
    """One row per live place: place_id, seats (null: unknown), the columns of SCOPE, whether it is_private."""
    query = (
        select(
            place_version.c.place_id,
            place_version.c.seats,
            *standard_columns(place_version.c.holder_type, place_version.c.typologies),
        )
        .join(commune, commune.c.code == place_version.c.commune)
        .where(is_live(place_version))
    )
    schema = {"place_id": pl.Int32, "seats": pl.Int64, **dict.fromkeys(SCOPE, pl.String)}
    return read_frame(connection, query, schema).with_columns(is_private=pl.col("holder_type") == PRIVATE_HOLDER_TYPE)


def read_declared_months(connection: Connection, places: pl.DataFrame) -> Iterator[tuple[int, pl.DataFrame]]:
    """For each unit declared, and DEFAULT_UNIT: its rank in UNITS, and one row per place and month (yyyymm) declared in
    it, of the places of `read_placed`. Units come one by one: no sum holds two of them, and of ten million rows the
    frames of all weigh hundreds of megabytes.

    Columns: place_id, month, unit, value, then whether the place is_private, whether its seats are known (`seated`),
    `value_before`, that of the same month a year before (null: not declared), and whether there is one (`paired`).
    """
    query = select(
        attendance_month.c.place_id,
        attendance_month.c.month,
        type_coerce(attendance_month.c.unit, SmallInteger),
        attendance_month.c.value,
    )
    months = read_frame(
        connection, query, {"place_id": pl.Int32, "month": pl.Int32, "unit": pl.Int16, "value": pl.Int64}
    )
    for unit in sorted({DEFAULT_UNIT, *months["unit"].unique()}):
        yield unit, _with_year_before(months.filter(pl.col("unit") == unit), places)


def _with_year_before(months: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    before = months.select("place_id", pl.col("month") + MONTH_NUMBERS_A_YEAR, pl.col("value").alias("value_before"))
    of_place = places.select("place_id", "is_private", seated=(pl.col("seats") > 0).fill_null(value=False))
    return (
        months.join(of_place, on="place_id")
        .join(before, on=["place_id", "month"], how="left")
        .with_columns(paired=pl.col("value_before").is_not_null())
    )
