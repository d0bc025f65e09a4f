"""The charts, in display order."""

from __future__ import annotations

from dashboard.charts import (
    agreements,
    aid,
    aid_money,
    attendance,
    attendance_by_departement,
    attendance_declarations,
    attendance_years,
    compared,
    compared_table,
    coverage,
    events,
    label,
    managers,
    parcours,
    partners,
    qvt_path,
    remote_population,
    standard,
    territories,
    trajectory,
)
from dashboard.charts.indicator_charts import INDICATOR_CHARTS
from dashboard.charts.model import Chart, read_chart

CHARTS: tuple[Chart, ...] = (
    *trajectory.CHARTS,
    *coverage.CHARTS,
    *aid.CHARTS,
    *aid_money.CHARTS,
    *attendance.CHARTS,
    *attendance_by_departement.CHARTS,
    *attendance_years.CHARTS,
    *attendance_declarations.CHARTS,
    *territories.CHARTS,
    *remote_population.CHARTS,
    *parcours.CHARTS,
    *label.CHARTS,
    *standard.CHARTS,
    *partners.CHARTS,
    *managers.CHARTS,
    *agreements.CHARTS,
    *qvt_path.CHARTS,
    *events.CHARTS,
    *compared.CHARTS,
    *compared_table.CHARTS,
)


ALL_CHARTS = (*CHARTS, *INDICATOR_CHARTS)
"""The declared charts, then those that are built for each indicator."""


def chart_named(slug: str) -> Chart | None:
    """The chart of that slug, if any."""
    return next((chart for chart in ALL_CHARTS if chart.slug == slug), None)


def charts_of_page(path: str) -> tuple[Chart, ...]:
    """The charts that the page at a path shows, in display order."""
    return tuple(chart for chart in ALL_CHARTS if path in chart.pages)


__all__ = ["ALL_CHARTS", "CHARTS", "INDICATOR_CHARTS", "Chart", "chart_named", "charts_of_page", "read_chart"]
