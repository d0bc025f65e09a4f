"""Documents as workbooks: what they are, their figures, and a sheet for each chart and table, with typed cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import IO, Any, NamedTuple

import xlsxwriter

from dashboard.exports.cells import office_text
from dashboard.exports.columns import TableColumn
from dashboard.exports.number_formats import cell_format, number_format
from dashboard.exports.prepared import ChartContent
from dashboard.exports.sheet_chart import write_chart_sheet
from dashboard.exports.xlsx import FONT_STYLE, HEADER_STYLE, WORKBOOK_OPTIONS, header_format, set_up_page
from dashboard.reports.document import (
    ChartDrawing,
    Contents,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    SideBySide,
    TextTable,
    TypedRows,
)
from data.formulas import is_formula
from data.i18n import NARROW, day_long
from data.types import month_start

SUMMARY_SHEET, FACTS_SHEET = "Rapport", "Chiffres clés"
MAX_SHEET_NAME_LETTERS = 31
MIN_LETTERS, MAX_LETTERS = 9, 46  # of a column
LINE_POINTS, MAX_ROW_POINTS = 15, 409  # the latter is the most that Excel allows
FACT_COLUMNS = tuple(TableColumn(name, name) for name in ("Indicateur", "Valeur", "Unité", "Précision"))
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\']")


class _Number(NamedTuple):
    """A value that has a format of its own."""

    value: Any
    number_format: str


def write_xlsx(document: Document, file: IO[bytes]) -> None:
    """Write a report as a workbook; texts between figures stay out of it."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {**WORKBOOK_OPTIONS, "constant_memory": False, "in_memory": True}) as workbook:
        created = datetime.combine(document.day, time())
        workbook.set_properties({"title": document.title, "author": "Région Normandie", "created": created})
        tables = list(_tables(document.contents, ""))
        names = _sheet_names([title for title, _typed, _chart in tables])
        _write_summary(workbook, document, [(name, title) for name, (title, _, _) in zip(names, tables, strict=True)])
        for name, (_title, typed, chart) in zip(names, tables, strict=True):
            _write_table(workbook, name, typed, chart)
    file.write(buffer.getvalue())


def _tables(contents: Contents, heading: str) -> Iterator[tuple[str, TypedRows, ChartDrawing | None]]:
    """Each table of values with its title and, for a chart, its drawing; figures in a row are a table."""
    for content in contents:
        if isinstance(content, Heading):
            heading = content.text
        elif isinstance(content, ChartDrawing) and content.table.typed:
            yield content.finding, content.table.typed, content
        elif isinstance(content, TextTable) and content.rows:
            yield content.caption if not content.typed else heading, content.typed or _as_texts(content), None
        elif isinstance(content, KeyFigures):
            yield FACTS_SHEET, TypedRows(FACT_COLUMNS, tuple(_fact_row(fact) for fact in content.facts)), None
        elif isinstance(content, SideBySide):
            for group in content.groups:
                yield from _tables(group, heading)


def _fact_row(fact: KeyFigure) -> tuple[Any, ...]:
    if fact.number is None or fact.counted is None:
        return fact.label, fact.value, fact.unit, fact.status
    return fact.label, _Number(fact.number, number_format(fact.counted)), fact.unit, fact.status


def _as_texts(table: TextTable) -> TypedRows:
    return TypedRows(tuple(TableColumn(str(at), header) for at, header in enumerate(table.names)), table.rows)


def _sheet_names(titles: Sequence[str]) -> list[str]:
    """Names of sheets: short, each different whatever the case, without what Excel forbids."""
    names: dict[str, str] = {SUMMARY_SHEET.lower(): SUMMARY_SHEET}
    for number, title in enumerate(titles, start=1):
        start = f"{number} "
        words = _FORBIDDEN_IN_NAMES.sub(" ", office_text(title)).replace("\u00a0", " ")
        name = f"{start}{words[: MAX_SHEET_NAME_LETTERS - len(start)]}".strip()
        names[name.lower()] = name
    return list(names.values())[1:]


