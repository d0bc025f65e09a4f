"""A source as the loader takes it in: its columns, and what only this source needs between its cells and its tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl
from sqlalchemy import Select, Table

from data.sources import Source
from etl.checks.model import Check, Checked, run
from etl.reference_data import ReferenceData
from etl.typing.cell_problems import FileState

Enrich = Callable[[pl.DataFrame, ReferenceData], pl.DataFrame]
Transform = Callable[[pl.DataFrame, ReferenceData, Counter[str]], pl.DataFrame]


def _no_checks(_reference: ReferenceData) -> tuple[Check, ...]:
    return ()


def _unchanged_rows(rows: pl.DataFrame, _reference: ReferenceData) -> pl.DataFrame:
    return rows


def _untransformed(rows: pl.DataFrame, _reference: ReferenceData, _occurrences: Counter[str]) -> pl.DataFrame:
    return rows


def _no_keys(_rows: pl.DataFrame) -> list[str]:
    return []


@dataclass(frozen=True)
class DerivedTable:
    """A second version table that a file fills: `rows` makes its rows from those of the source's own table.

    `complete_for`: the file holds all rows of each value that it names of these columns of the table.
    """

    table: str
    rows: Callable[[pl.DataFrame], pl.DataFrame]
    complete_for: tuple[str, ...]


@dataclass(frozen=True)
class LoadSource:
    """One kind of input file, from its typed rows to its version tables.

    `context` adds columns that the checks read (their names begin with `_`); `checks`: what is looked at; `mend`
    corrects what the checks signalled as corrected. `transform` makes the rows of the source's own table; its Counter
    is the same for all batches of a file. `derived`: the other tables that the file fills. `cancelled_keys`: codes of
    the checked rows that cancel what was loaded. `code_prefix`: what the transform puts before the codes of the file.
    `reference_sources`: the sources whose rows the transform looks up beyond what its cells refer to.
    `attendance_months`: stage -> the (place_id, month) pairs whose sums change.
    """

    columns: Source
    context: Enrich = _unchanged_rows
    checks: Callable[[ReferenceData], tuple[Check, ...]] = _no_checks
    mend: Enrich = _unchanged_rows
    transform: Transform = _untransformed
    derived: tuple[DerivedTable, ...] = ()
    cancelled_keys: Callable[[pl.DataFrame], list[str]] = _no_keys
    code_prefix: str = ""
    reference_sources: tuple[str, ...] = ()
    attendance_months: Callable[[Table], Select[tuple[int, int]]] | None = None

    @property
    def tables(self) -> tuple[str, ...]:
        """The version tables that the source fills, its own first."""
        return (self.columns.table, *(one.table for one in self.derived))


def check_rows(source: LoadSource, rows: pl.DataFrame, reference: ReferenceData, state: FileState) -> Checked:
    """The typed rows of a source without those that cannot be, what can be mended being so.

    Batches may be checked one by one, except for a source that is complete for its places (`labels`): the whole file.
    """
    checked = run(source.checks(reference), source.context(rows, reference), source.columns, state)
    mended = source.mend(checked.rows, reference).select(rows.columns)
    return Checked(mended, checked.refused, checked.warnings, checked.warned)


def rows_by_table(
    source: LoadSource, rows: pl.DataFrame, reference: ReferenceData, occurrences: Counter[str]
) -> dict[str, pl.DataFrame]:
    """Typed and checked rows -> the rows of each table. `occurrences`: identical lines, over all batches of a file."""
    own = source.transform(rows, reference, occurrences)
    if "siret" in own.columns:
        own = _with_siren(own)
    return {source.columns.table: own, **{one.table: one.rows(own) for one in source.derived}}


def _with_siren(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with `siren`, that of the SIRET or the one read in its place, where `siret` is then null."""
    siret = pl.col("siret")
    return rows.with_columns(
        siret.str.slice(0, 9).alias("siren"), pl.when(siret.str.len_chars() == 14).then(siret).alias("siret")
    )
