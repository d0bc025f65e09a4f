"""Which indicators a load would move, and by how much."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection

from data.indicators import INDICATORS
from data.queries.indicators import read_value
from data.queries.options import read_filter_options
from data.selection import Selection
from etl.loading.report import IndicatorChange

Figures = Mapping[str, float | int | None]


def read_figures(connection: Connection, today: date) -> Figures:
    """Every indicator for the whole Région, at the date that the pages would show."""
    selection, _notices = Selection.from_query("", read_filter_options(connection, today))
    return {one.slug: read_value(connection, one, selection).value for one in INDICATORS}


def changes_between(before: Figures, after: Figures) -> tuple[IndicatorChange, ...]:
    """The indicators whose value is not the same."""
    return tuple(IndicatorChange(slug, before[slug], after[slug]) for slug in after if before[slug] != after[slug])
