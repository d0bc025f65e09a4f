"""One sheet's XML → lines of text, streaming, within bounds."""

from __future__ import annotations

import re
from typing import IO, TextIO
from xml.parsers import expat

from etl.workbooks.cells import Shape, date_text, number_text, percent_text, visible_text
from etl.workbooks.parts import Book, parse
from etl.workbooks.summary import CELL, NOT_COMPUTED, SheetSummary, WorkbookRefusal

MAX_COLUMNS, MAX_ROWS = 200, 1_000_000
MAX_TEXT = 400_000_000
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class SheetReader:
    """Receives expat's events; writes each filled row as its number and its cells, and counts what it meets."""

    def __init__(self, book: Book, summary: SheetSummary, out: TextIO) -> None:
        self.book, self.summary, self.out = book, summary, out
        self.row = self.column = self.written = self.characters = 0
        self.cells: list[str] = []
        self.kind = self.style = ""
        self.value: list[str] = []
        self.capturing = self.phonetic = self.formula = False
        self.columns: dict[str, int] = {}
        self.locals: dict[str, str] = {}

    def read(self, stream: IO[bytes]) -> None:
        """Reads a whole sheet. Raises WorkbookRefusal beyond the bounds."""
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        parse(stream, parser)
        self.summary.rows = self.written

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = self.locals.get(name) or self.locals.setdefault(name, name.rpartition(":")[2])
        if local == "c":
            self._start_cell(attributes)
        elif local in ("v", "t"):
            self.capturing = not self.phonetic
        elif local == "f":
            self.formula = True
        elif local == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column, self.cells = 0, []
            if attributes.get("hidden") in {"1", "true"}:
                self.summary.count("hidden_rows", self.row)
        elif local == "rPh":
            self.phonetic = True
        elif local == "col" and attributes.get("hidden") in {"1", "true"}:
            last, first = int(attributes.get("max", 1)), int(attributes.get("min", 1))
            # Hiding everything right of the data is a way to frame it, not to hide some of it.
            self.summary.hidden_columns += last - first + 1 if last < 16_384 else 0
        elif local == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _end(self, name: str) -> None:
        local = self.locals[name]
        if local in ("v", "t"):
            self.capturing = False
        elif local == "c":
            self._end_cell()
        elif local == "row":
            self._end_row()
        elif local == "rPh":
            self.phonetic = False

    def _characters(self, text: str) -> None:
        if self.capturing:
            self.value.append(text)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        letters = attributes.get("r", "").rstrip("0123456789")
        if letters:
            self.column = self.columns.get(letters) or self.columns.setdefault(letters, column_number(letters))
        else:
            self.column += 1
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
        self.formula = False
        self.value = []

    def _end_cell(self) -> None:
        text = self._text("".join(self.value))
        if not text:
            return
        if self.column > MAX_COLUMNS or self.row > MAX_ROWS:
            raise WorkbookRefusal(
                f"une cellule est remplie très loin (colonne {self.column})\u202f: "
                f"la limite est de {MAX_COLUMNS} colonnes et un million de lignes.",
                line=self.row,
                sheet=self.summary.name,
            )
        if self.column > len(self.cells):
            self.cells.extend([""] * (self.column - len(self.cells)))
        self.cells[self.column - 1] = text

    def _end_row(self) -> None:
        if not self.cells:
            self.summary.blank_rows += 1
            return
        line = f"{self.row}{CELL}{CELL.join(self.cells)}\n"
        self.written += 1
        self.characters += len(line)
        if self.characters > MAX_TEXT:
            raise WorkbookRefusal("la feuille contient trop de texte.", line=self.row, sheet=self.summary.name)
        self.out.write(line)

    def _text(self, raw: str) -> str:
        if self.kind == "s" and raw:
            text, invisible = self.book.strings[int(raw)]
        elif self.kind == "n":
            return self._number(raw)
        elif self.kind == "b" and raw:
            self.summary.count("booleans", self.row)
            return "oui" if raw.strip() in {"1", "true"} else "non"
        else:
            text, invisible = visible_text(raw)
            if not text and self.formula and self.kind != "str":
                return self._not_computed()
        if invisible:
            self.summary.count("invisible", self.row)
        return text

    def _number(self, raw: str) -> str:
        if not raw:
            return self._not_computed() if self.formula else ""
        style = self.book.style(self.style)
        try:
            if style.shape is Shape.NUMBER:
                return number_text(raw).zfill(style.padding)
            if style.shape is Shape.PERCENT:
                return percent_text(raw)
            if style.shape is Shape.DATE and float(raw) == 0:
                self.summary.count("zero_dates", self.row)
                return ""
            return date_text(raw, style.shape, epoch_1904=self.book.epoch_1904)
        except (ValueError, ArithmeticError):
            return visible_text(raw)[0]

    def _not_computed(self) -> str:
        self.summary.count("formulas", self.row)
        return NOT_COMPUTED

    def _merge(self, reference: str) -> None:
        corners = _REFERENCE.findall(reference)
        if len(corners) != 2:
            return
        (left, top), (right, bottom) = corners
        self.summary.add_merge(int(top), column_number(left), int(bottom), column_number(right))
