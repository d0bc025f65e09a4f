"""Rows of text → typed rows, and what is said of the others.

Each distinct text of a column is read once in Python, and its value put back at every row by polars.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from data.i18n import NARROW
from data.sources import Column, Source
from etl.problems import Problem
from etl.values import Habits, Parsed, masked, parse, reader
from etl.workbooks.summary import DECIMAL
from etl.world import World

SHOWN = 200
MATERIALISED = 100

Verdict = Literal["refused", "warning"]

_INTEGERS = {"day": pl.Int32, "amount": pl.Int64, "whole": pl.Int64, "year": pl.Int32, "place": pl.Int64}
_INTEGERS_ADDED = frozenset({"amount", "whole"})
_NUMBERS = frozenset({"amount", "whole", "number", "share", "lon", "lat"})
_FLOATS = frozenset({"number", "share", "lon", "lat"})


@dataclass
class State:
    """What holds for a whole file although it comes in batches.

    `warned` counts every warning by column and kind; only the first hundred of each become a Problem.
    """

    habits: dict[str, Habits] = field(default_factory=dict)
    warned: Counter[tuple[str | None, str]] = field(default_factory=Counter)

    def warn(self, column: str | None, kind: str, found: pl.DataFrame, *, once: bool = False) -> list[Problem]:
        """Counts the rows of `found` (line, value, message) under one kind; says the first ones only."""
        already = self.warned[column, kind]
        room = max(0, (1 if once else MATERIALISED) - already)
        self.warned[column, kind] += min(room, len(found)) if once else len(found)
        return problems("warning", column, found.head(room))


def problems(verdict: Verdict, column: str | None, found: pl.DataFrame) -> list[Problem]:
    """One Problem for each row of `found`: line, value (null when there is none), message."""
    return [
        Problem(verdict, line, column, _shown(value), _sentence(message))
        for line, value, message in found.select("line", "value", "message").iter_rows()
    ]


@dataclass(frozen=True)
class Typed:
    """A batch once read. `rows`: `line` and one typed column for each column of the source, accepted rows only.

    `refused` holds every problem of the rows set aside, so several for one row; `warned` counts the warnings of
    accepted rows, of which `warnings` are the first ones; `read` counts the rows of the batch. `sums` adds up each
    column of amounts (cents) or whole numbers over all its rows, refused ones too: None where a cell cannot be read.
    """

    rows: pl.DataFrame
    refused: list[Problem]
    warnings: list[Problem]
    warned: int
    read: int
    sums: Mapping[str, int | None]


@dataclass(frozen=True)
class _Cells:
    """One column of a batch: its texts, its values, the distinct texts that something is said of."""

    column: Column
    texts: pl.Series
    values: pl.Series
    refused: dict[str, str]
    noted: dict[str, Parsed]

    def wrong(self) -> pl.Series:
        """True at the rows that this column refuses."""
        wrong = _among(self.texts, self.refused)
        return wrong | self.missing() if self.column.required else wrong

    def missing(self) -> pl.Series:
        """True where a required cell says nothing."""
        return self.values.is_null() & ~_among(self.texts, self.refused)


def dtype_of(column: Column) -> type[pl.DataType]:
    """The polars type of a column's values."""
    if column.kind == "yes_no":
        return pl.Boolean
    return pl.Float64 if column.kind in _FLOATS else _INTEGERS.get(column.kind, pl.String)


def read_stored_numbers(batch: pl.DataFrame, positions: Mapping[int, Column]) -> pl.DataFrame:
    """The batch without the mark of numbers stored with three decimals (`etl.workbooks.summary.DECIMAL`).

    Numbers get a fourth decimal, which no thousands separator explains; any other column has them as they are written.
    """
    read = {str(position): "0" if column.kind in _NUMBERS else "" for position, column in positions.items()}
    marked = [name for name in read if batch[name].str.ends_with(DECIMAL).any()]
    return batch.with_columns(pl.col(name).str.replace(f"{DECIMAL}$", read[name]) for name in marked)


def type_batch(
    batch: pl.DataFrame, positions: Mapping[int, Column], source: Source, world: World, state: State
) -> Typed:
    """Reads the texts of a batch (line, cells, "0", "1", …); `positions`: where each column of the source stands."""
    before = state.warned.total()
    width = len(batch.columns) - 2
    at = {column.name: batch[str(position)] for position, column in positions.items()}
    absent = pl.Series(values=[None] * len(batch), dtype=pl.String)
    cells = [_read_cells(at.get(column.name, absent), column, world, state) for column in source.columns]
    lines = batch["line"].cast(pl.Int64)
    misshapen = batch["cells"] != width
    wrong = misshapen
    for each in cells:
        wrong = wrong | each.wrong()
    refused = _misshapen(batch, misshapen, width)
    for each in cells:
        # A row of the wrong length has its cells under the wrong headers: what they say would mislead.
        refused += _refusals(each, lines, ~misshapen)
    warnings = [problem for each in cells for problem in _warnings(each, lines, ~wrong, state)]
    rows = pl.DataFrame([lines, *(_finished(each, source) for each in cells)]).filter(~wrong)
    return Typed(
        rows=rows,
        refused=sorted(refused, key=lambda problem: problem.line),
        warnings=sorted(warnings, key=lambda problem: problem.line),
        warned=state.warned.total() - before,
        read=len(batch),
        sums={
            each.column.name: None if each.refused or misshapen.any() else int(each.values.sum())
            for each in cells
            if each.column.kind in _INTEGERS_ADDED
        },
    )


