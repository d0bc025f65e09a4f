"""What partners do with and for the tiers-lieux."""

from __future__ import annotations

from data.sources import activities as columns
from etl.checks import activities
from etl.sources.model import LoadSource

ACTIVITIES = LoadSource(
    columns.ACTIVITIES, context=activities.with_public_title, checks=activities.checks, mend=activities.mend
)
