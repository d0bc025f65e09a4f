"""A list as elements: search, sort, pages and exports. Its state is in the address, and the database does the work."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from dashboard import ids
from dashboard.charts.phrases import (
    NO_COMMUNE_HELP,
    add_choices,
    capitalised,
    chosen_territory_text,
    message_without_commune,
    unused_filters_text,
)
from dashboard.components.chart_card import LOAD_HELP, NO_REMEDY
from dashboard.components.list_rows import MAX_WHOLE_ROWS, ListPage, export_href, read_list_page
from dashboard.components.list_search import search_form
from dashboard.components.list_table import list_table
from dashboard.components.page import Part
from dashboard.components.pager import pager_items, size_items
from dashboard.components.report_button import report_button
from dashboard.components.source_foot import source_foot
from dashboard.components.source_line import SourceLine, list_source_line
from dashboard.elements import tags
from dashboard.elements.serializer import rarely_updated
from dashboard.elements.tags import Element
from dashboard.exports.formats import offered_formats
from dashboard.lists import Listing, list_named
from dashboard.requests.page_request import PageRequest
from data.i18n import NARROW, count, number
from data.queries.causes import find_blocking_filter
from data.queries.listing import has_rows
from data.selection import Selection


def listing_part(listing: Listing) -> Part:
    """A list that does not depend on the path."""
    return requested_listing_part(lambda _page_request: listing)


def requested_listing_part(read_listing: Callable[[PageRequest], Listing]) -> Part:
    """A list that depends on the path."""
    return Part(lambda page_request: list_section(read_list_page(read_listing(page_request), page_request)))


def list_section(list_page: ListPage) -> Element:
    listing = list_page.listing
    title = ids.listing(listing.slug, "title")
    return tags.Section(
        [
            tags.H2(title_with_territory(list_page.page_request, listing), id=title, tabIndex=-1),  # target of links
            tags.Div(
                rarely_updated(
                    ids.listing(listing.slug, "bar"),
                    [*search_form(list_page), export_links(list_page)],
                    list_page.is_state_shown,
                ),
                className="list-toolbar",
                hidden=not list_page.total and not list_page.state.text,  # nothing to search or export
            ),
            tags.Div(
                status_paragraphs(list_page),
                id=ids.listing(listing.slug, "count"),
                role="status",
                className="list-count",
            ),
            list_table(list_page),
            tags.P(empty_list_text(list_page), id=ids.listing(listing.slug, "empty"), className="list-empty"),
            tags.Nav(
                [
                    tags.Ul(pager_items(list_page), id=ids.listing(listing.slug, "pager")),
                    tags.Ul(size_items(list_page), id=ids.listing(listing.slug, "sizes"), className="list-sizes"),
                ],
                className="pager",
                aria_label=f"Pages{NARROW}: {listing.title}",
            ),
            *([tags.P(listing.note, className="list-note")] if listing.note else []),
            *([list_foot(list_page)] if listing.sources else []),
        ],
        className="panel list",
        aria_labelledby=title,
        data_query=list_page.page_request.selection.to_query(),
    )


def list_foot(list_page: ListPage) -> Element:
    """The sources of the rows; the lists of what was loaded have none."""
    foot_id = ids.listing(list_page.listing.slug, "source")
    return tags.Div(source_foot(list_sources(list_page)), id=foot_id, className="card-source")


def title_with_territory(page_request: PageRequest, listing: Listing) -> str:
    """The title with the chosen territory; those that none narrows (loads, roadmap) cover the Région."""
    where = chosen_territory_text(page_request.selection.keeping_filters(listing.filters), page_request.options)
    return f"{listing.title} {where}".rstrip()


def export_links(list_page: ListPage) -> Element:
    """Links to the files of the whole list, in the order shown. Without the attribute `download`, the page of a refusal
    stays visible.
    """
    listing = list_page.listing
    hidden_text = tags.Span(f"{NARROW}: {listing.title}", className="visually-hidden")
    return tags.Div(
        [
            tags.A(
                [f"Exporter en {format_.name}", hidden_text],
                id=ids.listing(listing.slug, format_.extension),
                href=export_href(list_page, format_.extension),
                className="button",
            )
            for format_ in offered_formats("list")
        ]
        + [tags.A(label, href=(path, ""), className="button") for label, path in listing.other_files]
        + ([report_button("liste", listing.slug, listing.title)] if list_named(listing.slug) is listing else []),
        className="list-exports",
    )


def status_paragraphs(list_page: ListPage) -> list[Element]:
    """The number of rows, the page, and the notices of invalid parameters; on paper, which part of the list it is."""
    return [
        tags.P(list_summary(list_page)),
        *(tags.P(text, className="print-only") for text in [printed_part_text(list_page)] if text),
        *(tags.P(notice, className="notice") for notice in list_page.state.notices),
    ]


def list_summary(list_page: ListPage) -> str:
    """« 128 dossiers, page 1 sur 3 »; « 2 dossiers pour « lisieux » »."""
    rows = count(list_page.total, *list_page.listing.noun) if list_page.total else f"0 {list_page.listing.noun[0]}"
    text = f" pour «{NARROW}{list_page.state.text}{NARROW}»" if list_page.state.text else ""
    if list_page.state.is_whole:
        first_rows = f", les {number(MAX_WHOLE_ROWS)} premières lignes" if list_page.last_page > 1 else ""
        return f"{rows}{text}{first_rows}"
    page_text = (
        f", page {number(list_page.state.page)} sur {number(list_page.last_page)}" if list_page.last_page > 1 else ""
    )
    return f"{rows}{text}{page_text}"


def printed_part_text(list_page: ListPage) -> str:
    """Which part of the list a sheet of paper has, and where the whole list is; empty when it has all rows."""
    rows, total = len(list_page.rows), list_page.total
    if rows == total:
        return ""
    link, files = f"«{NARROW}Toutes les lignes{NARROW}»", "les fichiers à exporter"
    whole = f"s’imprime depuis {link}" if total <= MAX_WHOLE_ROWS else f"est dans {files}"
    return f"Imprimé ici{NARROW}: {count(rows, *list_page.listing.noun)} sur {number(total)}. La liste entière {whole}."


def empty_list_text(list_page: ListPage) -> str:
    """The reason of an empty list, and a remedy."""
    if list_page.total:
        return ""
    if list_page.missing:
        return f"{capitalised(list_page.missing)}. {LOAD_HELP}"
    if list_page.state.text:
        return "Aucune ligne ne contient ces mots. Essayez un autre mot, ou effacez la recherche."
    listing, page_request = list_page.listing, list_page.page_request
    no_commune = message_without_commune(page_request.selection, page_request.options)
    if no_commune:
        return f"{no_commune}. {NO_COMMUNE_HELP}"
    cause = find_blocking_filter(
        listing.has_rows or partial(_has_rows, list_page), page_request.selection, page_request.options
    )
    return f"{empty_list_message(listing, page_request)}. {cause.remedy if cause else NO_REMEDY}"


def empty_list_message(listing: Listing, page_request: PageRequest) -> str:
    """What is not found, with the chosen filters that apply to the list."""
    selection, options = page_request.selection, page_request.options
    return add_choices(listing.empty_message(selection, options), selection, options, listing.filters)


def _has_rows(list_page: ListPage, wider: Selection) -> bool:
    return has_rows(list_page.page_request.connection, list_page.listing.rows(wider, list_page.page_request.options))


def list_sources(list_page: ListPage) -> SourceLine:
    """The sources of the rows, their last dates, and the filters."""
    selection, options = list_page.page_request.selection, list_page.page_request.options
    listing = list_page.listing
    caption = selection.keeping_filters(listing.filters).caption(options)
    unused = unused_filters_text(selection, listing.filters)
    return list_source_line(list_page.page_request.provenance, listing.sources, caption, unused=unused)
