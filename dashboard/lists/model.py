"""A list: rows that people sort, search and export, declared once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Select

from dashboard.exports.columns import TableColumn
from dashboard.lists.links import CellLink, CellLinks
from data.model.facts import Measure
from data.queries.listing import OtherNameCondition
from data.selection import FilterOptions, Selection

PAGE_SIZES = (10, 25, 100)  # rows of a page, to choose from
MIN_FOLDED_COLUMNS = 3  # of a card: fewer are shown


@dataclass(frozen=True)
class Listing:
    """One list, declared once: its table, sorting, search, pages and exports come from it.

    `rows` gives the select; its columns are named as in `columns` (additional ones serve `links` and `search`), and the
    list adds search, order and pages to it in SQL. `order` is the column of the first sort, with `-` before it for
    descending; `key` are the columns that identify a row; `tie_breaker` orders rows with equal sort values. `search`
    are the columns searched (none: no search field); `other_names` finds rows by names that they do not show
    (data.queries.listing). `links` gives, by column, the link of its cell from the row; `folded_links` the
    links of a cell that names several things, folded under their number. `sources` are names of
    data.sources; the list is empty without them, except those that supplement another and the `optional` ones (which a
    column may need). `noun` is the name of a row, singular and plural; `note` is a text under the list. `filters` are
    the keys of the filters that apply to its rows or columns. `slug` names its parameters in addresses; `export` its
    files, when they have another name; `path` is that of its page.

    `per_page` is one of PAGE_SIZES, until the reader chooses another. On a narrow screen each row is a card: the first
    column is its title, `card_head` are the columns below it (by default the second one and that of the first sort),
    and the others are folded.

    `other_files` are further files of what the list is about, with rows of their own: the text of the link, the path.

    `paging` is the way to read one page: `rows` computes all the rows, `keys` the key and order of all rows, `index`
    almost only the page, since an index gives the order. `measure` is given when each row is one fact of it and `order`
    is the day of the fact: its sums then tell how many rows there are on each day, so that a page reads its own days
    only; `period` gives the selection that they sum. `bulk_rows` gives the same rows, faster, for an order that no
    index has. `calculation` is the text of the arithmetic from rows to figure, also in files. `has_rows` tells whether
    the list would have rows for another selection, when `rows` is bound to one selection.
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
    folded_links: Mapping[str, CellLinks] = field(default_factory=dict)
    note: str = ""
    noun: tuple[str, str] = ("ligne", "lignes")
    export: str = ""
    other_files: tuple[tuple[str, str], ...] = ()
    per_page: int = 25
    card_head: tuple[str, ...] = ()
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
        """The columns shown on screen; files have all columns."""
        return tuple(column for column in self.columns if column.on_screen)

    @property
    def folded_columns(self) -> frozenset[str]:
        """The names of the columns that a card folds: all but its head, when they are many enough."""
        first, second, *others = (column.name for column in self.screen_columns)
        head = self.card_head or (second, self.order.removeprefix("-"))
        folded = {second, *others} - {first, *head}
        return frozenset(folded if len(folded) >= MIN_FOLDED_COLUMNS else ())

    @property
    def necessary_sources(self) -> tuple[str, ...]:
        """The sources without which the list is empty."""
        return tuple(name for name in self.sources if name not in self.optional)

    @property
    def file(self) -> str:
        """The name of its files: `/exports/<file>.csv`."""
        return self.export or f"liste-{self.slug}"
