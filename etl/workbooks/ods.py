"""The one XML part of an ODS workbook → lines of text, streaming, within the bounds of the other kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TextIO
from xml.parsers import expat

from etl.workbooks.cells import bare_text, number_text, percent_text
from etl.workbooks.package import Package
from etl.workbooks.parts import parse
from etl.workbooks.sheet import MAX_COLUMNS, MAX_ROWS, MAX_TEXT
from etl.workbooks.summary import CELL, NOT_COMPUTED, SheetSummary, WorkbookRefusal

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
MAX_SHEETS, MAX_REPEATED_ROWS = 500, 1_000
_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S", re.ASCII)
# Comments, drawings and what was deleted while changes were tracked: text, but not that of a cell.
_NOT_CELL_TEXT = frozenset(
    {"annotation", "tracked-changes", "shapes", "frame", "custom-shape", "rect", "g", "control", "caption"}
)
_ZERO_DATE = "1899-12-30"  # a zero under a date format
_CELLS = frozenset({"table-cell", "covered-table-cell"})
_BLANKS = {"s": " ", "tab": " ", "line-break": "\n"}


@dataclass
class Cell:
    """A cell being read: its attributes and the texts of its paragraphs."""

    attributes: dict[str, str]
    covered: bool
    paragraphs: list[list[str]]

    def count(self, what: str) -> int:
        """One of its counts (columns repeated, rows or columns spanned): 1 when the attribute is absent."""
        return max(1, int(self.attributes.get(f"number-{what}", 1)))


class OdsReader:
    """Receives expat's events for `content.xml`; writes each visible sheet as `etl.workbooks.sheet` does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sheets: list[SheetSummary] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.out: TextIO | None = None
        self.locals: dict[str, str] = {}
        self.skipped = self.row = self.column = self.characters = self.blank = 0
        self.repeated = 1
        self.cells: list[str] = []
        self.cell: Cell | None = None

    def read(self, stream: IO[bytes]) -> list[SheetSummary]:
        """Reads the whole part. Raises WorkbookRefusal beyond the bounds."""
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        try:
            parse(stream, parser)
        finally:
            self._close()
        return self.sheets

    def _local(self, name: str) -> str:
        """The name without its prefix, which each writer may choose."""
        return self.locals.get(name) or self.locals.setdefault(name, name.rpartition(":")[2])

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = self._local(name)
        if self.skipped or local in _NOT_CELL_TEXT:
            self.skipped += 1
            return
        plain = {self._local(key): value for key, value in attributes.items()} if attributes else attributes
        if self.cell is not None and local == "p":
            self.cell.paragraphs.append([])
        elif local == "table":
            self._start_sheet(plain)
        elif self.out is not None:
            self._start_inside(local, plain)
        elif local in {"style", "table-properties"}:
            self._start_style(local, plain)

    def _start_style(self, local: str, attributes: dict[str, str]) -> None:
        if local == "style":
            self.style = attributes.get("name", "")
        elif local == "table-properties" and attributes.get("display") == "false":
            self.hidden_styles.add(self.style)

    def _start_sheet(self, attributes: dict[str, str]) -> None:
        if self.cell is not None:
            raise WorkbookRefusal(
                "une cellule contient elle-même un tableau.", line=self.row, sheet=self.sheets[-1].name
            )
        if len(self.sheets) >= MAX_SHEETS:
            raise WorkbookRefusal(f"le classeur a plus de {MAX_SHEETS} feuilles.")
        self._close()
        summary = SheetSummary(attributes.get("name", ""), hidden=attributes.get("style-name") in self.hidden_styles)
        self.sheets.append(summary)
        self.row = self.characters = self.blank = 0
        if not summary.hidden:
            summary.file = f"{len(self.sheets)}.txt"
            self.out = (self.folder / summary.file).open("w", encoding="utf-8", newline="\n")

    def _start_inside(self, local: str, attributes: dict[str, str]) -> None:
        summary = self.sheets[-1]
        if local in _CELLS:
            self.cell = Cell(attributes, local == "covered-table-cell", [])
        elif local == "table-row":
            self.repeated = max(1, int(attributes.get("number-rows-repeated", 1)))
            self.column, self.cells = 0, []
            if attributes.get("visibility", "visible") != "visible":
                summary.count("hidden_rows", self.row + 1)
        elif local == "table-column" and attributes.get("visibility", "visible") != "visible":
            hidden = int(attributes.get("number-columns-repeated", 1))
            # Hiding everything right of the data is a way to frame it, not to hide some of it.
            summary.hidden_columns += hidden if hidden < MAX_COLUMNS else 0
        elif self.cell is not None and self.cell.paragraphs and local in _BLANKS:
            self.cell.paragraphs[-1].append(_BLANKS[local] * min(int(attributes.get("c", 1)), 1_000))

    def _end(self, name: str) -> None:
        local = self._local(name)
        if self.skipped:
            self.skipped -= 1
        elif self.out is None:
            return
        elif local in _CELLS and self.cell is not None:
            self._end_cell(self.cell)
            self.cell = None
        elif local == "table-row":
            self._end_row()
        elif local == "table":
            self._close()

    def _characters(self, text: str) -> None:
        if self.cell is not None and self.cell.paragraphs and not self.skipped:
            self.cell.paragraphs[-1].append(text)

    def _end_cell(self, cell: Cell) -> None:
        repeated = cell.count("columns-repeated")
        text = "" if cell.covered else self._text(cell)
        first, self.column = self.column, self.column + repeated
        if "number-rows-spanned" in cell.attributes or "number-columns-spanned" in cell.attributes:
            self._merge(cell, first + 1)
        if not text:
            return
        if self.column > MAX_COLUMNS or self.row >= MAX_ROWS:
            raise WorkbookRefusal(
                f"une cellule est remplie très loin (colonne {self.column})\u202f: "
                f"la limite est de {MAX_COLUMNS} colonnes et un million de lignes.",
                line=self.row + 1,
                sheet=self.sheets[-1].name,
            )
        self.cells.extend([""] * (first - len(self.cells)))
        self.cells.extend([text] * repeated)

    def _end_row(self) -> None:
        if not self.cells:
            self.row += self.repeated
            self.blank += self.repeated
            return
        summary = self.sheets[-1]
        if self.repeated > MAX_REPEATED_ROWS:
            raise WorkbookRefusal(
                f"une ligne remplie est répétée {self.repeated} fois.", line=self.row + 1, sheet=summary.name
            )
        summary.blank_rows, self.blank = summary.blank_rows + self.blank, 0
        cells = CELL.join(self.cells)
        for _ in range(self.repeated):
            self.row += 1
            self._write(summary, f"{self.row}{CELL}{cells}\n")

    def _write(self, summary: SheetSummary, line: str) -> None:
        summary.rows += 1
        self.characters += len(line)
        if self.characters > MAX_TEXT:
            raise WorkbookRefusal("la feuille contient trop de texte.", line=self.row, sheet=summary.name)
        if self.out is not None:
            self.out.write(line)

    def _text(self, cell: Cell) -> str:
        attributes, summary = cell.attributes, self.sheets[-1]
        kind = attributes.get("value-type", "")
        shown = "\n".join("".join(parts) for parts in cell.paragraphs)
        if kind in {"float", "currency", "percentage"} and attributes.get("value"):
            return _number(kind, attributes["value"], shown)
        if kind == "date" and attributes.get("date-value"):
            return self._date(attributes["date-value"].removesuffix("T00:00:00"))
        if kind == "time":
            found = _DURATION.fullmatch(attributes.get("time-value", ""))
            return ":".join(part.zfill(2) for part in found.groups()) if found else shown
        if kind == "boolean":
            summary.count("booleans", self.row + 1)
            return "oui" if attributes.get("boolean-value") == "true" else "non"
        if attributes.get("formula") and not kind:
            summary.count("formulas", self.row + 1)
            return NOT_COMPUTED
        text, invisible = bare_text(shown or attributes.get("string-value", ""))
        if invisible:
            summary.count("invisible", self.row + 1)
        return text

    def _date(self, day: str) -> str:
        if day != _ZERO_DATE:
            return day
        self.sheets[-1].count("zero_dates", self.row + 1)
        return ""

    def _merge(self, cell: Cell, left: int) -> None:
        down, right = cell.count("rows-spanned"), cell.count("columns-spanned")
        if down > 1 or right > 1:
            self.sheets[-1].add_merge(self.row + 1, left, self.row + down, left + right - 1)

    def _close(self) -> None:
        if self.out is not None:
            self.out.close()
        self.out = None


