"""The rows of a sheet as XML, each column by its kind: a fraction of the time of a writer of any cell anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import IO, Any

from dashboard.exports.cells import xml_text
from dashboard.exports.columns import TableColumn
from data.formulas import is_formula
from data.i18n import NARROW
from data.types import month_start

MAX_CELL_LETTERS = 32_767  # Excel's limit
EPOCH_ORDINAL = 693_594  # ordinal of 30 December 1899, the day 0 of a workbook
DAY_LETTERS = 12  # letters
ROWS_PER_WRITE = 1_000  # rows
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")

CellWriter = Callable[[Any, int], str]  # value, row -> XML


class RowWriter:
    """Writes the rows below the header; `count` and `widths` (letters) describe the rows written so far."""

    def __init__(self, columns: Sequence[TableColumn], styles: Sequence[str], quoted: Sequence[str]) -> None:
        self.count = 0
        self.widths = [len(column.header) for column in columns]
        self._largest: list[Any] = [0] * len(columns)  # largest absolute numbers so far
        indexed = enumerate(zip(columns, styles, quoted, strict=True))
        self._cells = [
            self._cell_writer(at, column.kind == "month", style, quote) for at, (column, style, quote) in indexed
        ]

    def write(self, file: IO[bytes], rows: Iterable[Sequence[Any]], max_rows: int) -> None:
        """Write at most `max_rows` rows, ROWS_PER_WRITE at a time."""
        remaining = islice(rows, max_rows)
        while batch := list(islice(remaining, ROWS_PER_WRITE)):
            file.write("".join([self._row(row) for row in batch]).encode())

    def _row(self, values: Sequence[Any]) -> str:
        self.count += 1
        at = self.count + 1
        cells = "".join([cell(value, at) for cell, value in zip(self._cells, values, strict=True)])
        return f'<row r="{at}">{cells}</row>'

    def _cell_writer(self, at: int, is_month: bool, style: str, quoted: str) -> CellWriter:
        widths, largest = self.widths, self._largest
        start, blank, number = f'<c r="{column_letters(at)}', f'" s="{style}"/>', f'" s="{style}"><v>'
        text, formula = (
            f'" s="{cell_style}" t="inlineStr"><is><t xml:space="preserve">' for cell_style in (style, quoted)
        )

        def write(value: Any, row: int) -> str:
            if value is None:
                return f"{start}{row}{blank}"
            if isinstance(value, str):
                text_value = value[:MAX_CELL_LETTERS]
                widths[at] = max(widths[at], len(text_value))
                return f"{start}{row}{formula if is_formula(text_value) else text}{escape_xml(text_value)}</t></is></c>"
            day = month_start(value) if is_month else value
            if isinstance(day, date):
                widths[at] = max(widths[at], DAY_LETTERS)
                return f"{start}{row}{number}{day.toordinal() - EPOCH_ORDINAL}</v></c>"
            if isinstance(value, int | float | Decimal):
                if not -largest[at] <= value <= largest[at]:
                    largest[at] = abs(value)
                    widths[at] = max(widths[at], len(f"{value:,.0f}") + 4)
                return f"{start}{row}{number}{value}</v></c>"
            return write(str(value), row)

        return write


def column_letters(at: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    before, rank = divmod(at, 26)
    return (column_letters(before - 1) if before else "") + chr(ord("A") + rank)


def escape_xml(text: str) -> str:
    """The text of a cell as XML; characters that XML forbids are written as in workbooks, `_x0007_`."""
    text = text.replace(NARROW, "\u00a0")
    if _CONTROL.search(text):
        text = _CONTROL.sub(lambda match: f"_x{ord(match.group()[0]):04X}_{match.group()[1:]}", text)
    return xml_text(text)
