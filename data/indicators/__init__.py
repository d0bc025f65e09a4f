"""The indicators, in the order of the dictionary."""

from __future__ import annotations

from collections.abc import Sequence

from data.indicators import (
    aid,
    aid_files,
    attendance,
    coverage,
    credits,
    events,
    label,
    managers,
    network,
    pace,
    partners,
    standard,
)
from data.model.indicators import GROUPINGS, ComputedMeasure, Grouping, Indicator, groupings_of
from data.selection import Selection

INDICATORS: tuple[Indicator, ...] = (
    *label.INDICATORS,
    *standard.INDICATORS,
    *pace.INDICATORS,
    *coverage.INDICATORS,
    *aid.INDICATORS,
    *aid_files.INDICATORS,
    *credits.INDICATORS,
    *partners.INDICATORS,
    *events.INDICATORS,
    *managers.INDICATORS,
    *attendance.INDICATORS,
    *network.INDICATORS,
)


def indicator_named(slug: str) -> Indicator | None:
    """The indicator of that slug, if any."""
    return next((indicator for indicator in INDICATORS if indicator.slug == slug), None)


def indicators_in_unit(slugs: Sequence[str], selection: Selection) -> tuple[Indicator, ...]:
    """The indicators of these slugs, with the label, definition and unit of the unit of attendance in the selection."""
    return tuple(indicator.in_selected_unit(selection) for slug in slugs if (indicator := indicator_named(slug)))


def filters_of_indicators(slugs: Sequence[str]) -> tuple[str, ...]:
    """Keys of the filters that narrow at least one of these indicators, without duplicates."""
    return tuple(
        dict.fromkeys(key for slug in slugs if (indicator := indicator_named(slug)) for key in indicator.filters)
    )


__all__ = [
    "GROUPINGS",
    "INDICATORS",
    "ComputedMeasure",
    "Grouping",
    "Indicator",
    "filters_of_indicators",
    "groupings_of",
    "indicator_named",
    "indicators_in_unit",
]
