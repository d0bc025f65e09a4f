"""The charts, in display order."""

from __future__ import annotations

from dashboard.charts import aid, attendance, coverage, territories, trajectory
from dashboard.charts.model import Chart

CHARTS: tuple[Chart, ...] = (*trajectory.CHARTS, *coverage.CHARTS, *aid.CHARTS, *attendance.CHARTS, *territories.CHARTS)


def chart_named(slug: str) -> Chart | None:
    """The chart of that slug, if any."""
    return next((chart for chart in CHARTS if chart.slug == slug), None)


__all__ = ["CHARTS", "Chart", "chart_named"]
