"""CSV in all its dialects → Sheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain

import polars as pl

from etl.files.assemble import assemble
from etl.files.cut_off import COMPARED_ROWS, refuse_cut_value
from etl.files.encoding import detect
from etl.files.header import SCANNED_LINES, Header, Record, checked_names, find_header, no_header, preamble_notes
from etl.files.model import Note, Sheet, Signature, UnreadableFile
from etl.files.plain import plain_frame
from etl.files.quoted import Lines, quoted_frame
from etl.files.scrub import Scrubber
from etl.files.source_file import SourceFile
from etl.files.stream import Chunk, read_chunks
from etl.files.tidy import DELIMITERS, Tidier
from etl.files.wrapping import without_outer_spaces

_DECLARED = re.compile(r'"?sep=(.)"?', re.IGNORECASE)


@dataclass(frozen=True)
class Dialect:
    """Where the header is, and what separates its cells."""

    delimiter: str
    header: Header


@contextmanager
def open_delimited(file: SourceFile, signature: Signature, notes: list[Note], *, repairing: bool) -> Iterator[Sheet]:
    """The one table of a text file."""
    encoding = detect(file)
    scrubber = Scrubber(repairing)
    chunks = (scrubber.scrub(chunk) for chunk in read_chunks(file.handle, encoding))
    first = next(chunks, None) or Chunk("", 1)
    dialect, dialects = _dialect(first, signature)
    names = checked_names(dialect.header.record)
    body = chain(_after(first, dialect.header.record.next_line), chunks)
    tidier = Tidier(names, delimiter=dialect.delimiter)

    def batches() -> Iterator[pl.DataFrame]:
        yield from _batches(body, dialect.delimiter, tidier, scrubber)
        file.require_unchanged()

    header = (names, dialect.header.record.line)
    opening = [*notes, *encoding.notes, *dialects, *preamble_notes(dialect.header)]
    sheet = assemble(header, batches(), opening, tidier, scrubber)
    yield replace(sheet, count_rows=lambda: file.count_line_feeds() - header[1])


def _dialect(first: Chunk, signature: Signature) -> tuple[Dialect, list[Note]]:
    """The delimiter under which a header row is best recognised. Raises UnreadableFile when none does."""
    lines = first.text.split("\n", SCANNED_LINES + 20)[: SCANNED_LINES + 20]
    declared = _DECLARED.fullmatch(lines[0].strip())
    marks = (declared.group(1),) if declared else DELIMITERS
    start = 1 if declared else 0
    dialects = []
    records_by_delimiter: dict[str, list[Record]] = {}
    for mark in marks:
        records_by_delimiter[mark] = _records(lines, start, mark)
        header = find_header(records_by_delimiter[mark], signature, min_cells=2)
        if header:
            dialects.append(Dialect(mark, header))
    if not dialects:
        raise _no_header(records_by_delimiter)
    best = max(dialects, key=lambda dialect: (dialect.header.matches, dialect.header.record.filled))
    note = Note("sep", f"Ligne «\u202f{lines[0].strip()}\u202f» lue comme une consigne d’Excel.", 1)
    return best, [note] if declared else []


def _no_header(records_by_delimiter: dict[str, list[Record]]) -> UnreadableFile:
    widest = max(records_by_delimiter.values(), key=lambda records: max((len(r.cells) for r in records), default=0))
    if all(len(record.cells) == 1 for record in widest):
        return UnreadableFile("aucun séparateur de colonnes trouvé (; , tabulation ou |)\u202f: une seule colonne.")
    return no_header(widest)


def _records(lines: list[str], start: int, delimiter: str) -> list[Record]:
    """A record read from each of the first lines, whatever precedes: a stray quote above the header costs nothing."""
    return [_record(lines, at, delimiter) for at in range(start, min(len(lines), SCANNED_LINES))]


def _record(lines: list[str], at: int, delimiter: str) -> Record:
    texts = [without_outer_spaces(lines[at], delimiter), *lines[at + 1 : at + 20]]
    reader = csv.reader((text + "\n" for text in texts), delimiter=delimiter)
    try:
        cells = tuple(cell.strip() for cell in next(reader))
    except csv.Error:
        cells = ()
    return Record(at + 1, at + 1 + reader.line_num, cells)


def _after(first: Chunk, line: int) -> Iterator[Chunk]:
    """What follows the header in the first chunk."""
    rest = first.text.split("\n", line - first.first_line)
    if len(rest) > line - first.first_line:
        yield Chunk(rest[-1], line, first.terminated)


def _batches(body: Iterator[Chunk], delimiter: str, tidier: Tidier, scrubber: Scrubber) -> Iterator[pl.DataFrame]:
    last: tuple[int, int, int] | None = None
    tail = pl.DataFrame(schema={"line": pl.UInt32, "cells": pl.UInt16, **dict.fromkeys(tidier.names, pl.String)})
    for chunk in body:
        terminated = chunk.terminated
        if '"' in chunk.text:
            lines = Lines(chunk, body, delimiter)
            raw = quoted_frame(lines, tidier.width)
            terminated = lines.chunk.terminated
        else:
            raw = plain_frame(chunk, delimiter, tidier.width)
        for batch in tidier.tidy(raw, damaged=scrubber.damaged):
            tail = pl.concat([tail, batch.tail(COMPARED_ROWS)])
            last = (batch["line"][-1], batch["cells"][-1], raw["line"][-1])
            yield batch
        if not terminated:
            _refuse_cut(last, raw["line"][-1], tidier.width)
            refuse_cut_value(tail)
        tail = tail.tail(COMPARED_ROWS)


def _refuse_cut(last: tuple[int, int, int] | None, line: int, width: int) -> None:
    """A last line without line break that lacks columns: the file was cut while being written or copied."""
    if last and last[0] == line and last[1] < width:
        raise UnreadableFile(
            f"le fichier est coupé\u202f: sa dernière ligne a {last[1]} cellule(s) sur {width}, sans fin de ligne.",
            line=line,
        )
