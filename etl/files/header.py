"""Which row holds the column names: the one the caller recognises best, within the first lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.files.model import NoHeaderFound, Note, Signature, UnreadableFile

MAX_PREAMBLE = 10
SCANNED_LINES = 60
MAX_COLUMNS = 200


@dataclass(frozen=True)
class Record:
    """A candidate row: its first physical line, the line after it, its cells stripped."""

    line: int
    next_line: int
    cells: tuple[str, ...]

    @property
    def filled(self) -> int:
        """Number of cells that hold something."""
        return sum(1 for cell in self.cells if cell)


@dataclass(frozen=True)
class Header:
    """The recognised row, how many known names it has, and how many filled rows precede it."""

    record: Record
    matches: int
    skipped: int


def find_header(records: Iterable[Record], signature: Signature, *, min_cells: int = 1) -> Header | None:
    """The best row among the first eleven that are not blank; the first one when two are as good."""
    filled = [record for record in records if record.filled][: MAX_PREAMBLE + 1]
    candidates = [
        Header(record, signature.matches(record.cells), skipped)
        for skipped, record in enumerate(filled)
        if len(record.cells) >= min_cells
    ]
    sure = [header for header in candidates if _is_sure(header)]
    return max(sure, key=lambda header: (header.matches, -header.skipped), default=None)


def _is_sure(header: Header) -> bool:
    return header.matches >= 2 or header.matches == header.record.filled == 1


def checked_names(record: Record, sheet: str = "") -> tuple[str, ...]:
    """The header without its blank right end. Raises UnreadableFile on a repeated name or more than 200 columns."""
    names = list(record.cells)
    while names and not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise UnreadableFile(f"plus de {MAX_COLUMNS} colonnes.", line=record.line, sheet=sheet)
    seen: dict[str, int] = {}
    for position, name in enumerate(names, start=1):
        key = " ".join(name.split()).casefold()
        if key and key in seen:
            raise UnreadableFile(
                f"deux colonnes portent le nom «\u202f{name}\u202f» (la {seen[key]}ᵉ et la {position}ᵉ).",
                line=record.line,
                sheet=sheet,
            )
        seen[key] = position
    return tuple(names)


def preamble_notes(header: Header) -> list[Note]:
    """The note with the number of rows skipped before the header; none when there are none."""
    if not header.skipped:
        return []
    return [Note("preamble", f"{header.skipped} ligne(s) avant l’en-tête laissée(s) de côté.", header.record.line)]


def no_header(records: Sequence[Record], sheet: str = "") -> UnreadableFile:
    """The refusal of a table in which no row looks like column names."""
    rows = [record.cells for record in records if record.filled][: MAX_PREAMBLE + 1]
    shown = " ; ".join(cell for cell in rows[0] if cell)[:120] if rows else ""
    seen = f" Première ligne lue\u202f: «\u202f{shown}\u202f»." if shown else ""
    among = f" parmi les {MAX_PREAMBLE + 1} premières lignes" if len(records) > MAX_PREAMBLE else ""
    return NoHeaderFound(f"aucune ligne d’en-tête reconnue{among}.{seen}", rows, sheet=sheet)
