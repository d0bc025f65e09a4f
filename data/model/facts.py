"""What figures are made of: facts (rows that can be shown one by one), and how they are summed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from sqlalchemy import ColumnElement, FromClause, Select
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from data.cube import Cube

Columns = ReadOnlyColumnCollection[str, Any]
AggregateExpression = Callable[[Columns], ColumnElement[Any]]
Conditions = Callable[[Columns], Sequence[ColumnElement[bool]]]
TimeKind = Literal["stock", "day", "month", "undated"]
SummedPlaces = Literal["declared", "expected", "seated", "paired"]
"""Which places a confidential figure sums: those that declared; that were labelled (of a response rate); that declared
and whose seats are known; that declared in the same month a year before too. Each has its own cells.
"""


@dataclass(frozen=True)
class MeasuredValue:
    """A value; None when it cannot be computed, with the reason. `note` is what must be said beside it. In French,
    both begin with a small letter and have no full stop.
    """

    value: float | int | None
    reason: str | None = None
    note: str | None = None


@dataclass(frozen=True, eq=False)
class Fact:
    """Rows that indicators count, with the standard columns that filters and groupings name.

    Standard columns: `dep`, `epci`, `holder_type`, `typologies`, `scheme`, `partner`, `unit`; and for time `started`
    and `ended` (a stock: rows in force at a date), `day` (a flow), `month` (yyyymm, a flow by whole months), or
    nothing (rows that are there whatever the date).

    `rows` is the roll-up that pages read; `detail` finer rows with the same columns and those that the roll-up gave
    up, read only when a filter needs one. `proof` gives the single rows behind it, with the same standard columns,
    the columns to show (`shown`: column -> French header) and `load_id`, `sheet`, `line`: the proof of the figure.
    `bulk` gives the rows of `proof` for who must read them all whatever their order, where `proof` follows an index.
    Tests hold that all give the same values.
    """

    time: TimeKind
    rows: FromClause
    detail: FromClause
    proof: Select[Any]
    shown: Mapping[str, str]
    newest: str  # the column by which the list is sorted, latest first
    filters: tuple[str, ...]  # the keys of those that narrow it; another is said not to (`unused_filters`)
    note: str = ""  # what a reader of the list must know
    key: tuple[str, ...] = ("load_id", "sheet", "line")  # what tells its rows apart, and orders those of one day
    place: str | None = None  # the column of the proof that holds the code of the row's tiers-lieu
    behind: tuple[str, ...] = ()  # columns of the proof that are not shown: links and sums need them
    bulk: Select[Any] | None = None
    cube: Cube | None = None  # the grouping sets and grains of the roll-up, when its rows are sums at several

    @property
    def counts_lines(self) -> bool:
        """Whether the roll-up says how many single rows are behind it."""
        return "lines" in self.rows.c


@dataclass(frozen=True)
class Total:
    """A count or a sum. `empty` is its value over no row; None means that it is then unknown, for the `reason`, as it
    is when there are rows and none of them says its value.
    """

    of: AggregateExpression
    empty: int | None = 0
    reason: str = ""


@dataclass(frozen=True)
class Ratio:
    """A ratio of sums, never a mean of ratios; unknown for the `reason` when the denominator is nothing."""

    of: AggregateExpression
    to: AggregateExpression
    reason: str


@dataclass(frozen=True)
class Measure:
    """An aggregate over the rows of a fact that meet `only`, be they of its roll-up, its detail or its proof.

    `fixed` names the standard columns that `only` settles, so that a filter on them does not apply. `lines` says, over
    the roll-up, how many single rows those are, where it knows. `disclosure` is which places it sums, when their values
    are confidential.
    """

    fact: Fact
    value: Total | Ratio
    only: Conditions = lambda _columns: ()
    fixed: tuple[str, ...] = ()
    lines: AggregateExpression | None = None
    disclosure: SummedPlaces | None = None

    def measured_rows(self, rows: FromClause) -> Sequence[ColumnElement[bool]]:
        """SQL: those of the rows (roll-up, detail or proof) that it counts."""
        return self._counted if rows is self.fact.rows else self.only(rows.c)

    @cached_property
    def _counted(self) -> Sequence[ColumnElement[bool]]:
        return self.only(self.fact.rows.c)
