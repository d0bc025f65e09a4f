"""The values that reading returns, and the two exceptions by which it refuses a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Signature:
    """How the caller recognises a header row: the number of known column names among these cells (0 = none)."""

    matches: Callable[[Sequence[str]], int]


@dataclass(frozen=True)
class Note:
    """Something normalised while reading: a stable code, a sentence in French, the first line concerned."""

    code: str
    message: str
    line: int | None = None


@dataclass(frozen=True)
class Sheet:
    """A table of text. `notes` is complete only once `batches` is exhausted.

    Each batch, of at most 100 000 rows: `line` (UInt32, physical 1-based line where the record starts), `cells`
    (UInt16, number of cells of the record: differs from the header's when the row is too short or too long), then
    one String column per header position, named "0", "1", …: stripped, null when blank. Blank rows are not there.
    Iterating may raise UnreadableFile or HeldFile: what is found at line 900 000 cannot be known before.
    """

    name: str
    header: tuple[str, ...]
    header_line: int
    batches: Iterator[pl.DataFrame]
    notes: list[Note]
    count_rows: Callable[[], int] = lambda: 0
    """About how many rows the batches hold in all (blank ones and totals counted): reads a CSV once more."""


class _Located(Exception):  # noqa: N818  the two verdicts below are named as the catalogue names them
    """A sentence in French, with its place in front when there is one."""

    def __init__(self, message: str, *, line: int | None = None, sheet: str = "") -> None:
        self.message, self.line, self.sheet = message, line, sheet
        place = [f"feuille «\u202f{sheet}\u202f»"] if sheet else []
        place += [f"ligne {line}"] if line else []
        where = ", ".join(place)
        super().__init__(f"{where[0].upper()}{where[1:]}\u202f: {message}" if where else message)


class UnreadableFile(_Located):
    """The file is refused whole; nothing of it may be loaded."""


MAX_ROWS = 20_000_000


def too_many_rows(sheet: str = "") -> UnreadableFile:
    """The refusal of a table of more than MAX_ROWS rows."""
    return UnreadableFile(f"plus de {MAX_ROWS // 1_000_000} millions de lignes.", sheet=sheet)


class NoHeaderFound(UnreadableFile):
    """No row looks like the column names that the caller knows; `rows` are those that were looked at."""

    def __init__(self, message: str, rows: Sequence[Sequence[str]], *, sheet: str = "") -> None:
        super().__init__(message, sheet=sheet)
        self.rows = rows


class HeldFile(_Located):
    """The file can be read only in a way that somebody has to confirm; the message proposes it."""
