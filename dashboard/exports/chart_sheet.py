"""The workbook inside a native chart, which Office opens on « Modifier les données »: cells of types, no formula."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from dashboard.exports.office import ChartTable
from data.formulas import is_formula

SAFE_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
HEADER_POINTS = 31  # two lines
CHART_SHEET = "Sheet1"  # the references of python-pptx name it


def chart_workbook(table: ChartTable) -> bytes:
    """One sheet: categories in column A, a column per series, the names in the first row."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **SAFE_OPTIONS}) as workbook:
        write_table(workbook, workbook.add_worksheet(CHART_SHEET), table)
    return file.getvalue()


def write_table(workbook: xlsxwriter.Workbook, sheet: Worksheet, table: ChartTable, style: Any = None) -> None:
    """Write the table of a chart at A1, row by row; `style` is that of its texts."""
    base = style or {}
    text = workbook.add_format(base)
    quoted = workbook.add_format(base | {"quote_prefix": True})  # for texts that look like formulas
    head = workbook.add_format(base | {"bold": True, "text_wrap": True, "quote_prefix": True})
    day = workbook.add_format(base | {"num_format": table.category_format or "General", "align": "left"})
    value_format = workbook.add_format(base | {"num_format": table.value_format})
    sheet.set_row(0, HEADER_POINTS)
    for at, name in enumerate((table.header, *(series.name for series in table.series))):
        sheet.write_string(0, at, name, head)
    for row, category in enumerate(table.categories, start=1):
        if isinstance(category, str):
            sheet.write_string(row, 0, category, quoted if is_formula(category) else text)
        else:
            sheet.write_datetime(row, 0, category, day)
        for at, series in enumerate(table.series, start=1):
            value = series.values[row - 1]
            if value is not None:
                sheet.write_number(row, at, value, value_format)