def _write_summary(workbook: xlsxwriter.Workbook, document: Document, sheets: Sequence[tuple[str, str]]) -> None:
    sheet = workbook.add_worksheet(SUMMARY_SHEET)
    text = workbook.add_format({**FONT_STYLE, "text_wrap": True, "quote_prefix": True})
    bold = workbook.add_format({**FONT_STYLE, "bold": True})
    lines = [
        ("Rapport", document.title),
        ("Filtres", document.subtitle),
        ("Édité le", day_long(document.day)),
        *((("Nature", document.warning),) if document.warning else ()),
        *(("Source", source) for source in document.sources),
        *((("Adresse", document.link),) if document.link else ()),
        *((f"Feuille «{NARROW}{name}{NARROW}»", title) for name, title in sheets),
    ]
    sheet.set_column(0, 0, MAX_LETTERS)
    sheet.set_column(1, 1, 2 * MAX_LETTERS)
    sheet.hide_gridlines(2)
    set_up_page(sheet, document.title, landscape=False)
    for row, (term, value) in enumerate(lines):
        sheet.write_string(row, 0, office_text(term), bold)
        sheet.write_string(row, 1, office_text(value), text)


def _write_table(workbook: xlsxwriter.Workbook, name: str, typed: TypedRows, chart: ChartDrawing | None) -> None:
    """A sheet with the rows of a table or, for what Excel can draw, the table of a chart and the chart."""
    sheet = workbook.add_worksheet(name)
    set_up_page(sheet, chart.finding if chart else name, landscape=True)
    if chart is not None and chart.native is not None:
        write_chart_sheet(workbook, sheet, ChartContent(chart.native, None, chart.alt), chart.finding, FONT_STYLE)
        return
    sheet.freeze_panes(1, 1)
    lines = [1] * len(typed.rows)
    for at, column in enumerate(typed.columns):
        head = workbook.add_format(FONT_STYLE | HEADER_STYLE | header_format(column))
        sheet.write_string(0, at, office_text(column.header), head)
        style = FONT_STYLE | cell_format(column)
        formats = workbook.add_format(style), workbook.add_format(style | {"quote_prefix": True})
        letters = [_letters(row[at]) for row in typed.rows]
        width = min(max(*letters, len(column.header), MIN_LETTERS) + 2, MAX_LETTERS)
        sheet.set_column(at, at, width)
        lines = [max(known, ceil(length / (width - 2))) for known, length in zip(lines, letters, strict=True)]
        for row, values in enumerate(typed.rows, start=1):
            value = _cell_value(column, values[at])
            if isinstance(value, _Number):
                own = workbook.add_format(FONT_STYLE | {"num_format": value.number_format, "align": "left"})
                value, formats = value.value, (own, own)
            _write_cell(sheet, (row, at), value, formats)
    for row, count in enumerate(lines, start=1):
        if count > 1:  # LibreOffice does not make room by itself
            sheet.set_row(row, min(count * LINE_POINTS, MAX_ROW_POINTS))


def _letters(value: Any) -> int:
    return len(str(value.value if isinstance(value, _Number) else value or ""))


def _cell_value(column: TableColumn, value: Any) -> Any:
    is_month = column.kind == "month" and isinstance(value, int)
    return month_start(value) if is_month else value


def _write_cell(sheet: Any, place: tuple[int, int], value: Any, formats: tuple[Any, Any]) -> None:
    """A cell of its type; an unknown value is an empty cell. The second format is for texts that look like formulas."""
    plain, quoted = formats
    if value is None:
        return
    if isinstance(value, date):
        sheet.write_datetime(*place, value, plain)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(*place, value, plain)
    else:
        text = office_text(str(value))
        sheet.write_string(*place, text, quoted if is_formula(text) else plain)
