"""What partners do with and for the tiers-lieux."""

from __future__ import annotations

from collections import Counter

import polars as pl

from data.sources import activities as columns
from etl.checks import activities
from etl.reference_data import ReferenceData
from etl.sources.model import LoadSource
from etl.sources.texts import folded


def with_holder_key(rows: pl.DataFrame, _reference: ReferenceData, _seen: Counter[str]) -> pl.DataFrame:
    """The rows with the key by which a holder is recognised in aid files."""
    return rows.with_columns(folded(rows["holder"], "holder_key"))


ACTIVITIES = LoadSource(columns.ACTIVITIES, checks=activities.checks, transform=with_holder_key)
