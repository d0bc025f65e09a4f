"""The summary of a workbook that the sub-process returns, beside the text of its sheets. Serialised as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

CELL, LINE_BREAK = "\x1f", "\x1e"
"""Separator of cells, and substitute for a line break inside a cell, in a sheet's text: no cell can hold them."""

DECIMAL = "\x1d"
"""Follows a number stored with exactly three decimals (`2025.101` + DECIMAL): its dot groups no thousands.

Only workbooks and JSON files hold numbers. `etl.typing.columns.read_stored_numbers` takes the mark out: a column of
numbers reads the dot as a decimal mark, a column of text or identifiers the figure as it is written.
"""

MERGED = "\x1c"
"""The text of a body cell that a merge hides: its value is written in the first row of the merge only."""

MAX_MERGES = 100_000

NOT_COMPUTED = "=…"
"""The text of a formula that the workbook has no value for."""


HIDDEN_DEFINITIONS = (
    "le classeur contient des définitions cachées (DTD), qu’aucun tableur n’écrit\u202f: il est refusé par prudence. "
    "Ouvrez-le dans Excel ou LibreOffice, puis enregistrez-le de nouveau en .xlsx."
)


class WorkbookRefusal(Exception):  # noqa: N818  a verdict, not a failure
    """The workbook must not be read; the message is in French, for the person who sent it."""

    def __init__(self, message: str, *, line: int | None = None, sheet: str = "") -> None:
        super().__init__(message)
        self.message, self.line, self.sheet = message, line, sheet


@dataclass
class SheetSummary:
    """One sheet: its text is in `file` ("" when hidden), one line per filled row: row number, then its cells.

    `merged` holds (first row, first column, last row, last column), 1-based. Counts come with the first row concerned.
    """

    name: str
    hidden: bool = False
    file: str = ""
    rows: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_columns: int = 0
    blank_rows: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    first_rows: dict[str, int] = field(default_factory=dict)

    def add_merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """One more range of merged cells. Raises WorkbookRefusal beyond MAX_MERGES: rows would be misread unseen."""
        if len(self.merged) >= MAX_MERGES:
            raise WorkbookRefusal("la feuille contient trop de cellules fusionnées. Défusionnez-les.", sheet=self.name)
        self.merged.append((top, left, bottom, right))

    def count(self, what: str, row: int) -> None:
        """One more of `what`."""
        self.counts[what] = self.counts.get(what, 0) + 1
        self.first_rows.setdefault(what, row)


def write_summary(path: Path, sheets: list[SheetSummary], refused: WorkbookRefusal | None) -> None:
    """Leaves the result where the parent process looks for it."""
    verdict = {"message": refused.message, "line": refused.line, "sheet": refused.sheet} if refused else None
    path.write_text(json.dumps({"refused": verdict, "sheets": [asdict(sheet) for sheet in sheets]}), "utf-8")


def read_summary(path: Path) -> list[SheetSummary]:
    """The sheets of a workbook that was read. Raises WorkbookRefusal when it was not."""
    found = json.loads(path.read_text("utf-8"))
    if found["refused"]:
        verdict = found["refused"]
        raise WorkbookRefusal(verdict["message"], line=verdict["line"], sheet=verdict["sheet"])
    return [SheetSummary(**sheet) for sheet in found["sheets"]]
