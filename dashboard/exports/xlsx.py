"""Rows of any number as a workbook: a sheet of typed cells, and a sheet that says what they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.exports.columns import TableColumn
from data.i18n import NARROW
from data.types import day_of
from data.units import SHARE, Unit

MOST_ROWS = 100_000  # rows of a sheet that people can still open; the CSV file has no limit
LONGEST = 32_767  # letters of a cell
NARROWEST, WIDEST = 9, 46  # letters
DATA, ABOUT = "Données", "À propos"
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
FONT = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
HEADER = {"bold": True, "bottom": 1, "text_wrap": True, "bg_color": "#EEF2F6", "font_color": "#1C2330"}


@dataclass(frozen=True)
class About:
    """What a file is: its title, what must be said first (demonstration data; empty: nothing), then terms and texts."""

    title: str
    warning: str
    parts: tuple[tuple[str, str], ...]
    day: date  # of the export


def xlsx_bytes(columns: Sequence[TableColumn], rows: Iterable[Sequence[Any]], about: About) -> bytes:
    """The workbook. The same rows on the same day give the same bytes."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as workbook:
        created = datetime.combine(about.day, time())
        workbook.set_properties({"title": about.title, "author": "Région Normandie", "created": created})
        sheet, said = workbook.add_worksheet(DATA), workbook.add_worksheet(ABOUT)
        formats = [workbook.add_format(FONT | cell_format(column)) for column in columns]
        header = workbook.add_format(FONT | HEADER)
        written = _write_rows(sheet, columns, rows, formats, header)
        _set_up(sheet, about.title, landscape=True)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(written, 1), len(columns) - 1)
        _write_about(workbook, said, about, written == MOST_ROWS)
        _set_up(said, about.title, landscape=False)
    return file.getvalue()


def cell_format(column: TableColumn) -> dict[str, Any]:
    """How a column's cells are written: French formats are those of Excel's own language, so these are its codes."""
    if column.kind == "day":
        return {"num_format": "dd/mm/yyyy", "align": "left"}
    if column.kind == "month":
        return {"num_format": "mmmm yyyy", "align": "left"}
    if column.kind == "year":
        return {"num_format": "0"}
    if column.kind == "value" and column.unit:
        return {"num_format": number_format(column.unit)}
    return {"text_wrap": True}


def number_format(unit: Unit) -> str:
    """The format of a unit, from how it writes: percents with one decimal, euros with their sign."""
    sample = unit.figure(0.123)
    if "%" in sample:
        return "0.0%" if unit is SHARE else "+0.0%;-0.0%;0.0%"
    digits = sum(letter.isdigit() for letter in sample.partition(",")[2])
    whole = "#,##0" + ("." + "0" * digits if digits else "")
    return f'{whole} "€"' if "€" in sample else whole


def cell_value(column: TableColumn, value: Any) -> Any:
    """A value as a workbook holds it: numbers, dates (the first of a month for a month) and text."""
    if value is None:
        return None
    if column.kind == "month":
        return day_of(value * 100 + 1)
    if isinstance(value, Decimal):
        return float(value)
    return value.replace(NARROW, "\u00a0")[:LONGEST] if isinstance(value, str) else value


def _write_rows(
    sheet: Worksheet,
    columns: Sequence[TableColumn],
    rows: Iterable[Sequence[Any]],
    formats: Sequence[Format],
    header: Format,
) -> int:
    """Row by row: in constant memory a row that is left cannot be written any more. Returns how many there are."""
    widths = [len(column.header) for column in columns]
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column.header.replace(NARROW, "\u00a0"), header)
    written = 0
    for row in rows:
        written += 1
        for at, (column, value) in enumerate(zip(columns, row, strict=True)):
            widths[at] = max(widths[at], _write(sheet, written, at, cell_value(column, value), formats[at]))
        if written == MOST_ROWS:
            break
    for at, width in enumerate(widths):
        sheet.set_column(at, at, min(max(width + 2, NARROWEST), WIDEST))
    return written


def _write(sheet: Worksheet, row: int, at: int, value: Any, form: Format) -> int:
    """Write one cell; returns its width in letters."""
    if value is None:
        sheet.write_blank(row, at, None, form)
        return 0
    if isinstance(value, date):
        sheet.write_datetime(row, at, datetime.combine(value, time()), form)
        return 12
    if isinstance(value, int | float):
        sheet.write_number(row, at, value, form)
        return len(f"{value:,.0f}") + 4
    sheet.write_string(row, at, str(value), form)
    return len(str(value))


def _set_up(sheet: Worksheet, title: str, landscape: bool) -> None:
    """A4, the whole width on a page, page numbers."""
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    words = title.replace("&", "&&")[:120]  # & begins a code there
    sheet.set_footer(f"&L&8{words}&R&8Page &P / &N")


def _write_about(workbook: xlsxwriter.Workbook, sheet: Worksheet, about: About, cut: bool) -> None:
    title = workbook.add_format(FONT | {"bold": True, "font_size": 14, "text_wrap": True})
    warning = workbook.add_format(FONT | {"bold": True, "font_color": "#6B4700", "bg_color": "#FDF3D7"})
    term, text = workbook.add_format(FONT | {"bold": True}), workbook.add_format(FONT | {"text_wrap": True})
    limit = f"Les {MOST_ROWS:,} premières lignes seulement : le fichier CSV les a toutes.".replace(",", "\u00a0")
    parts = (*about.parts, *((("Coupé", limit),) if cut else ()))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 96)
    sheet.hide_gridlines(2)
    row = 0
    sheet.write_string(row, 0, "Titre", term)
    sheet.write_string(row, 1, about.title.replace(NARROW, "\u00a0"), title)
    if about.warning:
        row += 1
        sheet.write_string(row, 0, "Nature", term)
        sheet.write_string(row, 1, about.warning, warning)
    for words, said in parts:
        row += 1
        sheet.write_string(row, 0, words, term)
        sheet.write_string(row, 1, said.replace(NARROW, "\u00a0")[:LONGEST], text)
