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
from etl.sources.texts import without_contacts
from etl.typing.cell_problems import FileState

Rows = pl.DataFrame
Enrich = Callable[[Rows, ReferenceData], Rows]
Transform = Callable[[Rows, ReferenceData, Counter[str]], Rows]


def _no_checks(_reference: ReferenceData) -> tuple[Check, ...]:
    return ()


def _same_rows(rows: Rows, _reference: ReferenceData) -> Rows:
    return rows


def _same_content(rows: Rows, _reference: ReferenceData, _seen: Counter[str]) -> Rows:
    return rows


def _no_keys(_rows: Rows) -> list[str]:
    return []


@dataclass(frozen=True)
class DerivedTable:
    """A second version table that a file fills: `rows` makes its rows from those of the source's own table.

    `complete_for`: the file holds all rows of each value that it names of these columns of the table.
    """

    table: str
    rows: Callable[[Rows], Rows]
    complete_for: tuple[str, ...]


@dataclass(frozen=True)
class LoadSource:
    """One kind of input file, from its typed rows to its version tables.

    `context` adds columns that the checks read (their names begin with `_`); `checks` says what is looked at; `mend`
    corrects what the checks signalled as corrected. `strips_contacts`: e-mail addresses and telephone numbers are
    struck out of its texts. `transform` makes the rows of the source's own table; its Counter is the same for all
    batches of a file. `derived`: the other tables that the file fills. `cancelled_keys`: codes of checked rows that
    say that something is no more. `attendance_months`: stage -> the (place_id, month) pairs whose sums change.
    """

    columns: Source
    context: Enrich = _same_rows
    checks: Callable[[ReferenceData], tuple[Check, ...]] = _no_checks
    mend: Enrich = _same_rows
    strips_contacts: bool = False
    transform: Transform = _same_content
    derived: tuple[DerivedTable, ...] = ()
    cancelled_keys: Callable[[Rows], list[str]] = _no_keys
    attendance_months: Callable[[Table], Select[tuple[int, int]]] | None = None

    @property
    def tables(self) -> tuple[str, ...]:
        """The version tables that the source fills, its own first."""
        return (self.columns.table, *(one.table for one in self.derived))


def check_rows(source: LoadSource, rows: Rows, reference: ReferenceData, state: FileState) -> Checked:
    """The typed rows of a source without those that cannot be, what can be mended being so.

    Batches may be checked one by one, except for a source that is complete for its places (`labels`): the whole file.
    """
    checked = run(source.checks(reference), source.context(rows, reference), source.columns, state)
    kept = source.mend(checked.rows, reference).select(rows.columns)
    return Checked(kept, checked.refused, checked.warnings, checked.warned)


def rows_by_table(source: LoadSource, rows: Rows, reference: ReferenceData, seen: Counter[str]) -> dict[str, Rows]:
    """Typed and checked rows -> the rows of each table. `seen` counts, over the batches of a file, identical lines."""
    kept = without_contacts(rows) if source.strips_contacts else rows
    own = source.transform(kept, reference, seen)
    return {source.columns.table: own, **{one.table: one.rows(own) for one in source.derived}}