def _number(kind: str, value: str, shown: str) -> str:
    """The stored number; with the zeros in front that its format shows (« 01400 »)."""
    try:
        if kind == "percentage":
            return percent_text(value)
        text = number_text(value)
    except (ValueError, ArithmeticError):
        return shown
    is_padded = shown.isdecimal() and shown.startswith("0") and text.isdecimal() and int(shown) == int(text)
    return shown if is_padded else text


def check_ods(package: Package) -> None:
    """Raises WorkbookRefusal for another kind of document, one locked by a password, or one with macros."""
    if package.read("mimetype").strip() != MIMETYPE:
        raise WorkbookRefusal("ce document n’est pas un classeur .ods. Enregistrez les données en .ods, .xlsx ou .csv.")
    manifest = package.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in package else b""
    if b"encryption-data" in manifest or "encrypted-package" in package:
        raise WorkbookRefusal("le classeur est protégé par un mot de passe. Retirez la protection, puis recommencez.")
    if b"oleobject" in manifest:
        raise WorkbookRefusal("le classeur contient des objets incorporés (OLE). Enregistrez les données seules.")
    if any(name.startswith(("basic/", "scripts/")) and not name.endswith("/") for name in package.names):
        raise WorkbookRefusal("le classeur contient des macros. Enregistrez les données seules, en .ods ou en .csv.")


def read_ods(package: Package, folder: Path) -> list[SheetSummary]:
    """Every sheet; hidden ones by name only. Raises WorkbookRefusal."""
    check_ods(package)
    with package.open("content.xml") as stream:
        return OdsReader(folder).read(stream)
