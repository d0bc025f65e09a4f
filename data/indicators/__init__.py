"""The indicators, in the order of the dictionary."""

from __future__ import annotations

from data.indicators import aid, attendance, label
from data.indicators.model import GROUPINGS, Fact, Grouping, Indicator, Measure, Ratio, Total

INDICATORS: tuple[Indicator, ...] = (*label.INDICATORS, *aid.INDICATORS, *attendance.INDICATORS)


def indicator_named(slug: str) -> Indicator | None:
    """The indicator of that slug, if any."""
    return next((indicator for indicator in INDICATORS if indicator.slug == slug), None)


__all__ = [
    "GROUPINGS",
    "INDICATORS",
    "Fact",
    "Grouping",
    "Indicator",
    "Measure",
    "Ratio",
    "Total",
    "indicator_named",
]
