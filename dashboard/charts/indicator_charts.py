"""The charts that are built for each indicator, from its declaration alone: its sheet shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from dashboard.charts.indicator_panels import panels_chart
from dashboard.charts.indicator_ranks import ranks_chart
from dashboard.charts.indicator_series import series_chart
from dashboard.charts.model import Chart
from data.indicators import INDICATORS, Indicator
from data.units import ATTENDANCE_UNITS, Unit

BuildChart = Callable[[Indicator], Chart | None]
BUILDERS: tuple[BuildChart, ...] = (series_chart, ranks_chart, panels_chart)


def indicator_charts(indicator: Indicator) -> tuple[Chart, ...]:
    """The series of an indicator, its territories, its series by département: those that its groupings allow."""
    charts = ((build, build(indicator)) for build in BUILDERS)
    return tuple(_in_any_unit(indicator, build, chart) for build, chart in charts if chart)


def _in_any_unit(indicator: Indicator, build: BuildChart, chart: Chart) -> Chart:
    """The chart, which another unit of attendance words anew, where the indicator has one."""
    return replace(chart, in_unit=partial(_chart_in_unit, indicator, build)) if indicator.unit_wording else chart


def _chart_in_unit(indicator: Indicator, build: BuildChart, unit: Unit) -> Chart:
    chart = build(indicator.in_unit(next(code for code, each in ATTENDANCE_UNITS.items() if each == unit)))
    assert chart is not None, "a unit changes no grouping"
    return chart


INDICATOR_CHARTS = tuple(chart for indicator in INDICATORS for chart in indicator_charts(indicator))
