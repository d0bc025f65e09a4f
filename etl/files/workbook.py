"""XLSX and ODS → Sheet: a limited sub-process turns the sheets into text, which then takes the path of a CSV's."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from etl.files.assemble import assemble
from etl.files.cell_text import MergedRange, cell_text_batches, with_merged_cells, written_line_number
from etl.files.encoding import Encoding
from etl.files.header import SCANNED_LINES, Header, Record, checked_names, find_header, no_header, preamble_notes
from etl.files.model import Note, Sheet, Signature, UnreadableFile
from etl.files.scrub import Scrubber
from etl.files.source_file import SourceFile
from etl.files.stream import read_chunks
from etl.files.tidy import Tidier
from etl.workbooks.summary import CELL, LINE_BREAK, SheetSummary, WorkbookRefusal, read_summary

# Of processor time: a workbook at the limits of etl.workbooks (a million rows, 300 MB of XML) takes a third of it.
SECONDS = 180
# By the clock: a process that waits for something that never comes, or a system without limits of processor time.
CLOCK_SECONDS = 1_800
WORKER = "etl.workbooks"
_ROOT = Path(__file__).resolve().parents[2]
_MANY_BLANK_ROWS = 10_000  # a template has so many rows to fill, and some programs save them all
_COUNT_MESSAGES = {
    "hidden_rows": "ligne(s) masquée(s), lue(s) quand même.",
    "booleans": "valeur(s) VRAI ou FAUX lue(s) «\u202foui\u202f» ou «\u202fnon\u202f».",
    "zero_dates": "date(s) nulle(s) (00/01/1900) lue(s) comme des cases vides.",
    "formulas": "formule(s) sans valeur enregistrée.",
    "invisible": "cellule(s) contenaient des caractères invisibles, retirés.",
}


@dataclass(frozen=True)
class Candidate:
    """A visible sheet in which a header row was recognised."""

    summary: SheetSummary
    header: Header
    data_rows: int


@contextmanager
def open_workbook(file: SourceFile, signature: Signature, notes: list[Note], *, repairing: bool) -> Iterator[Sheet]:
    """The sheet of a workbook that the signature recognises. Raises UnreadableFile when none or several do."""
    with TemporaryDirectory(prefix="classeur-") as name:
        folder = Path(name)
        sheets = _extract(file, folder)
        chosen = _choose(sheets, folder, signature)
        scrubber = Scrubber(repairing, printed=True, line_at=written_line_number)
        names = checked_names(chosen.header.record, chosen.summary.name)
        tidier = Tidier(names, sheet=chosen.summary.name)
        line = chosen.header.record.line
        opening = [*notes, *_notes(sheets, chosen), *preamble_notes(chosen.header)]
        with (folder / chosen.summary.file).open("rb") as text:
            merges = _body_merges(folder / chosen.summary.file, chosen)
            chunks = with_merged_cells(read_chunks(text, Encoding("utf-8", 0)), merges)
            batches = cell_text_batches(chunks, line, tidier, scrubber)
            sheet = assemble((names, line), batches, opening, tidier, scrubber)
            yield replace(sheet, count_rows=lambda: chosen.data_rows)


def _extract(file: SourceFile, folder: Path) -> list[SheetSummary]:
    """The sheets, their text in `folder`. Raises UnreadableFile with the worker's verdict.

    The worker opens the path itself: what it read is what the handle holds when neither has changed by the end.
    """
    run_worker(file.path.resolve(), folder)
    file.require_unchanged()
    try:
        return read_summary(folder / "summary.json")
    except WorkbookRefusal as refused:
        raise UnreadableFile(refused.message, line=refused.line, sheet=refused.sheet) from refused


def run_worker(path: Path, folder: Path) -> None:
    """Runs etl.workbooks in its own process. Raises UnreadableFile when it did not survive its limits."""
    command = [sys.executable, "-m", WORKER, str(path), str(folder), str(SECONDS)]
    try:
        subprocess.run(  # noqa: S603  our own program; the file name is one argument, not a command
            command, cwd=_ROOT, timeout=CLOCK_SECONDS, capture_output=True, check=True
        )
    except subprocess.TimeoutExpired as error:
        raise _too_long() from error
    except subprocess.CalledProcessError as error:
        if error.returncode == -getattr(signal, "SIGXCPU", 0):
            raise _too_long() from error
        raise UnreadableFile("le classeur n’a pas pu être lu dans les limites permises (mémoire).") from error


def _too_long() -> UnreadableFile:
    return UnreadableFile("le classeur demande trop de temps de calcul. Enregistrez les données en .csv.")


def _choose(sheets: list[SheetSummary], folder: Path, signature: Signature) -> Candidate:
    visible = [sheet for sheet in sheets if not sheet.hidden]
    candidates = [(sheet, _first_records(folder / sheet.file, sheet)) for sheet in visible]
    found = []
    for sheet, records in candidates:
        header = find_header(records, signature)
        if header:
            before = sum(1 for record in records if record.line <= header.record.line)
            found.append(Candidate(sheet, header, sheet.rows - before))
    filled = [candidate for candidate in found if candidate.data_rows] or found[:1]
    if len(filled) > 1:
        names = ", ".join(f"«\u202f{candidate.summary.name}\u202f»" for candidate in filled)
        raise UnreadableFile(f"plusieurs feuilles ont un en-tête reconnu ({names}). N’en gardez qu’une.")
    if not filled:
        name, records = next(((sheet.name, records) for sheet, records in candidates if records), ("", []))
        raise no_header(records, name)
    return filled[0]


def _first_records(path: Path, sheet: SheetSummary) -> list[Record]:
    """The first filled rows, each with the vertical merges that cover it filled from their top cell."""
    with path.open(encoding="utf-8", newline="\n") as file:
        rows = [line.rstrip("\n").split(CELL) for line in islice(file, SCANNED_LINES)]
    texts = {int(row[0]): [cell.replace(LINE_BREAK, "\n") for cell in row[1:]] for row in rows}
    found = []
    for number, cells in texts.items():
        for top, left, bottom, right in sheet.merged:
            if top < number <= bottom and left == right and left <= len(texts.get(top, [])):
                cells.extend([""] * (left - len(cells)))
                cells[left - 1] = cells[left - 1] or texts[top][left - 1]
        found.append(Record(number, number + 1, tuple(cells)))
    return found


def _body_merges(path: Path, chosen: Candidate) -> list[MergedRange]:
    """The vertical merges of the body whose first cell is filled: the cells below it only look filled."""
    header = chosen.header.record
    body = [
        merge for merge in chosen.summary.merged if header.line < merge[0] < merge[2] and merge[1] <= len(header.cells)
    ]
    tops = {top for top, *_ in body}
    texts: dict[int, list[str]] = {}
    if tops:
        with path.open(encoding="utf-8", newline="\n") as file:
            for row in file:
                number = int(row[: row.index(CELL)])
                if number in tops:
                    texts[number] = row.rstrip("\n").split(CELL)
    return [merge for merge in body if len(texts.get(merge[0], ())) > merge[1] and texts[merge[0]][merge[1]]]


def _notes(sheets: list[SheetSummary], chosen: Candidate) -> list[Note]:
    """What the sheet holds that a reader of its text would not guess."""
    sheet = chosen.summary
    notes = [
        Note(what, f"{sheet.counts[what]} {message}", sheet.first_rows[what])
        for what, message in _COUNT_MESSAGES.items()
        if what in sheet.counts
    ]
    hidden = ", ".join(f"«\u202f{other.name}\u202f»" for other in sheets if other.hidden)
    if hidden:
        notes.append(Note("hidden_sheets", f"Feuille(s) masquée(s) non lue(s)\u202f: {hidden}."))
    if sheet.hidden_columns:
        notes.append(Note("hidden_columns", f"{sheet.hidden_columns} colonne(s) masquée(s), lue(s) quand même."))
    if sheet.blank_rows > _MANY_BLANK_ROWS:
        notes.append(Note("blank", f"{sheet.blank_rows} lignes vides mises en forme ignorées."))
    body = [top for top, _, bottom, _ in sheet.merged if bottom > chosen.header.record.line]
    if body:
        message = f"{len(body)} groupe(s) de cellules fusionnées\u202f: seule la première a une valeur."
        notes.append(Note("merged", message, min(body)))
    return notes
