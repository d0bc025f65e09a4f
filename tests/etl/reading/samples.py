"""Files written badly on purpose, and one way to read them whole."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import polars as pl
from openpyxl.worksheet.worksheet import Worksheet

from etl.reading import FooterTotal, Note, Signature, open_table

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
    footer: list[FooterTotal]

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
        return Whole(sheet.name, sheet.header, sheet.header_line, frame, sheet.notes, sheet.footer)


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
