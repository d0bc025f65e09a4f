"""The months that places declared, read once for all that is computed from them."""

from __future__ import annotations

import polars as pl
from sqlalchemy import Connection, SmallInteger, select, type_coerce

from data.facts.attendance import A_YEAR
from data.facts.suppression import PRIVATE
from data.schema import attendance_month, live, place_version
from etl.bulk import read_frame


def read_declared_months(connection: Connection) -> pl.DataFrame:
    """One row per place, month (yyyymm) and unit (its rank in UNITS) declared, of the places that are live.

    Columns: place_id, month, unit, then whether the place is_private, whether its seats are known (`seated`), whether
    it declared the same month a year before in the same unit too (`paired`).
    """
    query = select(
        attendance_month.c.place_id, attendance_month.c.month, type_coerce(attendance_month.c.unit, SmallInteger)
    )
    months = read_frame(connection, query, {"place_id": pl.Int64, "month": pl.Int64, "unit": pl.Int16})
    places = read_frame(
        connection,
        select(place_version.c.place_id, place_version.c.holder_type, place_version.c.seats).where(live(place_version)),
        {"place_id": pl.Int64, "holder_type": pl.String, "seats": pl.Int64},
    ).select(
        "place_id",
        is_private=pl.col("holder_type").eq_missing(PRIVATE),
        seated=(pl.col("seats") > 0).fill_null(value=False),
    )
    before = months.select("place_id", "unit", pl.col("month") + A_YEAR, paired=pl.lit(value=True))
    return (
        months.join(places, on="place_id")
        .join(before, on=["place_id", "unit", "month"], how="left")
        .with_columns(pl.col("paired").fill_null(value=False))
    )
