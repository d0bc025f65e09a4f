"""One column of a batch, read: its texts, its values, and which of them were refused or noted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from data.sources import Column
from etl.typing.parsed import Parsed


@dataclass(frozen=True)
class Cells:
    """One column of a batch: its texts, its values, the distinct texts that are refused or carry a note."""

    column: Column
    texts: pl.Series
    values: pl.Series
    refused: dict[str, Parsed]
    noted: dict[str, Parsed]

    def wrong(self) -> pl.Series:
        """True at the rows that this column refuses."""
        wrong = is_among(self.texts, self.refused)
        return wrong | self.missing() if self.column.required else wrong

    def missing(self) -> pl.Series:
        """True where a required cell is empty, or holds one of the column's words for nothing."""
        return self.values.is_null() & ~is_among(self.texts, self.refused)

    def unreadable(self) -> pl.Series:
        """True where a text could not be read: refused or, in an optional column, left empty."""
        blanked = [text for text, cell in self.noted.items() if cell.unreadable]
        return is_among(self.texts, [*self.refused, *blanked])


def is_among(texts: pl.Series, wanted: Mapping[str, object] | Sequence[str]) -> pl.Series:
    """True where the text is one of `wanted`, false at nulls."""
    if not wanted:
        return pl.repeat(value=False, n=len(texts), dtype=pl.Boolean, eager=True)
    return texts.is_in(list(wanted)).fill_null(value=False)
