"""The runs of months whose last twelve have a month declared, or a pair a year apart, place by place."""

from __future__ import annotations

import polars as pl
from sqlalchemy import Connection

from data.facts.attendance import DECLARED_KIND, PAIRED_KIND
from data.facts.suppression import EVERY_LEVEL, LEVELS
from data.schema import visit_span
from etl.bulk import insert_frame
from etl.rollups.declared_months import SCOPE

MONTHS_A_YEAR = 12
_RUN_KEY = ["unit", "level", "place_id"]


def add_spans(connection: Connection, places: pl.DataFrame, months: pl.DataFrame, masks: pl.DataFrame) -> None:
    """Add the runs of a unit to `visit_span`.

    `places` and `months` are those of `declared_months`, `masks` of `suppression`. A month that counts does so in the
    twelve months that begin with it: these runs are joined where they meet. A private place counts at the levels that
    publish its month.
    """
    placed = places.select("place_id", *SCOPE)
    key = [column.name for column in visit_span.primary_key]
    for kind in (DECLARED_KIND, PAIRED_KIND):
        runs = runs_of_years(_counting(kind, months, masks)).join(placed, on="place_id")
        insert_frame(connection, visit_span, runs.with_columns(kind=pl.lit(kind)).sort(key))


def runs_of_years(months: pl.DataFrame) -> pl.DataFrame:
    """Months (yyyymm) by unit, level and place_id -> `first` and `last` of each run, both included."""
    rank = pl.col("month") // 100 * MONTHS_A_YEAR + pl.col("month") % 100 - 1
    ranked = months.select(*_RUN_KEY, rank.alias("rank")).sort(*_RUN_KEY, "rank")
    opens = (pl.col("rank") - pl.col("rank").shift() > MONTHS_A_YEAR) | pl.any_horizontal(
        pl.col(name) != pl.col(name).shift() for name in _RUN_KEY
    )
    numbered = ranked.with_columns(opens.fill_null(value=True).cum_sum().alias("run"))
    return (
        numbered.group_by("run", maintain_order=True)
        .agg(
            *(pl.col(name).first() for name in _RUN_KEY),
            _month_of(pl.col("rank").first()).alias("first"),
            _month_of(pl.col("rank").last() + MONTHS_A_YEAR - 1).alias("last"),
        )
        .drop("run")
    )


def _counting(kind: str, months: pl.DataFrame, masks: pl.DataFrame) -> pl.DataFrame:
    """One row per unit, level, place and month that counts: of a private place, for each level that publishes it."""
    of_kind = months.filter(pl.col("paired")) if kind == PAIRED_KIND else months
    private = of_kind.filter("is_private").join(
        masks.select("place_id", "month", "unit", hidden=pl.col(kind)), on=["place_id", "month", "unit"], how="left"
    )
    published = pl.col("hidden").fill_null(0)
    by_level = [(EVERY_LEVEL, of_kind.filter(~pl.col("is_private")))]
    by_level += [(level.number, private.filter(published & level.bit == 0)) for level in LEVELS]
    return pl.concat(
        rows.select("unit", pl.lit(level, pl.Int16).alias("level"), "place_id", "month") for level, rows in by_level
    )


def _month_of(rank: pl.Expr) -> pl.Expr:
    """24239 -> 201912."""
    return rank // MONTHS_A_YEAR * 100 + rank % MONTHS_A_YEAR + 1
