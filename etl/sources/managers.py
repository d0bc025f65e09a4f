"""The network of managers, of which no person is kept."""

from __future__ import annotations

import polars as pl

from data.sources import managers as columns
from etl.checks import managers as checks
from etl.reference_data import ReferenceData
from etl.sources.model import DerivedTable, LoadSource


def places_present(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per meeting and tiers-lieu present: reference, code (of the place), line."""
    codes = pl.col("places").str.strip_chars("|").str.split("|").alias("code")
    return rows.filter(pl.col("places") != "").select("reference", codes, "line").explode("code")


def without_persons(rows: pl.DataFrame, reference: ReferenceData) -> pl.DataFrame:
    """The actions without an owner that is no known organisation: it may be a person."""
    return rows.with_columns(pl.when(checks.is_organisation(reference)).then(pl.col("owner")).alias("owner"))


NETWORK_MEETINGS = LoadSource(
    columns.NETWORK_MEETINGS,
    checks=checks.meeting_checks,
    derived=(DerivedTable("meeting_place", places_present, complete_for=("reference",)),),
)
NEEDS = LoadSource(columns.NEEDS, checks=checks.need_checks)
ROADMAP = LoadSource(columns.ROADMAP, checks=checks.action_checks, mend=without_persons)
