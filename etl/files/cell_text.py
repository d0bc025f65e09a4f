"""Text whose cells are separated by our own control characters → batches: the common form of workbooks and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from etl.files.plain import plain_frame
from etl.files.scrub import Scrubber
from etl.files.stream import Chunk
from etl.files.tidy import Tidier
from etl.workbooks.summary import CELL, LINE_BREAK, MERGED


def cell_text_batches(
    chunks: Iterator[Chunk], header: int, tidier: Tidier, scrubber: Scrubber
) -> Iterator[pl.DataFrame]:
    """Batches of lines « number, cells »; lines numbered up to `header` are left out."""
    for chunk in chunks:
        clean = scrubber.scrub(chunk)
        raw = plain_frame(clean, CELL, tidier.width + 1)
        names = tidier.names
        frame = raw.select(
            pl.col("0").cast(pl.UInt32).alias("line"),
            # A row of a sheet ends with its last filled cell: short is not a fault, long is.
            (pl.col("cells") - 1).clip(lower_bound=tidier.width).alias("cells"),
            *(pl.col(str(i + 1)).str.replace_all(LINE_BREAK, "\n", literal=True).alias(n) for i, n in enumerate(names)),
        ).filter(pl.col("line") > header)
        yield from tidier.tidy(frame, damaged=scrubber.damaged)


MergedRange = tuple[int, int, int, int]
"""First row, first column, last row, last column of merged cells, 1-based."""


def with_merged_cells(chunks: Iterator[Chunk], merges: Sequence[MergedRange]) -> Iterator[Chunk]:
    """The lines with MERGED in each empty cell that one of `merges` covers below its first row."""
    if not merges:
        yield from chunks
        return
    covered: dict[int, list[int]] = {}
    for top, left, bottom, right in merges:
        for row in range(top + 1, bottom + 1):
            covered.setdefault(row, []).extend(range(left, right + 1))
    for chunk in chunks:
        lines = [_marked(line, covered.get(int(line[: line.index(CELL)]), ())) for line in chunk.text.split("\n")]
        yield replace(chunk, text="\n".join(lines))


def _marked(line: str, columns: Sequence[int]) -> str:
    if not columns:
        return line
    cells = line.split(CELL)
    cells.extend([""] * (max(columns) + 1 - len(cells)))
    for column in columns:
        cells[column] = cells[column] or MERGED
    return CELL.join(cells)


def written_line_number(chunk: Chunk, offset: int) -> int:
    """The number written at the start of the line of the character at `offset`."""
    start = chunk.text.rfind("\n", 0, offset) + 1
    return int(chunk.text[start : chunk.text.index(CELL, start)])
