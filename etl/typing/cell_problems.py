"""The problems of a batch's rows: reasons of refusals, and warnings about normalised or implausible values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

import polars as pl

from data.i18n import NARROW, count, quote_french
from data.sources import Kind
from etl.problems import Problem
from etl.typing import ColumnConventions, Parsed, Reader, is_nir, masked
from etl.typing.cells import Cells, is_among
from etl.typing.totals import Totals
from etl.workbooks.summary import MERGED

MAX_VALUE_LENGTH = 200
MAX_WARNINGS_PER_CAUSE = 100
MAX_CACHED_CELLS = 50_000  # distinct texts of a column

Verdict = Literal["refused", "warning"]

_COMPANIES = frozenset({"siret", "funder"})
_MISSING = "colonne obligatoire vide"
_TOO_MANY = "une colonne remplie n’a pas d’intitulé, ou un séparateur est de trop"
_TOO_FEW = "un séparateur ou un guillemet manque"


@dataclass
class FileState:
    """What holds for a whole file although it comes in batches.

    `warned` counts every warning by column and cause; only the first hundred of each become a Problem. `concerned`
    counts the rows of each, of one that is given once for its column too. `parsed`: the distinct texts of each column
    already read, with the conventions by which they were.
    """

    conventions: dict[str, ColumnConventions] = field(default_factory=dict)
    warned: Counter[tuple[str | None, str]] = field(default_factory=Counter)
    concerned: Counter[tuple[str | None, str]] = field(default_factory=Counter)
    totals: Totals = field(default_factory=Totals)
    parsed: dict[str, tuple[ColumnConventions, dict[str, Parsed]]] = field(default_factory=dict)

    def parse_cells(
        self, column: str, conventions: ColumnConventions, texts: Sequence[str], read: Reader
    ) -> dict[str, Parsed]:
        """The distinct texts of one column, each parsed once a file unless the conventions of the column change."""
        known, cells = self.parsed.get(column, (None, {}))
        if known != conventions or len(cells) > MAX_CACHED_CELLS:
            cells = {}
        for text in texts:
            if text not in cells:
                cells[text] = read(text)
        self.parsed[column] = conventions, cells
        return {text: cells[text] for text in texts}

    def warn(
        self,
        column: str | None,
        kind: str,
        rows: int,
        first: Callable[[int], pl.DataFrame],
        *,
        once_per_column: bool = False,
    ) -> list[Problem]:
        """Counts rows under one kind; returns Problems for the first ones: `first` gives so many of them at most, as
        line, value, message.
        """
        already = self.warned[column, sentence(kind)]
        room = max(0, (1 if once_per_column else MAX_WARNINGS_PER_CAUSE) - already)
        self.warned[column, sentence(kind)] += min(room, rows) if once_per_column else rows
        self.concerned[column, sentence(kind)] += rows
        return problems("warning", column, first(room).with_columns(pl.lit(kind).alias("cause"))) if room else []

    def warn_rows(self, column: str | None, kind: str, found: Sequence[tuple[int, str]]) -> list[Problem]:
        """The same for rows as (line, message)."""

        def first(rows: int) -> pl.DataFrame:
            lines = pl.Series([line for line, _message in found[:rows]], dtype=pl.Int64)
            return _table(lines, [None] * len(lines), [message for _line, message in found[:rows]])

        return self.warn(column, kind, len(found), first)


def problems(verdict: Verdict, column: str | None, found: pl.DataFrame) -> list[Problem]:
    """One Problem for each row of `found`: line, value as it may be shown (null: none), message, cause."""
    return [
        Problem(verdict, line, column, value, sentence(message), cause=sentence(cause))
        for line, value, message, cause in found.select("line", "value", "message", "cause").iter_rows()
    ]


def misshapen_rows(batch: pl.DataFrame, misshapen: pl.Series, width: int) -> list[Problem]:
    """The refusals of rows that have not as many cells as the header has names."""
    wrong = batch.filter(misshapen)
    counts: list[int] = wrong["cells"].to_list()
    causes = [_TOO_MANY if cells > width else _TOO_FEW for cells in counts]
    found = [f"{count(cells, 'cellule', 'cellules')} pour {count(width, 'intitulé', 'intitulés')}" for cells in counts]
    messages = [f"{text}{NARROW}: {cause}" for text, cause in zip(found, causes, strict=True)]
    return problems("refused", None, _table(wrong["line"], [None] * len(wrong), messages, causes))


def refusals(cells: Cells, lines: pl.Series, rows: pl.Series) -> list[Problem]:
    """Why one column refuses rows, at those where `rows` is true."""
    found: list[Problem] = []
    column = cells.column
    if cells.refused:
        mask = is_among(cells.texts, cells.refused) & rows
        texts = cells.texts.filter(mask).to_list()
        causes = [cells.refused[text].refusal or "" for text in texts]
        messages = [_refusal(cells.refused[text]) for text in texts]
        values = [display_text(text, column.kind) for text in texts]
        found += problems("refused", column.header, _table(lines.filter(mask), values, messages, causes))
    if column.required:
        mask = cells.missing() & rows
        texts = cells.texts.filter(mask).to_list()
        messages = [
            f"{quote_french(text)} veut dire vide, et la colonne est obligatoire" if text else "" for text in texts
        ]
        values = [display_text(text, column.kind) for text in texts]
        table = _table(lines.filter(mask), values, [message or _MISSING for message in messages])
        found += problems("refused", column.header, table.with_columns(pl.lit(_MISSING).alias("cause")))
    return found


def _refusal(cell: Parsed) -> str:
    return f"{cell.refusal}{NARROW}: {cell.after}" if cell.after else cell.refusal or ""


def warnings_of(cells: Cells, lines: pl.Series, rows: pl.Series, state: FileState) -> list[Problem]:
    """What was normalised or looks odd in one column, at the rows where `rows` is true."""
    found: list[Problem] = []
    kinds: dict[tuple[str, bool], list[str]] = {}
    for text, cell in cells.noted.items():
        kinds.setdefault((cell.note or "", cell.once_per_column), []).append(text)
    for (note, once_per_column), texts in kinds.items():
        mask = is_among(cells.texts, texts) & rows
        first = partial(_noted_rows, cells, lines, mask)
        found += state.warn(cells.column.header, note, int(mask.sum()), first, once_per_column=once_per_column)
    return found


def _noted_rows(cells: Cells, lines: pl.Series, mask: pl.Series, room: int) -> pl.DataFrame:
    """line, value, message of the first rows of a mask."""
    texts = cells.texts.filter(mask).head(room).to_list()
    messages = [_message(cells.noted[text]) for text in texts]
    return _table(lines.filter(mask).head(room), [display_text(text, cells.column.kind) for text in texts], messages)


def _message(cell: Parsed) -> str:
    understood = f" (lu{NARROW}: {cell.after})" if cell.after else ""
    rest = " — dit une fois pour toute la colonne" if cell.once_per_column else ""
    return f"{cell.note}{understood}{rest}"


def _table(
    lines: pl.Series, values: Sequence[str | None], messages: Sequence[str], causes: Sequence[str] | None = None
) -> pl.DataFrame:
    return pl.DataFrame(
        [
            lines.cast(pl.Int64).alias("line"),
            pl.Series("value", values, dtype=pl.String),
            pl.Series("message", messages, dtype=pl.String),
            pl.Series("cause", causes or messages, dtype=pl.String),
        ]
    )


def display_text(value: str | None, kind: Kind) -> str | None:
    """The value as read, cut, without what may identify a person; the digits of a wrong SIRET are none."""
    if value is None or value == MERGED:
        return None
    return (value if kind in _COMPANIES and not is_nir(value) else masked(value))[:MAX_VALUE_LENGTH]


def sentence(message: str) -> str:
    """A capital, a full stop: the reasons of a row are shown one after the other."""
    return f"{message[:1].upper()}{message[1:]}{'' if message.endswith(('.', '?', '!')) else '.'}"
