"""Rows of text → typed rows, and the problems of the others.

Each distinct text of a column is read once in Python, and its value put back at every row by polars.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from data.sources import Column, Source
from data.sources.model import LIST_KINDS
from etl.problems import Problem
from etl.reference_data import ReferenceData
from etl.typing import ColumnConventions, Parsed, masked, parse, reader
from etl.typing.cell_problems import (
    FileState,
    misshapen_rows,
    refusals,
    warnings_of,
)
from etl.typing.cells import Cells
from etl.typing.lambert import with_degrees
from etl.workbooks.summary import DECIMAL

REFERENCE_KINDS = ("place", "aid")  # kept as codes: the row that they refer to may be loaded later
LOCATING_COLUMNS = (*REFERENCE_KINDS, "commune", "scheme", "partner", "holder_type", "unit", "day")
_INTEGERS = {"day": pl.Int32, "amount": pl.Int64, "whole": pl.Int64, "year": pl.Int32, "place": pl.Int64}
_NUMBERS = frozenset({"amount", "whole", "number", "share", "lon", "lat"})
_FLOATS = frozenset({"number", "share", "lon", "lat"})


@dataclass(frozen=True)
class Typed:
    """A batch once read. `rows`: `line` and one typed column for each column of the source, accepted rows only.

    `refused` holds every problem of the rows set aside, so several for one row; `warned` counts the warnings of
    accepted rows, of which `warnings` are the first ones. `texts` is the batch as text without its rows of totals.
    """

    rows: pl.DataFrame
    refused: list[Problem]
    warnings: list[Problem]
    warned: int
    texts: pl.DataFrame


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
    batch: pl.DataFrame, positions: Mapping[int, Column], source: Source, reference: ReferenceData, state: FileState
) -> Typed:
    """Reads the texts of a batch (line, cells, "0", "1", …); `positions`: position in the batch -> column."""
    before = state.warned.total()
    width = len(batch.columns) - 2
    at = {column.name: batch[str(position)] for position, column in positions.items()}
    absent = pl.Series(values=[None] * len(batch), dtype=pl.String)
    lines = batch["line"].cast(pl.Int64)
    cells = [_read_cells(at.get(column.name, absent), column, reference, state, lines) for column in source.columns]
    cells = with_degrees(cells)
    misshapen = batch["cells"] != width
    totals = state.totals.take_out(batch, cells, misshapen)
    misshapen &= ~totals
    wrong = misshapen
    for each in cells:
        wrong = wrong | each.wrong()
    # A row of the wrong length has its cells under the wrong headers: their problems would mislead.
    refused = misshapen_rows(batch, misshapen, width)
    for each in cells:
        refused += refusals(each, lines, ~misshapen & ~totals)
    warnings = [problem for each in cells for problem in warnings_of(each, lines, ~wrong & ~totals, state)]
    warnings += state.totals.warnings(batch, totals)
    rows = pl.DataFrame([lines, *(_finished(each, source) for each in cells)]).filter(~wrong & ~totals)
    return Typed(
        rows=rows,
        refused=sorted(refused, key=lambda problem: problem.line),
        warnings=sorted(warnings, key=lambda problem: problem.line),
        warned=state.warned.total() - before + int(totals.sum()),
        texts=batch.filter(~totals) if totals.any() else batch,
    )


def describe_rejected(
    rows: pl.DataFrame, positions: Mapping[int, Column], source: Source, reference: ReferenceData, state: FileState
) -> pl.DataFrame:
    """What is kept of refused rows beside their problems. `rows`: those rows of a batch already typed, as text.

    One row for each, in their order: line (Int64), row_key (String, the natural key as read, by which a row is
    recognised when it comes back), amount (Int64 cents, the money not counted; null when it can't be read), owner
    (Int64, the place for which the source is complete; null when it is for none, or an unknown one), then what locates
    it in space and time: place and aid (String, codes as read), commune, scheme, partner, holder_type, unit
    (String) and day (Int32), each null when the source has none, or when the cell or the whole row cannot be read.
    """
    at = {column.name: str(position) for position, column in positions.items()}
    keys = [at[name] for name in source.key if name in at] or [at[name] for name in source.signature if name in at]

    def typed(name: str | None) -> pl.Series:
        if name is None or name not in at:
            return pl.Series([None] * len(rows), dtype=pl.Int64)
        return _read_cells(rows[at[name]], source.column(name), reference, state, rows["line"]).values

    is_shaped = rows["cells"] == len(rows.columns) - 2  # otherwise cells are under the wrong headers

    def placing(name: str, values: pl.Series) -> pl.Series:
        known = pl.DataFrame([values.alias("value"), is_shaped.alias("is_shaped")])
        return known.select(pl.when("is_shaped").then("value").alias(name)).to_series()

    named = {name: _column_that_places(source, name) for name in LOCATING_COLUMNS}
    texts = pl.Series([None] * len(rows), dtype=pl.String)
    return rows.select(
        pl.col("line").cast(pl.Int64),
        pl.concat_str([_masked(rows[name]) for name in keys], separator=" | ", ignore_nulls=True).alias("row_key"),
        typed(source.amount).abs().alias("amount"),
        typed(next(iter(source.complete_for), None)).alias("owner"),
        *(
            placing(name, rows[at[column]] if column in at else texts)
            if name in REFERENCE_KINDS
            else placing(name, typed(column).cast(pl.Int32 if name == "day" else pl.String))
            for name, column in named.items()
        ),
    )


def _masked(texts: pl.Series) -> pl.Series:
    """The texts without personal data."""
    found = {text: shown for text in texts.drop_nulls().unique() if (shown := masked(text)) != text}
    return texts.replace(found) if found else texts


def _column_that_places(source: Source, name: str) -> str | None:
    """The column of a source that fills one of LOCATING_COLUMNS; None when it has none."""
    if name == "day":
        return source.dated
    by_kind = {"place": ("place",), "aid": ("aid",), "commune": ("commune", "insee")}.get(name, (name,))
    found = (each.name for each in source.columns if each.kind in by_kind or each.name == name)
    return next(found, source.key[0] if source.identifies == name else None)


def _read_cells(
    texts: pl.Series, column: Column, reference: ReferenceData, state: FileState, lines: pl.Series
) -> Cells:
    distinct: list[str] = texts.drop_nulls().unique(maintain_order=True).to_list()
    known = state.conventions.get(column.name, ColumnConventions())
    conventions = known.updated_with(distinct, column)
    if conventions.american and not known.american:
        first = (f"{text} (ligne {lines.filter(texts == text).item(0)})" for text in conventions.american)
        conventions = replace(conventions, american=tuple(first))
    state.conventions[column.name] = conventions
    read = reader(column, reference, conventions)
    parsed = state.parse_cells(column.name, conventions, distinct, read)
    return Cells(
        column,
        texts,
        _put_back(texts, parsed, column, reference),
        {text: cell for text, cell in parsed.items() if cell.refusal},
        {text: cell for text, cell in parsed.items() if cell.note},
    )


def _put_back(texts: pl.Series, parsed: Mapping[str, Parsed], column: Column, reference: ReferenceData) -> pl.Series:
    """The typed value of each text; the default where there is none."""
    dtype = dtype_of(column)
    found = pl.Series([cell.value for cell in parsed.values()], dtype=dtype)
    values = texts.replace_strict(pl.Series(list(parsed), dtype=pl.String), found, default=None, return_dtype=dtype)
    if column.default is not None:
        # The default is ours: it is read on its own, whatever the conventions of the file.
        values = values.fill_null(pl.lit(parse(column.default, column, reference).value, dtype))
    return values.alias(column.name)


def _finished(cells: Cells, source: Source) -> pl.Series:
    """Nulls that the database wants as an empty text: parts of a natural key, lists without an element."""
    column = cells.column
    in_key = column.name in source.key and cells.values.dtype == pl.String
    return cells.values.fill_null("") if in_key or column.kind in LIST_KINDS else cells.values
