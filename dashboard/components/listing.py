"""A list of rows: search, sort, pages and exports; the address is its state, and the database does the work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.aria import aria
from dashboard.components.chart_card import EMPTY_HELP
from dashboard.components.drawn import Live
from dashboard.components.links import safe_href
from dashboard.components.list_rows import Shown, export_href, export_name, read_listing
from dashboard.components.page import Asked, Part, address
from dashboard.components.source_line import line_of
from dashboard.exports.columns import TableColumn, cell_text
from dashboard.lists import Listing
from dashboard.lists.state import PAGE, SORT, TEXT
from data.i18n import NARROW, count, number

UPWARDS = ("text",)  # kinds first sorted from the smallest: the others say more from the largest or the latest


def list_part(listing: Listing) -> Part:
    """A list that is the same whatever the path."""
    return list_part_of(lambda _asked: listing)


def list_part_of(find: Callable[[Asked], Listing]) -> Part:
    """A list that the path chooses."""
    return Part(lambda asked: list_section(read_listing(find(asked), asked)))


def list_section(shown: Shown) -> Component:
    """The list, drawn."""
    listing = shown.listing
    title = ids.listing(listing.slug, "title")
    return html.Section(
        [
            html.H2(listing.title, id=title),
            html.Div(
                [*search(shown), exports(shown)],
                className="list-bar",
                hidden=not shown.total and not shown.state.text,  # nothing to look for, nothing to export
            ),
            html.Div(status(shown), id=ids.listing(listing.slug, "count"), role="status", className="list-count"),
            table(shown),
            html.P(empty(shown), id=ids.listing(listing.slug, "empty"), className="list-empty"),
            html.Nav(
                html.Ul(pager(shown), id=ids.listing(listing.slug, "pager")),
                className="pager",
                **aria(label=f"Pages{NARROW}: {listing.title}"),
            ),
            *([html.P(listing.note, className="list-note")] if listing.note else []),
            html.P(source(shown), id=ids.listing(listing.slug, "source"), className="card-source"),
        ],
        className="panel list",
        **aria(labelledby=title),
    )


def search(shown: Shown) -> list[Component]:
    """A field and a button: the browser goes to the address of what is looked for (assets/lists.js)."""
    listing = shown.listing
    if not listing.search:
        return []
    named = {column.name: column.header.lower() for column in listing.columns}
    field = ids.listing(listing.slug, "text")
    return [
        html.Form(
            [
                html.Label(
                    f"Rechercher ({', '.join(named.get(name, name) for name in listing.search)})", htmlFor=field
                ),
                html.Div(
                    [
                        Live(field, lambda: _field(shown), lambda: {"value": shown.state.text}),
                        html.Button("Rechercher", type="submit", className="button"),
                        html.A(
                            "Effacer la recherche",
                            href=shown.href(q="", page=""),
                            hidden=not shown.state.text,
                            className="list-link",
                        ),
                    ],
                    className="list-field",
                ),
            ],
            className="list-search",
            role="search",
            **aria(label=listing.title),
            **{"data-list": listing.slug},  # type: ignore[arg-type]  # Python cannot name it as an argument
        )
    ]


def _field(shown: Shown) -> Component:
    slug = shown.listing.slug
    field: Component = dbc.Input(
        id=ids.listing(slug, "text"),
        type="search",
        name=f"{TEXT}-{slug}",
        value=shown.state.text,
        maxLength=100,
        autoComplete="off",
    )
    return field


def exports(shown: Shown) -> Component:
    """The whole list as files: every row found, in the order shown."""
    listing = shown.listing
    about = html.Span(f"{NARROW}: {listing.title}", className="visually-hidden")
    return html.Div(
        [
            html.A(
                [f"Exporter en {kind.upper()}", about],
                id=ids.listing(listing.slug, kind),
                href=export_href(shown, kind),
                download=export_name(shown, kind),
                className="button",
            )
            for kind in ("csv", "xlsx")
        ],
        className="list-exports",
    )


def status(shown: Shown) -> list[Component]:
    """How many rows, which page, and what was ignored in the address."""
    return [
        html.P(count_words(shown)),
        *(html.P(words, className="notice") for words in shown.state.ignored),
    ]


def count_words(shown: Shown) -> str:
    """« 128 dossiers, page 1 sur 3 »; « 2 dossiers pour « lisieux » »."""
    rows = count(shown.total, *shown.listing.noun) if shown.total else f"0 {shown.listing.noun[0]}"
    text = f" pour «{NARROW}{shown.state.text}{NARROW}»" if shown.state.text else ""
    which = f", page {number(shown.state.page)} sur {number(shown.last)}" if shown.last > 1 else ""
    return f"{rows}{text}{which}"


def empty(shown: Shown) -> str:
    """Why there is nothing, and what to do."""
    if shown.total:
        return ""
    if shown.state.text:
        return "Aucune ligne ne contient ces mots. Essayez un autre mot, ou effacez la recherche."
    return f"{shown.listing.nothing(shown.asked.selection, shown.asked.known)}. {EMPTY_HELP}"


def source(shown: Shown) -> str:
    """Where the rows come from, up to when, under which filters."""
    asked = shown.asked
    return line_of(asked.provenance, shown.listing.sources, asked.selection, asked.known)


def table(shown: Shown) -> Component:
    """The table in a box that scrolls sideways on its own."""
    listing = shown.listing
    return html.Div(
        html.Table(
            [
                html.Caption(listing.title, className="visually-hidden"),
                html.Thead(html.Tr(head(shown), id=ids.listing(listing.slug, "head"))),
                html.Tbody(body(shown), id=ids.listing(listing.slug, "body")),
            ],
            className="list-table",
        ),
        id=ids.listing(listing.slug, "table"),
        className="list-box",
        hidden=not shown.total,
        tabIndex=0,
        role="region",
        **aria(label=f"Tableau{NARROW}: {listing.title}"),
    )


def head(shown: Shown) -> list[Component]:
    """A link in each header: sorts by its column, or the other way round."""
    return [_header(shown, column) for column in shown.listing.columns]


def _header(shown: Shown, column: TableColumn) -> Component:
    state = shown.state
    sorted_by = state.column == column.name
    down = not state.descending if sorted_by else column.kind not in UPWARDS
    arrow = ("▼" if state.descending else "▲") if sorted_by else "↕"
    link = html.A(
        [column.header, html.Span(f"\u00a0{arrow}", className="list-arrow", **aria(hidden="true"))],
        href=shown.href(**{SORT: f"{'-' if down else ''}{column.name}", PAGE: ""}),
        className="list-link",
    )
    order = {"sort": "descending" if state.descending else "ascending"} if sorted_by else {}
    return html.Th(link, scope="col", className=_kind(column), **aria(**order))


def body(shown: Shown) -> list[Component]:
    """The rows: the first cell of each is its header, and leads to its sheet when it has one."""
    return [_row(shown, row) for row in shown.rows]


def _row(shown: Shown, row: Mapping[str, Any]) -> Component:
    first, *others = shown.listing.columns
    text: Component | str = cell_text(first, row[first.name])
    target = safe_href(shown.listing.link(row)) if shown.listing.link else None
    if target:
        text = html.A(text, href=address(target, shown.filters) if target.startswith("/") else target)
    cells = [html.Td(cell_text(column, row[column.name]), **_class(column)) for column in others]
    return html.Tr([html.Th(text, scope="row"), *cells])


def _class(column: TableColumn) -> dict[str, Any]:
    return {"className": kind} if (kind := _kind(column)) else {}


def _kind(column: TableColumn) -> str:
    return {"value": "number", "day": "day", "month": "day", "year": "number"}.get(column.kind, "")


def pager(shown: Shown) -> list[Component]:
    """Links to the first, previous, next and last pages: real addresses."""
    here, last = shown.state.page, shown.last
    steps = (("Première page", 1), ("Page précédente", here - 1), ("Page suivante", here + 1), ("Dernière page", last))
    return [
        html.Li(html.A(label, href=shown.href(page=str(page)), className="list-link"))
        for label, page in steps
        if 1 <= page <= last and page != here
    ]
