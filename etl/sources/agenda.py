"""Events of an open agenda → activities without a partner: shown, never counted."""

from __future__ import annotations

from collections import Counter

import polars as pl

from data.sources import activities as columns
from etl.checks.activities import agenda_checks, is_online, published
from etl.reference_data import ReferenceData
from etl.sources.model import LoadSource
from etl.territory.known_places import find_places
from etl.territory.locator import locate

_PREFIX = "openagenda-"  # codes of activities of the Région could be the same numbers
_CODE = pl.format(_PREFIX + "{}", "code").alias("code")


def cancelled_keys(rows: pl.DataFrame) -> list[str]:
    """Codes of the events that are no longer published, or were cancelled: those already loaded end."""
    return rows.filter(~published()).select(_CODE)["code"].to_list()


def locate_events(rows: pl.DataFrame, reference: ReferenceData) -> pl.DataFrame:
    """The rows with the commune and the tiers-lieu of each event, and what contradicts what."""
    return find_places(locate(rows, reference), reference)


def events(rows: pl.DataFrame, reference: ReferenceData, _occurrences: Counter[str]) -> pl.DataFrame:
    """One row per published event: code (openagenda-<uid>), kind, place_id (null: no known place, or online), commune
    (null: not found), and what it declares.
    """
    located = locate_events(rows.filter(published()), reference)
    in_normandie = pl.when(~pl.col("_outside")).then(pl.col("_commune"))
    return located.with_columns(
        _CODE,
        pl.lit("event").alias("kind"),
        in_normandie.alias("commune"),
        pl.when(~is_online()).then(pl.col("_place_id")).alias("place_id"),
    ).drop("_commune", "_outside", "_finding", "_place_id", "_match_problem")


ACTIVITIES_OPENAGENDA = LoadSource(
    columns.ACTIVITIES_OPENAGENDA,
    context=locate_events,
    checks=agenda_checks,
    transform=events,
    cancelled_keys=cancelled_keys,
    code_prefix=_PREFIX,
    reference_sources=("places",),
)
