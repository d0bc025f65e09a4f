"""A list of rows: search, sort, pages and exports; the address is its state, and the database does the work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from dashboard import ids
from dashboard.charts.words import NOWHERE_HELP, filters_words, narrowed_where, nowhere_words, sentence_of
from dashboard.components.chart_card import LOAD_HELP, NO_REMEDY
from dashboard.components.list_rows import ListPage, export_href, read_listing
from dashboard.components.page import Part
from dashboard.components.source_line import list_source_line
from dashboard.elements import tags
from dashboard.elements.links import safe_href
from dashboard.elements.serializer import rarely_updated
from dashboard.elements.tags import Element
from dashboard.exports.columns import TableColumn, cell_text
from dashboard.exports.formats import offered_formats
from dashboard.lists import Listing
from dashboard.lists.state import PAGE, SORT, TEXT
from dashboard.requests.page_request import PageRequest
from data.i18n import NARROW, count, number
from data.queries.causes import find_blocking_filter
from data.queries.listing import has_rows
from data.selection import Selection

UPWARDS = ("text",)  # kinds first sorted from the smallest: the others say more from the largest or the latest


def list_part(listing: Listing) -> Part:
    """A list that is the same whatever the path."""
    return list_part_of(lambda _asked: listing)


def list_part_of(find: Callable[[PageRequest], Listing]) -> Part:
    """A list that the path chooses."""
    return Part(lambda page_request: list_section(read_listing(find(page_request), page_request)))


def list_section(shown: ListPage) -> Element:
    listing = shown.listing
    title = ids.listing(listing.slug, "title")
    return tags.Section(
        [
            tags.H2(title_with_territory(shown.page_request, listing), id=title, tabIndex=-1),  # links lead to it
            tags.Div(
                rarely_updated(ids.listing(listing.slug, "bar"), [*search(shown), exports(shown)], unchanged(shown)),
                className="list-bar",
                hidden=not shown.total and not shown.state.text,  # nothing to look for, nothing to export
            ),
            tags.Div(status(shown), id=ids.listing(listing.slug, "count"), role="status", className="list-count"),
            table(shown),
            tags.P(empty(shown), id=ids.listing(listing.slug, "empty"), className="list-empty"),
            tags.Nav(
                tags.Ul(pager(shown), id=ids.listing(listing.slug, "pager")),
                className="pager",
                aria_label=f"Pages{NARROW}: {listing.title}",
            ),
            *([tags.P(listing.note, className="list-note")] if listing.note else []),
            tags.P(source(shown), id=ids.listing(listing.slug, "source"), className="card-source"),
        ],
        className="panel list",
        aria_labelledby=title,
    )


def title_with_territory(page_request: PageRequest, listing: Listing) -> str:
    """The title with its territory; lists about loads, of no source, are of the whole Région."""
    where = narrowed_where(page_request.selection, page_request.options) if listing.sources else ""
    return f"{listing.title} {where}".rstrip()


def unchanged(shown: ListPage) -> bool:
    """Whether the reader sees the lists of this page sorted, searched and turned as they are now."""
    return shown.page_request.shown_lists == shown.page_request.lists


def search(shown: ListPage) -> list[Element]:
    """A field and a button: the browser goes to the address of what is looked for (assets/lists.js)."""
    listing = shown.listing
    if not listing.search:
        return []
    named = {column.name: column.header.lower() for column in listing.columns}
    field = ids.listing(listing.slug, "text")
    label = f"Rechercher ({', '.join(named.get(name, name) for name in listing.search)})"
    return [
        tags.Form(
            [
                tags.Label(label, htmlFor=field),
                tags.Div([_field(shown), *_found(shown)], className="list-field"),
            ],
            className="list-search",
            role="search",
            aria_label=listing.title,
            data_list=listing.slug,
        )
    ]


def _field(shown: ListPage) -> Element:
    slug, text = shown.listing.slug, shown.state.text
    return tags.Input(
        id=ids.listing(slug, "text"),
        key=text,  # another search is another field: what is being typed stays under a change of filters
        defaultValue=text,
        type="search",
        name=f"{TEXT}-{slug}",
        maxLength=100,
        autoComplete="off",
        className="form-control",
    )


def _found(shown: ListPage) -> list[Element]:
    other = tags.A(
        "Effacer la recherche",
        href=shown.href(q="", page=""),
        hidden=not shown.state.text,
        className="list-link",
    )
    return [tags.Button("Rechercher", type="submit", className="button"), other]


def exports(shown: ListPage) -> Element:
    """The whole list as files: every row found, in the order shown. The server says that they are to be saved: without
    `download`, which would hide a refusal, its page is read.
    """
    listing = shown.listing
    about = tags.Span(f"{NARROW}: {listing.title}", className="visually-hidden")
    return tags.Div(
        [
            tags.A(
                [f"Exporter en {one.name}", about],
                id=ids.listing(listing.slug, one.extension),
                href=export_href(shown, one.extension),
                className="button",
            )
            for one in offered_formats("list")
        ],
        className="list-exports",
    )


def status(shown: ListPage) -> list[Element]:
    """How many rows, which page, and what was ignored in the address."""
    return [
        tags.P(list_summary(shown)),
        *(tags.P(words, className="notice") for words in shown.state.ignored),
    ]


def list_summary(shown: ListPage) -> str:
    """« 128 dossiers, page 1 sur 3 »; « 2 dossiers pour « lisieux » »."""
    rows = count(shown.total, *shown.listing.noun) if shown.total else f"0 {shown.listing.noun[0]}"
    text = f" pour «{NARROW}{shown.state.text}{NARROW}»" if shown.state.text else ""
    which = f", page {number(shown.state.page)} sur {number(shown.last)}" if shown.last > 1 else ""
    return f"{rows}{text}{which}"


def empty(shown: ListPage) -> str:
    """Why there is nothing, and what to do."""
    if shown.total:
        return ""
    if shown.missing:
        return f"{sentence_of(shown.missing)}. {LOAD_HELP}"
    if shown.state.text:
        return "Aucune ligne ne contient ces mots. Essayez un autre mot, ou effacez la recherche."
    listing, page_request = shown.listing, shown.page_request
    nowhere = nowhere_words(page_request.selection, page_request.options)
    if nowhere:
        return f"{nowhere}. {NOWHERE_HELP}"
    cause = find_blocking_filter(
        listing.has_rows or partial(_has_rows, shown), page_request.selection, page_request.options
    )
    return (
        f"{listing.empty_message(page_request.selection, page_request.options)}. {cause.remedy if cause else NO_REMEDY}"
    )


def _has_rows(shown: ListPage, wider: Selection) -> bool:
    return has_rows(shown.page_request.connection, shown.listing.rows(wider, shown.page_request.options))


def source(shown: ListPage) -> str:
    """Where the rows come from, up to when, under which filters."""
    page_request = shown.page_request
    words = filters_words(page_request.selection, page_request.options, shown.listing.filters)
    return list_source_line(page_request.provenance, shown.listing.sources, words)


def table(shown: ListPage) -> Element:
    """The table in a box that scrolls sideways on its own."""
    listing = shown.listing
    return tags.Div(
        tags.Table(
            [
                tags.Caption(listing.title, className="visually-hidden"),
                tags.Thead(
                    rarely_updated(
                        ids.listing(listing.slug, "head"),
                        tags.Tr(head(shown), id=ids.listing(listing.slug, "head")),
                        unchanged(shown),
                    )
                ),
                tags.Tbody(body(shown), id=ids.listing(listing.slug, "body")),
            ],
            className="list-table",
        ),
        id=ids.listing(listing.slug, "table"),
        className="list-box",
        hidden=not shown.total,
        tabIndex=0,
        role="region",
        aria_label=f"Tableau{NARROW}: {listing.title}",
    )


def head(shown: ListPage) -> list[Element]:
    """A link in each header: sorts by its column, or the other way round."""
    return [_header(shown, column) for column in shown.listing.screen_columns]


def _header(shown: ListPage, column: TableColumn) -> Element:
    state = shown.state
    sorted_by = state.column == column.name
    down = not state.descending if sorted_by else column.kind not in UPWARDS
    arrow = ("▼" if state.descending else "▲") if sorted_by else "↕"
    link = tags.A(
        [column.header, tags.Span(f"\u00a0{arrow}", className="list-arrow", aria_hidden="true")],
        href=shown.href(**{SORT: f"{'-' if down else ''}{column.name}", PAGE: ""}),
        className="list-link",
    )
    order = "descending" if state.descending else "ascending"
    return tags.Th(link, scope="col", className=_kind(column), aria_sort=order if sorted_by else None)


def body(shown: ListPage) -> list[Element]:
    """The rows: the first cell of each is its header."""
    return [_row(shown, row) for row in shown.rows]


def _row(shown: ListPage, row: Mapping[str, Any]) -> Element:
    first, *others = shown.listing.screen_columns
    cells = [tags.Td(_cell(shown, column, row), className=_kind(column)) for column in others]
    return tags.Tr([tags.Th(_cell(shown, first, row), scope="row"), *cells])


def _cell(shown: ListPage, column: TableColumn, row: Mapping[str, Any]) -> Element | str:
    """The value, and the address behind it; a path without a query of its own keeps the filters."""
    text = cell_text(column, row[column.name])
    find = shown.listing.links.get(column.name)
    target = safe_href(find(row)) if find else None
    if not target:
        return text
    keeps_filters = target.startswith("/") and "?" not in target
    return tags.A(text, href=(target, "") if keeps_filters else target)


def _kind(column: TableColumn) -> str | None:
    return {"value": "number", "day": "day", "month": "day", "year": "number"}.get(column.kind)


def pager(shown: ListPage) -> list[Element]:
    """Links to the first, previous, next and last pages: real addresses."""
    here, last = shown.state.page, shown.last
    steps = (("Première page", 1), ("Page précédente", here - 1), ("Page suivante", here + 1), ("Dernière page", last))
    return [
        tags.Li(tags.A(label, href=shown.href(page=str(page)), className="list-link"))
        for label, page in steps
        if 1 <= page <= last and page != here
    ]
