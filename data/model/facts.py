"""Facts (rows that can be shown one by one) and measures (aggregates over them)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from sqlalchemy import ColumnElement, FromClause, Select

from data.cube import Cube
from data.types import Columns, TimeKind

AggregateExpression = Callable[[Columns], ColumnElement[Any]]
Conditions = Callable[[Columns], Sequence[ColumnElement[bool]]]
SummedPlaces = Literal["declared", "expected", "seated", "paired"]
"""Which places a confidential figure sums: those that declared; that were labelled (of a response rate); that declared
and whose seats are known; that declared in the same month a year before too. Each has its own cells.
"""


@dataclass(frozen=True)
class MeasuredValue:
    """A value, or None with the `reason` why it is unknown. `note` is a text to show beside it. Both are in French,
    without capital or full stop.
    """

    value: float | int | None
    reason: str | None = None
    note: str | None = None


@dataclass(frozen=True, eq=False)
class Fact:
    """Rows that indicators count, with the standard columns that filters and groupings name.

    Standard columns: `dep`, `epci`, `holder_type`, `typologies`, `scheme`, `partner`, `unit`; and for time `started`
    and `ended` (a stock: rows in force at a date), `day` (a flow), `month` (yyyymm, a flow by whole months), or nothing
    (rows that are there whatever the date).

    `rows` is the roll-up that pages read. `detail` has finer rows, with the columns that the roll-up gave up: it is
    read only when a filter needs one of them. `proof` selects the single rows behind the roll-up, with the standard
    columns, those of `headers` (column -> French header) and `load_id`, `sheet`, `line`. `bulk_proof` selects the rows
    of `proof` in any order, for readers of all of them; `proof` follows an index. Tests hold that all give the same
    values.
    """

    time: TimeKind
    rows: FromClause
    detail: FromClause
    proof: Select[Any]
    headers: Mapping[str, str]
    default_sort: str  # column of the first order of the list, latest first
    filters: tuple[str, ...]  # keys of the filters that narrow it
    note: str = ""  # French text above the list of rows
    key: tuple[str, ...] = ("load_id", "sheet", "line")  # identifies a row, orders those of one day
    place_column: str | None = None  # column of the proof: code of the row's tiers-lieu
    hidden_columns: tuple[str, ...] = ()  # columns of the proof for links and sums only
    bulk_proof: Select[Any] | None = None
    cube: Cube | None = None  # grouping sets and grains of a roll-up of sums

    @property
    def has_line_counts(self) -> bool:
        """Whether the roll-up has the number of single rows behind each of its rows (`lines`)."""
        return "lines" in self.rows.c


@dataclass(frozen=True)
class Total:
    """A count or a sum. Over no row, its value is `empty`; None means unknown, for the French `reason`, as does a sum
    over rows of which none has a value.
    """

    aggregate: AggregateExpression
    empty: int | None = 0
    reason: str = ""


@dataclass(frozen=True)
class Ratio:
    """A ratio of sums, never a mean of ratios; unknown for the French `reason` when the denominator is 0 or null."""

    aggregate: AggregateExpression
    denominator: AggregateExpression
    reason: str


@dataclass(frozen=True)
class Measure:
    """An aggregate over the rows of a fact that meet `row_conditions`: rows of its roll-up, its detail or its proof.

    `fixed_columns` are the standard columns that `row_conditions` settles: a filter on them does not apply.
    `line_count` is, over the roll-up, the number of single rows that the measure counts. `disclosure` names the places
    that a measure of confidential values sums.
    """

    fact: Fact
    value: Total | Ratio
    row_conditions: Conditions = lambda _columns: ()
    fixed_columns: tuple[str, ...] = ()
    line_count: AggregateExpression | None = None
    disclosure: SummedPlaces | None = None

    def conditions_on(self, rows: FromClause) -> Sequence[ColumnElement[bool]]:
        """SQL: conditions that rows (roll-up, detail or proof of the fact) meet when the measure counts them."""
        return self._roll_up_conditions if rows is self.fact.rows else self.row_conditions(rows.c)

    @cached_property
    def _roll_up_conditions(self) -> Sequence[ColumnElement[bool]]:
        return self.row_conditions(self.fact.rows.c)
