"""Text with quote characters → the same frame, through Python's csv module in its strict mode."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field

import polars as pl

from etl.files.model import UnreadableFile
from etl.files.stream import MAX_LINE_LENGTH, Chunk
from etl.files.wrapping import without_outer_spaces


@dataclass
class Lines:
    """Feeds physical lines to csv.reader, reaching into the next chunks only inside a quoted cell."""

    chunk: Chunk
    more: Iterator[Chunk]
    delimiter: str
    position: int = 0
    record: list[str] = field(default_factory=list)
    _lines: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self._lines = self.chunk.text.split("\n")

    @property
    def exhausted(self) -> bool:
        """Nothing is left of the chunks seen so far."""
        return self.position == len(self._lines)

    @property
    def line(self) -> int:
        """Physical line that comes next."""
        return self.chunk.first_line + self.position

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        if self.exhausted:
            self.chunk = next(self.more)
            self._lines, self.position = self.chunk.text.split("\n"), 0
        text = self._lines[self.position]
        if len(text) > MAX_LINE_LENGTH:
            raise UnreadableFile(
                "la ligne dépasse un million de caractères\u202f: ce n’est pas un tableau.", line=self.line
            )
        self.position += 1
        text = text if self.record else without_outer_spaces(text, self.delimiter)
        self.record.append(text)
        return text + "\n"


def quoted_frame(lines: Lines, width: int) -> pl.DataFrame:
    """One row per record, `line` being where it starts. Reads `lines` until the end of a chunk falls between records.

    Raises UnreadableFile, with the opening line, when a quote is never closed or closed in the wrong place.
    """
    delimiter = lines.delimiter
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    starts: list[int] = []
    counts: list[int] = []
    rows: list[list[str | None]] = []
    while not lines.exhausted:
        start = lines.line
        lines.record.clear()
        row: list[str | None] = list(_next_row(reader, lines, start, delimiter))
        if len(lines.record) > 2:
            _refuse_swallowed_rows(lines.record, start, delimiter, width)
        starts.append(start)
        counts.append(_fit(row, width))
        rows.append(row)
    columns = list(zip(*rows, strict=True))
    data = {str(position): pl.Series(columns[position], dtype=pl.String) for position in range(width)}
    head = {"line": pl.Series(starts, dtype=pl.UInt32), "cells": pl.Series(counts, dtype=pl.UInt16)}
    return pl.DataFrame(head | data)


def _next_row(reader: Iterator[list[str]], lines: Lines, start: int, delimiter: str) -> list[str]:
    try:
        row = next(reader)
    except csv.Error as error:
        at = start + _opening_line(lines.record, delimiter)
        raise UnreadableFile(
            "un guillemet ouvert ici n’est pas fermé, ou est fermé au mauvais endroit.", line=at
        ) from error
    if sum(text.count('"') for text in lines.record) % 2:
        raise UnreadableFile("un guillemet isolé\u202f: doublez-le, ou mettez la cellule entre guillemets.", line=start)
    return row


def _fit(row: list[str | None], width: int) -> int:
    """Brings `row` to the header's width, in place; returns how many cells it had, blank ones beyond left out."""
    while len(row) > width and not (row[-1] or "").strip():
        row.pop()
    count = max(len(row), 1)
    row.extend([None] * (width - len(row)))
    del row[width:]
    return min(count, 65535)


def _refuse_swallowed_rows(record: list[str], start: int, delimiter: str, width: int) -> None:
    """A stray quote closed by chance much later hides whole rows in one cell: these rows still look like rows."""
    if width < 4:
        return
    for text in record[1:-1]:
        if '"' not in text and text.count(delimiter) == width - 1:
            at = start + _opening_line(record[:1], delimiter)
            raise UnreadableFile(
                "un guillemet ouvert ici avale les lignes suivantes\u202f: il manque celui qui le ferme.", line=at
            )


def _opening_line(record: list[str], delimiter: str) -> int:
    """How many lines after the record's start its last quoted cell opens."""
    inside, at_start, just_closed, opened = False, True, False, 0
    for number, text in enumerate(record):
        for char in text + "\n":
            if inside:
                inside = char != '"'
                just_closed = not inside
            elif char == '"' and (at_start or just_closed):
                # A quote right after a closing one is a doubled quote: the same cell goes on.
                opened = opened if just_closed else number
                inside, just_closed = True, False
            else:
                just_closed = False
            at_start = char == delimiter and not inside
    return opened
