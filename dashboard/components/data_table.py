"""An accessible table of a frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.exports.columns import TableColumn, cell_text

TextRows = tuple[tuple[str, ...], ...]


def text_rows(columns: Sequence[TableColumn], frame: pd.DataFrame) -> TextRows:
    """The cells of a table, as text."""
    values = frame[[column.name for column in columns]].itertuples(index=False, name=None)
    return tuple(tuple(cell_text(column, value) for column, value in zip(columns, row, strict=True)) for row in values)


class RowLink(NamedTuple):
    """Where a row leads; `title` names the row for screen readers, from its first cell on."""

    title: str
    href: str | tuple[str, str]


def data_table(
    columns: Sequence[TableColumn], rows: TextRows, caption: str, links: Sequence[RowLink | None] = ()
) -> Element:
    """The table in a box that scrolls sideways on its own; the first cell of each row is its header, with the link of
    the row, if any.
    """
    heads = [tags.Th(column.header, scope="col", className=_align(column)) for column in columns]
    row_links = links or [None] * len(rows)
    table = tags.Table(
        [
            tags.Caption(caption),
            tags.Thead(tags.Tr(heads)),
            tags.Tbody([_row(columns, cells, link) for cells, link in zip(rows, row_links, strict=True)]),
        ],
        className="data-table",
    )
    return tags.Div(table, role="group", tabIndex=0, className="data-table-scroll", aria_label=caption)


def _row(columns: Sequence[TableColumn], cells: tuple[str, ...], link: RowLink | None) -> Element:
    first, *other_cells = zip(columns, cells, strict=True)
    return tags.Tr(
        [
            tags.Th(_linked(first[1], link), scope="row", className=_align(first[0])),
            *(tags.Td(text, className=_align(column)) for column, text in other_cells),
        ]
    )


def _linked(text: str, link: RowLink | None) -> Element | str:
    if link is None:
        return text
    return tags.A(text, href=link.href, className="mark-link", aria_label=link.title)


def _align(column: TableColumn) -> str:
    return "number" if column.kind == "value" else ""
