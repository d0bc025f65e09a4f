"""Files written badly on purpose, and one way to read them whole."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import polars as pl
from openpyxl.worksheet.worksheet import Worksheet

from etl.files import Note, Signature, open_table

KNOWN = {"id_lieu", "nom", "code_insee", "montant"}
SIGNATURE = Signature(lambda cells: sum(cell.casefold() in KNOWN for cell in cells))
HEADER = "id_lieu;nom;code_insee;montant"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@dataclass(frozen=True)
class Whole:
    """A sheet read to its end."""

    name: str
    header: tuple[str, ...]
    header_line: int
    frame: pl.DataFrame
    notes: list[Note]

    @property
    def cells(self) -> list[list[str | None]]:
        """The texts, row by row."""
        return [list(row) for row in self.frame.drop("line", "cells").iter_rows()]

    @property
    def lines(self) -> list[int]:
        """Physical lines of the rows."""
        return self.frame["line"].to_list()

    @property
    def codes(self) -> set[str]:
        """Codes of the notes."""
        return {note.code for note in self.notes}


def read(
    path: Path, signature: Signature = SIGNATURE, *, max_bytes: int = 2_000_000_000, repair: bool = False
) -> Whole:
    """Everything in the file."""
    with open_table(path, signature=signature, max_bytes=max_bytes, repair=repair) as sheet:
        frame = pl.concat(list(sheet.batches))
        return Whole(sheet.name, sheet.header, sheet.header_line, frame, sheet.notes)


def write(folder: Path, content: str | bytes, name: str = "fichier.csv", encoding: str = "utf-8") -> Path:
    """A file with exactly this content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def table(*rows: str) -> str:
    """The usual header, then `rows`, each ended by a line feed."""
    return "".join(f"{row}\n" for row in (HEADER, *rows))


Fill = Callable[[Worksheet], None]


def workbook(folder: Path, *rows: Sequence[object], fill: Fill | None = None, name: str = "classeur.xlsx") -> Path:
    """A workbook of one sheet: the usual header, then `rows`."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (HEADER.split(";"), *rows):
        sheet.append(list(row))
    if fill:
        fill(sheet)
    path = folder / name
    book.save(path)
    return path


def repack(path: Path, changes: dict[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> Path:
    """The same workbook with members replaced or added."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in (members | changes).items():
            archive.writestr(name, content)
    return path


def with_sheet_xml(folder: Path, rows: str, *, before: str = "", after: str = "") -> Path:
    """A workbook whose first sheet holds this XML as its rows."""
    xml = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    return repack(workbook(folder), {"xl/worksheets/sheet1.xml": xml.encode()})


def with_strings(
    path: Path, strings: str, changes: dict[str, bytes] | None = None, *, compression: int = zipfile.ZIP_DEFLATED
) -> Path:
    """The same workbook with shared texts, which openpyxl does not write."""
    member = "xl/_rels/workbook.xml.rels"
    with zipfile.ZipFile(path) as archive:
        relations = archive.read(member).decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    link = f'<Relationship Type="{kind}" Target="sharedStrings.xml" Id="rId99"/></Relationships>'
    added = {member: relations.replace("</Relationships>", link).encode(), "xl/sharedStrings.xml": strings.encode()}
    return repack(path, added | (changes or {}), compression=compression)


def inline(reference: str, text: str) -> str:
    """One cell of text, as XML."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def header_xml(row: int = 1) -> str:
    """The usual header as XML."""
    cells = "".join(inline(f"{letter}{row}", name) for letter, name in zip("ABCD", HEADER.split(";"), strict=True))
    return f'<row r="{row}">{cells}</row>'


ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
    for prefix in ("office", "table", "text", "style", "draw")
)


def ods_cell(value: object) -> str:
    """One cell of an ODS sheet, as LibreOffice writes it."""
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, bool):
        kind, shown = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"', str(value).upper()
    elif isinstance(value, int | float):
        kind, shown = f'office:value-type="float" office:value="{value}"', str(value)
    elif isinstance(value, dt.datetime | dt.date):
        kind, shown = f'office:value-type="date" office:date-value="{value.isoformat()}"', f"{value:%d/%m/%Y}"
    else:
        kind, shown = 'office:value-type="string"', escape(str(value))
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in shown.split("\n"))
    return f"<table:table-cell {kind}>{paragraphs}</table:table-cell>"


def ods_rows(*rows: Sequence[object]) -> str:
    """Rows of an ODS sheet."""
    return "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows)


def ods_table(rows: str, name: str = "Feuille1", style: str = "ta1") -> str:
    """A sheet, and the blank rows that LibreOffice writes below every one."""
    blank = (
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="99"/>'
    )
    return f'<table:table table:name="{name}" table:style-name="{style}">{rows}{blank}</table:table-row></table:table>'


def ods_of(folder: Path, tables: str, *, name: str = "classeur.ods", members: dict[str, bytes] | None = None) -> Path:
    """A workbook with these sheets; those of style `ta2` are hidden."""
    styles = (
        '<style:style style:name="ta1"><style:table-properties table:display="true"/></style:style>'
        '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMESPACES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in ({"mimetype": ODS.encode(), "content.xml": content.encode()} | (members or {})).items():
            archive.writestr(member, data)
    return path


def ods(folder: Path, *rows: Sequence[object], header: str = HEADER, name: str = "classeur.ods") -> Path:
    """A workbook of one sheet: the usual header, then `rows`."""
    return ods_of(folder, ods_table(ods_rows(header.split(";"), *rows)), name=name)
