"""The table of a list. Where it has little room, each of its rows is a card (assets/lists.css): the same elements, with
roles that remain when they are no longer displayed as a table.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard import ids
from dashboard.components.list_rows import ListPage
from dashboard.elements import tags
from dashboard.elements.links import safe_href
from dashboard.elements.serializer import rarely_updated
from dashboard.elements.tags import Element
from dashboard.exports.columns import TableColumn, cell_text
from dashboard.lists.state import PAGE_PARAMETER, SORT_PARAMETER
from data.i18n import NARROW

ASCENDING_FIRST_KINDS = ("text",)  # other kinds are first sorted in descending order
LONG_TEXT, SHORT_TEXT = 48, 16  # letters of the longest text of a column, which gives its width


def list_table(list_page: ListPage) -> Element:
    """The table, in a box with its own horizontal scroll. Its style holds the headers, which label the values of cards;
    the headers themselves, which sort, are opened by « Trier ».
    """
    listing = list_page.listing
    table = tags.Table(
        [
            tags.Caption(listing.title, className="visually-hidden"),
            tags.Thead(
                rarely_updated(
                    ids.listing(listing.slug, "head"),
                    tags.Tr(header_cells(list_page), id=ids.listing(listing.slug, "head"), role="row"),
                    list_page.is_state_shown,
                ),
                role="rowgroup",
            ),
            tags.Tbody(body_rows(list_page), id=ids.listing(listing.slug, "body"), role="rowgroup"),
        ],
        className="list-table",
        role="table",
        style={f"--h{at}": json.dumps(one.header, ensure_ascii=False) for at, one in _numbered_columns(list_page)},
    )
    return tags.Div(
        [tags.Details(tags.Summary("Trier les lignes"), className="list-sorts"), table],
        id=ids.listing(listing.slug, "table"),
        className="list-scroll",
        hidden=not list_page.total,
        tabIndex=0,
        role="region",
        aria_label=f"Tableau{NARROW}: {listing.title}",
    )


def _numbered_columns(list_page: ListPage) -> list[tuple[int, TableColumn]]:
    return list(enumerate(list_page.listing.screen_columns, start=1))


def header_cells(list_page: ListPage) -> list[Element]:
    """Headers with a link that sorts by the column, or reverses the sort."""
    return [_header_cell(list_page, column) for column in list_page.listing.screen_columns]


def _header_cell(list_page: ListPage, column: TableColumn) -> Element:
    state = list_page.state
    is_sort_column = state.column == column.name
    is_descending = not state.descending if is_sort_column else column.kind not in ASCENDING_FIRST_KINDS
    arrow = ("▼" if state.descending else "▲") if is_sort_column else "↕"
    link = tags.A(
        [column.header, tags.Span(f"\u00a0{arrow}", className="list-sort-arrow", aria_hidden="true")],
        href=list_page.href(**{SORT_PARAMETER: f"{'-' if is_descending else ''}{column.name}", PAGE_PARAMETER: ""}),
        className="list-link",
    )
    order = "descending" if state.descending else "ascending"
    return tags.Th(
        link,
        scope="col",
        role="columnheader",
        className=_kind_class(column),
        aria_sort=order if is_sort_column else None,
    )


def body_rows(list_page: ListPage) -> list[Element]:
    """The rows; the first cell of each is its header."""
    columns = list_page.listing.screen_columns
    texts = [[cell_text(column, row[column.name]) for column in columns] for row in list_page.rows]
    classes = [_cell_class(list_page, column, [row[at] for row in texts]) for at, column in enumerate(columns)]
    return [_body_row(list_page, row, cells, classes) for row, cells in zip(list_page.rows, texts, strict=True)]


def _body_row(
    list_page: ListPage, row: Mapping[str, Any], texts: Sequence[str], classes: Sequence[str | None]
) -> Element:
    contents = [
        _cell_content(list_page, column, row, text)
        for column, text in zip(list_page.listing.screen_columns, texts, strict=True)
    ]
    more = (
        [tags.Details(tags.Summary("Détails"), key=texts[0], className="list-more")]  # closed when its row changes
        if list_page.listing.folded_columns
        else []
    )
    cells = [
        tags.Td(content, className=css_class, role="cell")
        for content, css_class in zip(contents[1:], classes[1:], strict=True)
    ]
    return tags.Tr(
        [tags.Th([contents[0], *more], scope="row", role="rowheader", className=classes[0]), *cells], role="row"
    )


def _cell_content(list_page: ListPage, column: TableColumn, row: Mapping[str, Any], text: str) -> Element | str:
    """The value, with its link if any; a path without query keeps the filters."""
    if column.name in list_page.listing.folded_links:
        return _folded_links(text, list_page.listing.folded_links[column.name](row))
    cell_link = list_page.listing.links.get(column.name)
    target = safe_href(cell_link(row)) if cell_link else None
    if not target:
        return text
    keeps_filters = target.startswith("/") and "?" not in target
    return tags.A(text, href=(target, "") if keeps_filters else target)


def _folded_links(text: str, links: Sequence[tuple[str, str]]) -> Element | str:
    """The text of the cell, which opens on a link to each thing that it counts."""
    items = [tags.Li(tags.A(name, href=(path, ""))) for name, path in links]
    return tags.Details([tags.Summary(text), tags.Ul(items)], className="folded-links") if links else text


def _cell_class(list_page: ListPage, column: TableColumn, texts: Sequence[str]) -> str | None:
    """The classes of the cells of a column: its kind or the width of its texts, and whether a card folds it."""
    longest = max(map(len, texts), default=0)
    width = "long" if longest > LONG_TEXT else "short" if longest <= SHORT_TEXT else None
    folded = "folded" if column.name in list_page.listing.folded_columns else None
    return " ".join(name for name in (_kind_class(column) or width, folded) if name) or None


def _kind_class(column: TableColumn) -> str | None:
    return {"value": "number", "day": "day", "month": "day", "year": "number"}.get(column.kind)
