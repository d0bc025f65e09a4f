"""Aid files and the steps of each: what was voted, committed, ordered, paid, and when."""

from __future__ import annotations

from collections import Counter

import polars as pl

from data.sources import aids as columns
from etl.checks import aid_steps, aids
from etl.reference_data import ReferenceData
from etl.sources.model import DerivedTable, LoadSource

_STEPS = (
    ("vote", "vote", "voted_amount"),
    ("commitment", "commitment", "committed_amount"),
    ("payment_order", "first_payment_order", "payment_ordered_amount"),
    ("payment", "payment", "paid_amount"),
)
# The file's fiscal year is that of its authorisation; orders and payments may fall in any later year.
_IN_FISCAL_YEAR = frozenset({"vote", "commitment"})


def steps(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per step that has an amount (zero only counts as a vote); an undated one takes the day of the vote.

    Columns: reference, step, day (yyyymmdd), number (0), origin (that of the rows, `aids` when they name none), amount
    (cents), fiscal_year, line.
    """
    origin = pl.col("origin") if "origin" in rows.columns else pl.lit("aids").alias("origin")
    return pl.concat(_step(rows, origin, *names) for names in _STEPS)


def _step(rows: pl.DataFrame, origin: pl.Expr, step: str, day: str, amount: str) -> pl.DataFrame:
    happened = pl.col(amount).is_not_null() if step == "vote" else pl.col(amount) > 0
    year = pl.col("fiscal_year") if step in _IN_FISCAL_YEAR else pl.lit(None)
    return rows.filter(happened).select(
        "reference",
        pl.lit(step).alias("step"),
        pl.coalesce(day, "vote").alias("day"),
        pl.lit(0, pl.Int64).alias("number"),
        origin,
        pl.col(amount).alias("amount"),
        year.cast(pl.Int32).alias("fiscal_year"),
        "line",
    )


def with_origin(rows: pl.DataFrame, _reference: ReferenceData, _occurrences: Counter[str]) -> pl.DataFrame:
    """The rows as aid files of the Région's own list."""
    return rows.with_columns(origin=pl.lit(columns.AIDS.name))


def as_own_steps(rows: pl.DataFrame, _reference: ReferenceData, _occurrences: Counter[str]) -> pl.DataFrame:
    """The rows as steps of the financial follow-up, which replace those of the lists of aid files."""
    return rows.with_columns(origin=pl.lit(columns.AID_STEPS.name))


STEPS_OF_FILES = DerivedTable("aid_step", steps, complete_for=("aid_id", "origin"))
AIDS = LoadSource(columns.AIDS, checks=aids.checks, transform=with_origin, derived=(STEPS_OF_FILES,))
AID_STEPS = LoadSource(
    columns.AID_STEPS,
    context=aid_steps.with_votes,
    checks=aid_steps.checks,
    mend=aid_steps.mend,
    transform=as_own_steps,
)
