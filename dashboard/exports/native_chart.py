"""A native chart of PowerPoint, styled as the figures of the pages."""

from __future__ import annotations

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard.exports.chart_sheet import chart_workbook
from dashboard.exports.office import MONTH_FORMAT, ChartSeries, ChartTable
from dashboard.figures.base import INK, MUTED, RULE, WHITE

CHART_TYPES = {
    ("bar", False): XL_CHART_TYPE.BAR_CLUSTERED,
    ("bar", True): XL_CHART_TYPE.BAR_STACKED,
    ("column", False): XL_CHART_TYPE.COLUMN_CLUSTERED,
    ("column", True): XL_CHART_TYPE.COLUMN_STACKED,
    ("line", False): XL_CHART_TYPE.LINE_MARKERS,
}
LABEL_POINTS, LEGEND_POINTS = 12, 13
GAP_PERCENT = 60  # between bars, of their width
CROWDED = 20  # categories: beyond, their names are smaller


def colour(code: str) -> RGBColor:
    """« #1f4e79 » as Office takes it."""
    return RGBColor(*bytes.fromhex(code.lstrip("#")))  # type: ignore[no-untyped-call]


def add_native_chart(slide: Any, table: ChartTable, box: tuple[int, int, int, int]) -> Any:
    """Add the chart to a slide, in a box (left, top, width, height in EMU), with its workbook; returns its frame."""
    data: Any = CategoryChartData(number_format=table.value_format)  # type: ignore[no-untyped-call]
    data.categories = table.categories
    if table.is_dated:
        data.categories.number_format = table.category_format
    for series in table.series:
        data.add_series(series.name, series.values)
    frame = slide.shapes.add_chart(CHART_TYPES[table.office.kind, table.office.stacked], *box, data)
    frame.chart.part.chart_workbook.update_from_xlsx_blob(chart_workbook(table))
    _style(frame.chart, table)
    return frame


def _style(chart: Any, table: ChartTable) -> None:
    chart.has_title = False
    chart.font.size, chart.font.color.rgb = Pt(LABEL_POINTS), colour(MUTED)
    chart.has_legend = len(table.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        chart.legend.font.size, chart.legend.font.color.rgb = Pt(LEGEND_POINTS), colour(INK)
    _style_axes(chart, table)
    plot = chart.plots[0]
    if table.office.kind != "line":
        plot.gap_width, plot.overlap = GAP_PERCENT, 100 if table.office.stacked else 0
    for series, declared, last in zip(plot.series, table.series, table.last_points, strict=True):
        if table.office.kind == "line":
            _style_line(series, declared, last)
        else:
            _style_bars(series, declared.colour)
    if table.has_labels:
        _add_labels(plot, table)
    blanks = "span" if table.office.connected else "gap"
    chart._chartSpace.chart.find(qn("c:dispBlanksAs")).set("val", blanks)


def _style_axes(chart: Any, table: ChartTable) -> None:
    values, names = chart.value_axis, chart.category_axis
    values.minimum_scale = 0
    values.major_gridlines.format.line.color.rgb = colour(RULE)
    values.format.line.fill.background()
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = table.axis_format, False
    values.has_major_gridlines = values.visible = not table.has_labels
    names.format.line.color.rgb = colour(RULE)
    names.has_major_gridlines = False
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.tick_labels.font.color.rgb = colour(INK)
    if len(table.categories) > CROWDED:
        names.tick_labels.font.size = Pt(LABEL_POINTS - 3)
    if table.is_dated:
        _style_time_axis(names, table)
    names.reverse_order = table.office.kind == "bar"  # the first one on top


def _style_time_axis(axis: Any, table: ChartTable) -> None:
    """Months below the axis, as many as there is room for, whatever the days of the categories."""
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = MONTH_FORMAT, False
    base = "months" if table.category_format == MONTH_FORMAT else "days"
    settings = {"baseTimeUnit": base, "majorUnit": str(table.months_between_labels), "majorTimeUnit": "months"}
    element = axis._element
    for name in ("baseTimeUnit", "majorUnit", "majorTimeUnit"):  # in the order of the schema
        for old in element.findall(qn(f"c:{name}")):
            element.remove(old)
        element.append(parse_xml(f'<c:{name} {nsdecls("c")} val="{settings[name]}"/>'))


def _style_bars(series: Any, code: str) -> None:
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = colour(code)
    series.format.line.color.rgb = colour(WHITE)


def _style_line(series: Any, declared: ChartSeries, last: int | None) -> None:
    """A line with its points, and the value of its point `last`."""
    series.smooth, code = False, declared.colour
    series.format.line.color.rgb, series.format.line.width = colour(code), Pt(2.25)
    series.marker.style = XL_MARKER_STYLE.CIRCLE if declared.has_marks else XL_MARKER_STYLE.NONE
    series.marker.size = 5
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour(code)
    series.marker.format.line.color.rgb = colour(code)
    if last is not None:
        label = series.points[last].data_label
        label.position = XL_LABEL_POSITION.ABOVE
        label.font.bold, label.font.size, label.font.color.rgb = True, Pt(LABEL_POINTS + 2), colour(code)


def _add_labels(plot: Any, table: ChartTable) -> None:
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, table.label_format, False
    labels.font.size = Pt(LABEL_POINTS)
    labels.font.color.rgb = colour(WHITE if table.office.stacked else INK)
    labels.position = XL_LABEL_POSITION.CENTER if table.office.stacked else XL_LABEL_POSITION.OUTSIDE_END
