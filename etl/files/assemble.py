"""The last step, the same for every kind of file: a Sheet whose first rows have been seen."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import polars as pl

from etl.files.model import Note, Sheet, UnreadableFile
from etl.files.scrub import Scrubber
from etl.files.tidy import Tidier


def assemble(
    header: tuple[tuple[str, ...], int],
    batches: Iterator[pl.DataFrame],
    notes: list[Note],
    tidier: Tidier,
    scrubber: Scrubber,
) -> Sheet:
    """`header` is its names and its line. Raises UnreadableFile when no data row follows it."""

    def until_the_end() -> Iterator[pl.DataFrame]:
        yield from batches
        notes.extend([*scrubber.notes(), *tidier.notes(forgiven=scrubber.nuls)])

    rest = until_the_end()
    first = next(rest, None)
    if first is None:
        raise UnreadableFile("aucune ligne de données sous l’en-tête.", line=header[1], sheet=tidier.sheet)
    return Sheet(tidier.sheet, *header, chain([first], rest), notes)
