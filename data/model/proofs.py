"""The declaration of a proof: the rows of a figure, their French headers, and the arithmetic of the figure."""

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
    """The rows behind a figure: a person with a spreadsheet recomputes the figure from them.

    `rows` selects the columns of `headers` (column -> French header) and of `key`, and `file`, `sheet`, `line` (null
    for the reference data of Insee). `arithmetic` is the right-hand side of « figure = … », in French, without full
    stop; it is computed only when the figure is known. `default_sort` is the column of the first order, latest or
    largest first; `note` a French text above the list; `place_column` the column with the code of the row's tiers-lieu.
    `period` turns the selection into the one whose rows count (the whole past, for a balance).

    For long lists: `line_measure` is the measure whose sums give the number of rows by day; `rows` then selects every
    day, and `data.queries.proof.proof_rows` adds the days of the selection or of one page. `bulk_rows` selects the same
    rows where no index has their order. `has_costly_columns` says that columns outside the sort are costly: a page
    computes them for its own rows only.
    """

    rows: ProofRows
    headers: Mapping[str, str]
    default_sort: str
    key: tuple[str, ...]
    arithmetic: Arithmetic
    note: str = ""
    place_column: str | None = None
    period: Callable[[Selection], Selection] = same_selection
    line_measure: Measure | None = None
    bulk_rows: ProofRows | None = None
    has_costly_columns: bool = False
