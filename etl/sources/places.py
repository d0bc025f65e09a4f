"""Tiers-lieux and the steps of their label."""

from __future__ import annotations

from data.sources import places as columns
from etl.checks import labels, places
from etl.sources.model import LoadSource

PLACES = LoadSource(columns.PLACES, context=places.located_with_centre, checks=places.checks, mend=places.mend)
LABELS = LoadSource(columns.LABELS, context=labels.with_label_history, checks=labels.checks)
