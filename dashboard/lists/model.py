"""What a list is: rows that people sort, search and export, declared once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Select

from dashboard.exports.columns import TableColumn
from dashboard.lists.links import CellLink
from data.model.facts import Measure
from data.queries.listing import OtherNameCondition
from data.selection import FilterOptions, Selection


@dataclass(frozen=True)
class Listing:
    """One list, declared once: its table, sorting, search, pages and exports come from it.

    `rows` gives the select whose columns are named as `columns` are (others serve `links` and `search` only); the list
    adds search, order and pages to it in SQL. `order` is the column by which it is sorted at first, `-` before it for
    descending; `key` the columns that tell one row from any other. `search` are the columns in which a text is looked
    for (none: no search field). `links` gives, by column, the address behind its cell, from the row. `sources` are
    names of data.sources; it shows nothing without them, but for those that supplement another and the `optional`
    ones (a column may need one of these). `noun` is what a row is, one and several; `note` what its reader must know.
    `filters` are the keys of those that narrow its rows or a column of them. `slug` names its
    parameters in addresses; `export` its files, where that is another name; `path` is that of its page.
    `paging` says what must be worked out to show a page: `rows` all the rows, `keys` the key and order of all of them,
    `index` next to nothing beyond the page, since an index gives the order.
    `measure` is given when each row is one fact of it and `order` is the day of the fact: its sums then tell how many
    rows there are on each day, so that a page reads its own days only. `period` gives the selection that they sum.
    `bulk_rows` gives the same rows for another order than the first, when that costs less: no index has that order.
    `calculation` says how the rows make a figure, in files too. `tie_breaker` is the column that orders rows which tie;
    `other_names` finds rows by names that they do not show (data.queries.listing). `has_rows` says whether it would
    have any for another selection, where `rows` is of one selection only.
    """

    slug: str
    path: str
    title: str
    rows: Callable[[Selection, FilterOptions], Select[Any]]
    columns: tuple[TableColumn, ...]
    order: str
    key: tuple[str, ...]
    empty_message: Callable[[Selection, FilterOptions], str]
    sources: tuple[str, ...]
    filters: tuple[str, ...]
    search: tuple[str, ...] = ()
    links: Mapping[str, CellLink] = field(default_factory=dict)
    note: str = ""
    noun: tuple[str, str] = ("ligne", "lignes")
    export: str = ""
    per_page: int = 20
    paging: Literal["rows", "keys", "index"] = "index"
    measure: Measure | None = None
    period: Callable[[Selection], Selection] = lambda selection: selection
    bulk_rows: Callable[[Selection, FilterOptions], Select[Any]] | None = None
    calculation: str = ""
    tie_breaker: str = ""
    other_names: OtherNameCondition | None = None
    optional: tuple[str, ...] = ()
    has_rows: Callable[[Selection], bool] | None = None

    @property
    def screen_columns(self) -> tuple[TableColumn, ...]:
        """The columns of the page; files have the others too."""
        return tuple(column for column in self.columns if column.on_screen)

    @property
    def necessary(self) -> tuple[str, ...]:
        """The sources without which it shows nothing."""
        return tuple(name for name in self.sources if name not in self.optional)

    @property
    def file(self) -> str:
        """The name of its files: `/exports/<file>.csv`."""
        return self.export or f"liste-{self.slug}"
