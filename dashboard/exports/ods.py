"""Any number of rows as an OpenDocument workbook: a sheet of typed cells, and a sheet that describes the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from dashboard.exports.cells import office_text, xml_text
from dashboard.exports.columns import TableColumn
from dashboard.exports.ods_styles import STYLES, column_styles, style_name
from dashboard.exports.prepared import Passport, PreparedExport
from data.types import month_start

CONTENT_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
MAX_ROWS = 250_000  # that a spreadsheet still opens quickly; CSV has no limit
ROWS_PER_WRITE = 1_000
COMPRESSION_LEVEL = 3
FIXED_DAY = (1980, 1, 1, 0, 0, 0)
NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
        ("meta", "meta"),
        ("fo", "xsl-fo-compatible"),
    )
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
MANIFEST = (
    f'{HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    f'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="{CONTENT_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def write_ods(export: PreparedExport, file: IO[bytes]) -> None:
    """Write a workbook of any number of rows in little memory. The same rows on the same day give the same bytes.

    A text is never a formula: each cell says its type.
    """
    passport = export.passport()
    with ZipFile(file, "w") as archive:
        archive.writestr(ZipInfo("mimetype", FIXED_DAY), CONTENT_TYPE, ZIP_STORED)  # first, and not compressed
        for name, text in (("META-INF/manifest.xml", MANIFEST), ("meta.xml", _meta(passport))):
            archive.writestr(_part(name), text.encode(), compresslevel=COMPRESSION_LEVEL)
        with archive.open(_part("content.xml"), "w", force_zip64=True) as content:
            for piece in _content(export, passport):
                content.write(piece.encode())


def _part(name: str) -> ZipInfo:
    part = ZipInfo(name, FIXED_DAY)
    part.compress_type = ZIP_DEFLATED
    return part


def _meta(passport: Passport) -> str:
    title = xml_text(office_text(passport.title))
    return (
        f'{HEAD}<office:document-meta {NAMESPACES} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3">'
        f"<office:meta><dc:title>{title}</dc:title><dc:language>fr-FR</dc:language>"
        f"<dc:date>{passport.day.isoformat()}T00:00:00</dc:date></office:meta></office:document-meta>"
    )


def _content(export: PreparedExport, passport: Passport) -> Iterator[str]:
    yield f'{HEAD}<office:document-content {NAMESPACES} office:version="1.3">'
    yield f"<office:automatic-styles>{STYLES}{column_styles(export.columns)}</office:automatic-styles>"
    yield "<office:body><office:spreadsheet>"
    yield _table("Données", ["wide" if column.kind == "text" else "narrow" for column in export.columns])
    header = "".join(_text_cell(column.header, "header") for column in export.columns)
    yield f"<table:table-header-rows><table:table-row>{header}</table:table-row></table:table-header-rows>"
    yield from _rows(export.columns, export.rows)
    yield "</table:table>"
    yield _table("À propos", ["wide", "text"])
    warning = [("Nature", passport.warning)] if passport.warning else []
    for term, text in (("Titre", passport.title), *warning, *passport.parts):
        cells = _text_cell(term, "header") + _text_cell(text, "wrapped")
        yield f"<table:table-row>{cells}</table:table-row>"
    yield "</table:table></office:spreadsheet></office:body></office:document-content>"


def _table(name: str, widths: Sequence[str]) -> str:
    columns = "".join(f'<table:table-column table:style-name="{width}"/>' for width in widths)
    return f'<table:table table:name="{name}">{columns}'


def _rows(columns: Sequence[TableColumn], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    styles = [style_name(column) for column in columns]
    months = [column.kind == "month" for column in columns]
    remaining = islice(rows, MAX_ROWS)
    while batch := list(islice(remaining, ROWS_PER_WRITE)):
        yield "".join(
            "<table:table-row>"
            + "".join(
                _cell(month_start(value) if month and value is not None else value, style)
                for value, style, month in zip(row, styles, months, strict=True)
            )
            + "</table:table-row>"
            for row in batch
        )


def _cell(value: Any, style: str) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        return (
            f'<table:table-cell table:style-name="{style}" office:value-type="date" '
            f'office:date-value="{value.isoformat()}"/>'
        )
    if isinstance(value, int | float | Decimal):
        kind = "percentage" if style.startswith("percent") else "float"
        return f'<table:table-cell table:style-name="{style}" office:value-type="{kind}" office:value="{value}"/>'
    return _text_cell(str(value), style)


def _text_cell(text: str, style: str) -> str:
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string">'
        f"<text:p>{xml_text(office_text(text))}</text:p></table:table-cell>"
    )
