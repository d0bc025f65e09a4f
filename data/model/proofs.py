"""What a proof is: the rows of a figure, how people read them, and the arithmetic that makes the figure of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select

from data.model.facts import Measure
from data.selection import Selection

ProofRows = Callable[[Connection, Selection], Select[Any]]
Arithmetic = Callable[[Connection, Selection], str]


def same_selection(selection: Selection) -> Selection:
    """The `period` of a proof that reads the period of the selection itself."""
    return selection


@dataclass(frozen=True, eq=False)
class Proof:
    """The rows behind a figure: read by a person with a spreadsheet, they give it back.

    `rows` is a select with the columns `shown` (column -> French header), those of `key`, and `file`, `sheet`, `line`
    (empty for the reference data of Insee). `arithmetic` is the right-hand side of « figure = … », in French without
    full stop; it is not asked when the figure is unknown. `newest` is the column of the first order, latest or largest
    first; `note` what a reader of the list must know; `place` the column that holds the code of the row's tiers-lieu.
    `period` turns the selection into the one whose rows count (the whole past for a balance).
    `measured`, for long lists: the measure whose sums say how many rows there are on which days. `rows` then gives
    those of every day, and the reader narrows them to the days of the selection, or of a page. `bulk` gives the same
    rows for an order that no index has, when that costs less. `costly`: columns that nobody sorts by cost much, so that
    a page works them out for its own rows only.
    """

    rows: ProofRows
    shown: Mapping[str, str]
    newest: str
    key: tuple[str, ...]
    arithmetic: Arithmetic
    note: str = ""
    place: str | None = None
    period: Callable[[Selection], Selection] = same_selection
    measured: Measure | None = None
    bulk: ProofRows | None = None
    costly: bool = False
