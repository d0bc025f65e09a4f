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
)


def chart_named(slug: str) -> Chart | None:
    """The chart of that slug, if any."""
    return next((chart for chart in CHARTS if chart.slug == slug), None)


__all__ = ["CHARTS", "Chart", "chart_named", "read_chart"]
