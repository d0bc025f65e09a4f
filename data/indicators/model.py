"""What an indicator is: words for people, and one SQL aggregate over rows that can be shown one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, FromClause, Select
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from data.units import Unit

Columns = ReadOnlyColumnCollection[str, Any]
Expression = Callable[[Columns], ColumnElement[Any]]
Conditions = Callable[[Columns], Sequence[ColumnElement[bool]]]


@dataclass(frozen=True)
class Fact:
    """Rows that indicators count, with the standard columns that filters and groupings name.

    Standard columns: `dep`, `epci`, `holder_type`, `typologies`, `scheme`, `partner`, `unit`; and for time `started`
    and `ended` (a stock: rows in force at a date), `day` (a flow), or `month` (yyyymm, a flow by whole months).

    `rows` is the roll-up that pages read; `detail` finer rows with the same columns and those that the roll-up gave
    up, read only when a filter needs one. `proof` gives the single rows behind it, straight from the version tables,
    with the same standard columns, the columns to show (`shown`: column -> French header) and `load_id`, `sheet`,
    `line`: the proof of the figure. Tests hold that all give the same values.
    """

    time: Literal["stock", "day", "month"]
    rows: FromClause
    detail: FromClause
    proof: Select[Any]
    shown: Mapping[str, str]
    newest: str  # the column by which the list is sorted, latest first
    note: str = ""  # what a reader of the list must know


@dataclass(frozen=True)
class Total:
    """A count or a sum. `empty` is its value over no row; None means that it is then unknown, for the `reason`."""

    of: Expression
    empty: int | None = 0
    reason: str = ""


@dataclass(frozen=True)
class Ratio:
    """A ratio of sums, never a mean of ratios; unknown for the `reason` when the denominator is nothing."""

    of: Expression
    to: Expression
    reason: str


@dataclass(frozen=True)
class Measure:
    """An aggregate over the rows of a fact that meet `only`, be they of its roll-up, its detail or its proof.

    `fixed` names the standard columns that `only` settles, so that a filter on them does not apply.
    """

    fact: Fact
    value: Total | Ratio
    only: Conditions = lambda _columns: ()
    fixed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Indicator:
    """One figure, declared once.

    `definition` is one sentence that a citizen understands; `method` how it is computed; `why` what it is for;
    `limits` what it does not say. `sources` are names of data.sources; `better` says which way is good.
    """

    slug: str
    label: str
    theme: Literal["label", "aides", "partenaires", "frequentation", "territoires"]
    definition: str
    method: str
    why: str
    limits: str
    unit: Unit
    measure: Measure
    sources: tuple[str, ...]
    better: Literal["higher", "lower", "neutral"]


@dataclass(frozen=True)
class Grouping:
    """One way to break an indicator down: `par=departement` in the API. `column` of the facts; empty for periods."""

    key: str
    label: str
    column: str = ""
    filter: str = ""  # the filter whose codes are the keys
    period: Literal["", "year", "month"] = ""


GROUPINGS: tuple[Grouping, ...] = (
    Grouping("departement", "Département", "dep", "dep"),
    Grouping("epci", "Intercommunalité", "epci", "epci"),
    Grouping("annee", "Année", period="year"),
    Grouping("mois", "Mois", period="month"),
    Grouping("dispositif", "Dispositif", "scheme", "dispositif"),
    Grouping("porteur", "Porteur", "holder_type", "porteur"),
    Grouping("partenaire", "Partenaire", "partner", "partenaire"),
)
