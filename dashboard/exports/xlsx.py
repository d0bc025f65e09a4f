"""Any number of rows as a workbook: a sheet of typed cells, and a sheet that describes the file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO
from shutil import copyfileobj
from tempfile import TemporaryFile
from textwrap import wrap
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from dashboard.exports.columns import TableColumn
from dashboard.exports.number_formats import cell_format
from dashboard.exports.prepared import ChartContent, Passport, PreparedExport
from dashboard.exports.sheet_chart import write_chart_sheet
from dashboard.exports.sheet_rows import MAX_CELL_LETTERS, RowWriter
from data.i18n import NARROW, number

MAX_ROWS = 250_000  # that a spreadsheet still opens quickly; CSV has no limit
MIN_COLUMN_LETTERS, MAX_COLUMN_LETTERS = 9, 46  # letters
TERM_COLUMN_LETTERS, TEXT_COLUMN_LETTERS = 30, 100  # widths in the sheet « À propos »
LINE_POINTS = 15.5  # height of a line
DATA_SHEET, CHART_SHEET, ABOUT_SHEET = "Données", "Graphique", "À propos"
DATA_SHEET_PATH = "xl/worksheets/sheet1.xml"  # the sheet of the rows, in the archive
COMPRESSION_LEVEL = 3
BLOCK_BYTES = 2**16  # copied at a time
FIXED_DAY = (1980, 1, 1, 0, 0, 0)
_BLANK_ROW = re.compile(rb'<row r="2".*</row>', re.DOTALL)
WORKBOOK_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
FONT_STYLE = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
HEADER_STYLE = {"bold": True, "bottom": 1, "text_wrap": True, "bg_color": "#EEF2F6", "font_color": "#1C2330"}


def write_xlsx(export: PreparedExport, file: IO[bytes]) -> None:
    """Write a workbook of any number of rows in little memory. The same rows on the same day give the same
    bytes.

    xlsxwriter writes everything except the rows; the rows are written as XML into a temporary file, and replace the
    blank rows of the workbook.
    """
    columns, passport = export.columns, export.passport()
    content = export.chart() if export.chart else None
    blank = _blank_rows(_read_data_sheet(_workbook(columns, passport, content, 0, ())))
    styles = [style.decode() for style in re.findall(rb' s="(\d+)"', blank)]
    writer = RowWriter(columns, styles[: len(columns)], styles[len(columns) :])
    with TemporaryFile() as spooled:
        writer.write(spooled, export.rows, MAX_ROWS)
        spooled.seek(0)
        _replace_blank_rows(file, _workbook(columns, passport, content, writer.count, writer.widths), spooled)


def _workbook(
    columns: Sequence[TableColumn],
    passport: Passport,
    content: ChartContent | None,
    row_count: int,
    widths: Sequence[int],
) -> bytes:
    """The workbook with its header, and two blank rows that carry the styles of the cells: normal, and quoted.

    The rows of a native chart are few: xlsxwriter writes their sheet.
    """
    file = BytesIO()
    with xlsxwriter.Workbook(file, WORKBOOK_OPTIONS) as workbook:
        created = datetime.combine(passport.day, time())
        workbook.set_properties({"title": passport.title, "author": "Région Normandie", "created": created})
        sheet = workbook.add_worksheet(DATA_SHEET)
        if content and content.picture:
            chart_sheet = workbook.add_worksheet(CHART_SHEET)
            write_chart_sheet(workbook, chart_sheet, content, passport.title, FONT_STYLE)
            set_up_page(chart_sheet, passport.title, landscape=True)
        about_sheet = workbook.add_worksheet(ABOUT_SHEET)
        _write_header(workbook, sheet, columns)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, min(max(width + 2, MIN_COLUMN_LETTERS), MAX_COLUMN_LETTERS))
        set_up_page(sheet, passport.title, landscape=True)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(row_count, 1), len(columns) - 1)
        _write_about(workbook, about_sheet, passport, row_count == MAX_ROWS)
        set_up_page(about_sheet, passport.title, landscape=False)
    return file.getvalue()


def _write_header(workbook: xlsxwriter.Workbook, sheet: Worksheet, columns: Sequence[TableColumn]) -> None:
    sheet.set_row(0, 2 * LINE_POINTS)
    for at, column in enumerate(columns):
        head = workbook.add_format(FONT_STYLE | HEADER_STYLE | header_format(column))
        sheet.write_string(0, at, column.header.replace(NARROW, "\u00a0"), head)
    for row, more in ((1, {}), (2, {"quote_prefix": True})):  # the second one for texts that look like formulas
        for at, column in enumerate(columns):
            sheet.write_blank(row, at, None, workbook.add_format(FONT_STYLE | cell_format(column) | more))


def _read_data_sheet(workbook: bytes) -> bytes:
    with ZipFile(BytesIO(workbook)) as archive:
        return archive.read(DATA_SHEET_PATH)


def _blank_rows(sheet: bytes) -> bytes:
    match = _BLANK_ROW.search(sheet)
    assert match is not None
    return match.group()


def _replace_blank_rows(file: IO[bytes], workbook: bytes, rows: IO[bytes]) -> None:
    """Write the workbook with these rows in place of its blank ones."""
    with (
        ZipFile(BytesIO(workbook)) as empty,
        ZipFile(file, "w", ZIP_DEFLATED, compresslevel=COMPRESSION_LEVEL) as filled,
    ):
        for name in empty.namelist():
            content = empty.read(name)
            part = ZipInfo(name, FIXED_DAY)
            part.compress_type = ZIP_DEFLATED
            with filled.open(part, "w", force_zip64=name == DATA_SHEET_PATH) as target:
                before, blank, after = (
                    content.partition(_blank_rows(content)) if name == DATA_SHEET_PATH else (content, b"", b"")
                )
                target.write(before)
                if blank:
                    copyfileobj(rows, target, BLOCK_BYTES)
                target.write(after)


def header_format(column: TableColumn) -> dict[str, Any]:
    """The alignment of a header, that of its cells."""
    return {"valign": "vcenter"} | ({"align": "right"} if column.kind in ("value", "year") else {})


def set_up_page(sheet: Worksheet, title: str, landscape: bool) -> None:
    """Set a sheet on A4: its whole width on a page, its title and page numbers below."""
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    footer = title[:120].replace("&", "&&")  # `&` begins a code; a digit after `&8` would be read as part of the size
    sheet.set_footer(f"&L&8 {footer}&R&8 Page &P / &N")


def _write_about(workbook: xlsxwriter.Workbook, sheet: Worksheet, passport: Passport, is_cut: bool) -> None:
    wrapped = FONT_STYLE | {"text_wrap": True}
    term, text = workbook.add_format(wrapped | {"bold": True}), workbook.add_format(wrapped)
    title = workbook.add_format(wrapped | {"bold": True, "font_size": 14})
    warning = workbook.add_format(wrapped | {"bold": True, "font_color": "#6B4700", "bg_color": "#FDF3D7"})
    limit = f"Les {number(MAX_ROWS)} premières lignes seulement{NARROW}: le fichier CSV les a toutes."
    parts = [
        ("Titre", passport.title, title),
        *((("Nature", passport.warning, warning),) if passport.warning else ()),
        *((term_text, text_value, text) for term_text, text_value in passport.parts),
        *((("Lignes", limit, text),) if is_cut else ()),
    ]
    sheet.set_column(0, 0, TERM_COLUMN_LETTERS)
    sheet.set_column(1, 1, TEXT_COLUMN_LETTERS)
    sheet.hide_gridlines(2)
    for row, (term_text, text_value, cell_format_) in enumerate(parts):
        lines = max(
            len(wrap(term_text, TERM_COLUMN_LETTERS - 4)),
            len(wrap(text_value, TEXT_COLUMN_LETTERS - (30 if cell_format_ is title else 8))),
        )
        sheet.set_row(
            row, LINE_POINTS * max(lines, 1) + (6 if cell_format_ is title else 2)
        )  # no spreadsheet computes the height of wrapped rows
        sheet.write_string(row, 0, term_text.replace(NARROW, "\u00a0"), term)
        sheet.write_string(row, 1, text_value.replace(NARROW, "\u00a0")[:MAX_CELL_LETTERS], cell_format_)
