"""The sheet « Graphique » of a workbook: the table of a chart, and the chart that Excel draws from it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from dashboard.exports.cells import office_text
from dashboard.exports.chart_sheet import write_table
from dashboard.exports.office import MONTH_FORMAT, ChartSeries, ChartTable
from dashboard.exports.picture import PNG_SCALE, png_drawing
from dashboard.exports.prepared import ChartContent
from dashboard.figures.base import INK, MUTED, RULE, WHITE
from data.formulas import escape_formula

CHART_PIXELS = {"width": 960, "height": 480}
FIRST_COLUMN_LETTERS, COLUMN_LETTERS = 34, 16
GAP_PERCENT = 60  # between bars, of their width


def write_chart_sheet(
    workbook: xlsxwriter.Workbook, sheet: Worksheet, content: ChartContent, title: str, style: dict[str, Any]
) -> None:
    """Write the table at A1, and the chart at its right, with its finding as title and its text alternative; or the
    picture of what Excel cannot draw.
    """
    table = content.table
    if table is None:
        _insert_picture(sheet, content)
        return
    write_table(workbook, sheet, table, style)
    sheet.set_column(0, 0, FIRST_COLUMN_LETTERS)
    sheet.set_column(1, len(table.series), COLUMN_LETTERS)
    sheet.freeze_panes(1, 1)
    chart = _chart(workbook, sheet.get_name(), table)
    chart.set_title(
        {
            "name": escape_formula(office_text(title)),
            "overlay": False,
            "name_font": {"size": 14, "bold": True, "color": INK},
        }
    )
    chart.set_size(CHART_PIXELS)
    position = {"object_position": 3, "description": office_text(content.alt)}
    sheet.insert_chart(0, len(table.series) + 2, chart, position)


def _insert_picture(sheet: Worksheet, content: ChartContent) -> None:
    """The drawing of a chart that Excel cannot draw; its numbers are in the sheet of data."""
    assert content.picture is not None, "an empty chart has no sheet"
    image = png_drawing(content.picture, CHART_PIXELS["width"], content.picture.height)
    options = {"image_data": BytesIO(image), "x_scale": 1 / PNG_SCALE, "y_scale": 1 / PNG_SCALE}
    sheet.insert_image(0, 0, "graphique.png", options | {"description": office_text(content.alt)})


def _chart(workbook: xlsxwriter.Workbook, sheet: str, table: ChartTable) -> Any:
    kind = {"type": table.office.kind, **({"subtype": "stacked"} if table.office.stacked else {})}
    chart = workbook.add_chart(kind)
    last = len(table.categories)
    for at, (series, end) in enumerate(zip(table.series, table.last_points, strict=True), start=1):
        chart.add_series(
            {
                "name": [sheet, 0, at],
                "categories": [sheet, 1, 0, last, 0],
                "values": [sheet, 1, at, last, at],
                **(_line(series, end, table) if table.office.kind == "line" else _bars(series.colour, table)),
            }
        )
    chart.show_blanks_as("span" if table.office.connected else "gap")
    chart.set_legend(
        {"position": "top", "font": {"color": INK, "size": 11}} if len(table.series) > 1 else {"none": True}
    )
    chart.set_x_axis(_name_axis(table))
    chart.set_y_axis(_value_axis(table))
    return chart


def _line(series: ChartSeries, end: int | None, table: ChartTable) -> dict[str, Any]:
    """A line with its points, and the value of its last one."""
    colour = series.colour
    mark = {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}}
    labels = [{"delete": True}] * end + [{}] + [{"delete": True}] * (len(table.categories) - end - 1) if end else []
    font = {"bold": True, "color": colour, "size": 12}
    shown = {"value": True, "custom": labels, "num_format": table.label_format, "position": "above", "font": font}
    return {
        "line": {"color": colour, "width": 2.25},
        "marker": mark if series.has_marks else {"type": "none"},
        **({"data_labels": shown} if labels else {}),
    }


def _bars(colour: str, table: ChartTable) -> dict[str, Any]:
    is_stacked = table.office.stacked
    shown = {
        "value": True,
        "num_format": table.label_format,
        "position": "center" if is_stacked else "outside_end",
        "font": {"color": WHITE if is_stacked else INK},
    }
    return {
        "fill": {"color": colour},
        "border": {"color": WHITE},
        "gap": GAP_PERCENT,
        **({} if is_stacked else {"overlap": 0}),
        **({"data_labels": shown} if table.has_labels else {}),
    }


def _name_axis(table: ChartTable) -> dict[str, Any]:
    axis: dict[str, Any] = {
        "num_font": {"color": INK},
        "line": {"color": RULE},
        "major_gridlines": {"visible": False},
        "reverse": table.office.kind == "bar",  # the first one on top
        "label_position": "low",
    }
    if not table.is_dated:
        return axis
    return axis | {
        "date_axis": True,
        "num_format": MONTH_FORMAT,
        "major_unit": table.months_between_labels,
        "major_unit_type": "months",
    }


def _value_axis(table: ChartTable) -> dict[str, Any]:
    return {
        "min": 0,
        "visible": not table.has_labels,
        "num_font": {"color": MUTED},
        "num_format": table.axis_format,
        "line": {"none": True},
        "major_gridlines": {"visible": not table.has_labels, "line": {"color": RULE}},
    }