def describe_rejected(
    rows: pl.DataFrame, positions: Mapping[int, Column], source: Source, world: World, state: State
) -> pl.DataFrame:
    """What is kept of refused rows beside their problems. `rows`: those rows of a batch already typed, as text.

    One row for each, in their order: line (Int64), row_key (String, the natural key as read, by which a row is
    recognised when it comes back), amount (Int64 cents, the money not counted; null when it can't be read), owner
    (Int64, the place for which the source is complete; null when it is for none, or an unknown one).
    """
    at = {column.name: str(position) for position, column in positions.items()}
    keys = [at[name] for name in source.key if name in at] or [at[name] for name in source.signature if name in at]

    def typed(name: str | None) -> pl.Series:
        if name is None or name not in at:
            return pl.Series([None] * len(rows), dtype=pl.Int64)
        return _read_cells(rows[at[name]], source.column(name), world, state).values

    return rows.select(
        pl.col("line").cast(pl.Int64),
        pl.concat_str(keys, separator=" | ", ignore_nulls=True).alias("row_key"),
        typed(source.amount).abs().alias("amount"),
        typed(next(iter(source.complete_for), None)).alias("owner"),
    )


def _read_cells(texts: pl.Series, column: Column, world: World, state: State) -> _Cells:
    distinct: list[str] = texts.drop_nulls().unique(maintain_order=True).to_list()
    habits = state.habits.get(column.name, Habits()).learn(distinct, column)
    state.habits[column.name] = habits
    read = reader(column, world, habits)
    parsed = {text: read(text) for text in distinct}
    return _Cells(
        column,
        texts,
        _put_back(texts, parsed, column, world),
        {text: cell.refusal for text, cell in parsed.items() if cell.refusal},
        {text: cell for text, cell in parsed.items() if cell.note},
    )


def _put_back(texts: pl.Series, parsed: Mapping[str, Parsed], column: Column, world: World) -> pl.Series:
    """The typed value of each text; the default where there is none."""
    dtype = dtype_of(column)
    found = pl.Series([cell.value for cell in parsed.values()], dtype=dtype)
    values = texts.replace_strict(pl.Series(list(parsed), dtype=pl.String), found, default=None, return_dtype=dtype)
    if column.default is not None:
        # The default is ours: it is read on its own, whatever the habits of the file.
        values = values.fill_null(pl.lit(parse(column.default, column, world).value, dtype))
    return values.alias(column.name)


def _finished(cells: _Cells, source: Source) -> pl.Series:
    """Nulls that the database wants as an empty text: parts of a natural key, lists without an element."""
    column = cells.column
    in_key = column.name in source.key and cells.values.dtype == pl.String
    return cells.values.fill_null("") if in_key or column.kind == "choices" else cells.values


def _misshapen(batch: pl.DataFrame, misshapen: pl.Series, width: int) -> list[Problem]:
    wrong = batch.filter(misshapen)
    found = [f"{count} cellules au lieu de {width}" for count in wrong["cells"].to_list()]
    why = "un séparateur ou un guillemet manque, ou il y en a un de trop"
    messages = [f"{text}{NARROW}: {why}" for text in found]
    return problems("refused", None, _table(wrong["line"], [None] * len(wrong), messages))


def _refusals(cells: _Cells, lines: pl.Series, among: pl.Series) -> list[Problem]:
    found: list[Problem] = []
    header = cells.column.header
    if cells.refused:
        mask = _among(cells.texts, cells.refused) & among
        texts = cells.texts.filter(mask).to_list()
        messages = [cells.refused[text] for text in texts]
        found += problems("refused", header, _table(lines.filter(mask), texts, messages))
    if cells.column.required:
        mask = cells.missing() & among
        texts = cells.texts.filter(mask).to_list()
        messages = ["colonne obligatoire vide"] * len(texts)
        found += problems("refused", header, _table(lines.filter(mask), texts, messages))
    return found


def _warnings(cells: _Cells, lines: pl.Series, among: pl.Series, state: State) -> list[Problem]:
    found: list[Problem] = []
    kinds: dict[tuple[str, bool], list[str]] = {}
    for text, cell in cells.noted.items():
        kinds.setdefault((cell.note or "", cell.once), []).append(text)
    for (note, once), texts in kinds.items():
        mask = _among(cells.texts, texts) & among
        said = cells.texts.filter(mask)
        messages = {text: _message(cells.noted[text]) for text in said.head(MATERIALISED).to_list()}
        table = pl.DataFrame([lines.filter(mask).alias("line"), said.alias("value")]).with_columns(
            pl.col("value").replace_strict(messages, default=note, return_dtype=pl.String).alias("message")
        )
        found += state.warn(cells.column.header, note, table, once=once)
    return found


def _message(cell: Parsed) -> str:
    understood = f" (lu{NARROW}: {cell.after})" if cell.after else ""
    rest = " — dit une fois pour toute la colonne" if cell.once else ""
    return f"{cell.note}{understood}{rest}"


def _table(lines: pl.Series, values: Sequence[str | None], messages: Sequence[str]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            lines.cast(pl.Int64).alias("line"),
            pl.Series("value", values, dtype=pl.String),
            pl.Series("message", messages, dtype=pl.String),
        ]
    )


def _among(texts: pl.Series, wanted: Mapping[str, object] | Sequence[str]) -> pl.Series:
    """True where the text is one of `wanted`, false at nulls."""
    if not wanted:
        return pl.repeat(value=False, n=len(texts), dtype=pl.Boolean, eager=True)
    return texts.is_in(list(wanted)).fill_null(value=False)


def _shown(value: str | None) -> str | None:
    """The value as read, cut, without what may identify a person."""
    return None if value is None else masked(value)[:SHOWN]


def _sentence(message: str) -> str:
    """A capital, a full stop: the reasons of a row are shown one after the other."""
    return f"{message[:1].upper()}{message[1:]}{'' if message.endswith(('.', '?', '!')) else '.'}"
