"""An accessible table of a frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.exports.columns import TableColumn, cell_text
from data.i18n import NARROW

LINK_HEADER = "Aller plus loin"
TextRows = tuple[tuple[str, ...], ...]


def text_rows(columns: Sequence[TableColumn], frame: pd.DataFrame) -> TextRows:
    """The cells of a table, as text."""
    values = frame[[column.name for column in columns]].itertuples(index=False, name=None)
    return tuple(tuple(cell_text(column, value) for column, value in zip(columns, row, strict=True)) for row in values)


class RowLink(NamedTuple):
    """Where a row leads; `title` names the row for screen readers."""

    title: str
    href: str | tuple[str, str]


def data_table(
    columns: Sequence[TableColumn], rows: TextRows, caption: str, links: Sequence[RowLink | None] = ()
) -> Element:
    """The table in a box that scrolls sideways on its own; the first cell of each row is its header. `links` are those
    of the rows, in a last column.
    """
    heads = [tags.Th(column.header, scope="col", className=_align(column)) for column in columns]
    link_cells = [_link_cells(link) for link in links] if links else [[]] * len(rows)
    if links:
        heads.append(tags.Th(LINK_HEADER, scope="col"))
    table = tags.Table(
        [
            tags.Caption(caption),
            tags.Thead(tags.Tr(heads)),
            tags.Tbody([_row(columns, cells, last) for cells, last in zip(rows, link_cells, strict=True)]),
        ],
        className="data-table",
    )
    return tags.Div(table, role="group", tabIndex=0, className="data-table-scroll", aria_label=caption)


def _row(columns: Sequence[TableColumn], cells: tuple[str, ...], last_cells: list[Element]) -> Element:
    first, *other_cells = zip(columns, cells, strict=True)
    return tags.Tr(
        [
            tags.Th(first[1], scope="row", className=_align(first[0])),
            *(tags.Td(text, className=_align(column)) for column, text in other_cells),
            *last_cells,
        ]
    )


def _link_cells(link: RowLink | None) -> list[Element]:
    if link is None:
        return [tags.Td()]
    hidden_text = tags.Span(f"{NARROW}: {link.title}", className="visually-hidden")
    return [tags.Td(tags.A(["Ouvrir", hidden_text], href=link.href, className="mark-link"))]


def _align(column: TableColumn) -> str:
    return "number" if column.kind == "value" else ""
