"""Rows of any number as a workbook: a sheet of typed cells, and a sheet that says what they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from textwrap import wrap
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.exports.columns import TableColumn
from data.formulas import is_formula
from data.i18n import NARROW, number
from data.types import day_of
from data.units import SHARE, Unit

MOST_ROWS = 100_000  # rows of a sheet that people can still open; the CSV file has no limit
LONGEST = 32_767  # letters of a cell
NARROWEST, WIDEST = 9, 46  # letters
TERMS, TEXTS = 30, 100  # letters, in the sheet that says what the file is
LINE = 15.5  # points
DATA, ABOUT = "Données", "À propos"
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
FONT = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
HEADER = {"bold": True, "bottom": 1, "text_wrap": True, "bg_color": "#EEF2F6", "font_color": "#1C2330"}

Formats = tuple[Format, Format]  # of a cell, and of one whose text looks like a formula


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
        formats = [
            (workbook.add_format(form), workbook.add_format(form | {"quote_prefix": True}))
            for form in (FONT | cell_format(column) for column in columns)
        ]
        heads = [workbook.add_format(FONT | HEADER | head_format(column)) for column in columns]
        written = _write_rows(sheet, columns, rows, formats, heads)
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


def head_format(column: TableColumn) -> dict[str, Any]:
    """Headers stand as their cells do."""
    return {"valign": "vcenter"} | ({"align": "right"} if column.kind in ("value", "year") else {})


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
    formats: Sequence[Formats],
    heads: Sequence[Format],
) -> int:
    """Row by row: in constant memory a row that is left cannot be written any more. Returns how many there are."""
    widths = [len(column.header) for column in columns]
    sheet.set_row(0, 2 * LINE)
    for at, (column, head) in enumerate(zip(columns, heads, strict=True)):
        sheet.write_string(0, at, column.header.replace(NARROW, "\u00a0"), head)
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


def _write(sheet: Worksheet, row: int, at: int, value: Any, formats: Formats) -> int:
    """Write one cell; returns its width in letters. A text that looks like a formula stays one when it is edited."""
    form, quoted = formats
    if value is None:
        sheet.write_blank(row, at, None, form)
        return 0
    if isinstance(value, date):
        sheet.write_datetime(row, at, datetime.combine(value, time()), form)
        return 12
    if isinstance(value, int | float):
        sheet.write_number(row, at, value, form)
        return len(f"{value:,.0f}") + 4
    text = str(value)
    sheet.write_string(row, at, text, quoted if is_formula(text) else form)
    return len(text)


def _set_up(sheet: Worksheet, title: str, landscape: bool) -> None:
    """A4, the whole width on a page, page numbers."""
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    words = title[:120].replace("&", "&&")  # & begins a code there, and a digit after &8 would be its size
    sheet.set_footer(f"&L&8 {words}&R&8 Page &P / &N")


def _write_about(workbook: xlsxwriter.Workbook, sheet: Worksheet, about: About, cut: bool) -> None:
    wrapped = FONT | {"text_wrap": True}
    term, text = workbook.add_format(wrapped | {"bold": True}), workbook.add_format(wrapped)
    title = workbook.add_format(wrapped | {"bold": True, "font_size": 14})
    warning = workbook.add_format(wrapped | {"bold": True, "font_color": "#6B4700", "bg_color": "#FDF3D7"})
    limit = f"Les {number(MOST_ROWS)} premières lignes seulement{NARROW}: le fichier CSV les a toutes."
    parts = [
        ("Titre", about.title, title),
        *((("Nature", about.warning, warning),) if about.warning else ()),
        *((words, said, text) for words, said in about.parts),
        *((("Lignes", limit, text),) if cut else ()),
    ]
    sheet.set_column(0, 0, TERMS)
    sheet.set_column(1, 1, TEXTS)
    sheet.hide_gridlines(2)
    for row, (words, said, form) in enumerate(parts):
        lines = max(len(wrap(words, TERMS - 4)), len(wrap(said, TEXTS - (30 if form is title else 8))))
        sheet.set_row(row, LINE * max(lines, 1) + (6 if form is title else 2))  # no program works it out by itself
        sheet.write_string(row, 0, words.replace(NARROW, "\u00a0"), term)
        sheet.write_string(row, 1, said.replace(NARROW, "\u00a0")[:LONGEST], form)
