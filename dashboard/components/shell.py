"""The shell around every page: header, menu, filters, notices, footer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.filter_bar import departements_by_epci, filter_bar
from dashboard.components.help_links import help_links
from dashboard.components.message import click_message
from dashboard.components.page import BRAND, Page, Site, filtered_href, find_page, page_title
from dashboard.components.report_button import report_link
from dashboard.components.search_form import header_search
from dashboard.components.share_button import share_button
from dashboard.components.territory_follow import my_territory_link
from dashboard.elements import tags
from dashboard.elements.serializer import HtmlTree
from dashboard.elements.tags import Element, Slot
from dashboard.lists.state import without_page_numbers, write_query
from dashboard.requests.page_request import PageRequest
from dashboard.urls import AGENDA_PATH, FINDER_PATH, normalise_path
from data.queries.sources import read_is_demonstration
from data.selection import FilterOptions, Selection

DEMONSTRATION_HELP = (
    "Données de démonstration\u202f: ces lieux et ces montants sont inventés. "
    "Le premier chargement des fichiers de la Région les remplacera."
)


def app_shell(page_request: PageRequest, site: Site) -> Component:
    """The whole layout with its page."""
    stores = {
        ids.QUERY: write_query(page_request.selection.to_query(), page_request.parameters),
        ids.PAGE_PATH: page_request.path,
        ids.OPEN_TABLES: [],
        ids.FILLED_TABLES: [],
        ids.EPCI_DEPARTEMENTS: departements_by_epci(page_request.options),
        ids.TITLE: [page_title(site, page_request), False],
    }
    return HtmlTree(
        "shell",
        tags.Div(
            [
                _location(page_request),
                *(_store(name, data) for name, data in stores.items()),
                tags.A("Aller au contenu", href="#contenu", className="skip-link"),
                page_header(site, page_request),
                Slot(ids.FILTER_BAR, lambda: HtmlTree(ids.FILTER_BAR, page_filter_bar(site, page_request))),
                tags.Main(
                    [
                        *demonstration_banner(page_request),
                        failure_message(),
                        *_status_messages(page_request),
                        _page(site, page_request),
                    ],
                    id="contenu",
                    tabIndex=-1,
                ),
                click_message(),
                page_footer(page_request),
            ],
            className="shell",
        ),
    )


def _location(page_request: PageRequest) -> Slot:
    address = {"pathname": page_request.path, "search": page_request.query}
    return Slot(ids.LOCATION, lambda: dcc.Location(id=ids.LOCATION, refresh=False, **address))


def _store(name: str, data: Any) -> Slot:
    return Slot(name, lambda: dcc.Store(id=name, data=data))


def _status_messages(page_request: PageRequest) -> list[Element | Slot]:
    """Notices of the address, and the filters as text for screen readers and print."""
    caption, print_id = filters_caption(page_request.options, page_request.selection), f"{ids.STATUS}-print"
    return [
        tags.Div(
            Slot(ids.NOTICES, lambda: HtmlTree(ids.NOTICES, notice_paragraphs(page_request.notices))),
            id=ids.NOTICES,
            role="status",
            className="notices",
        ),
        Slot(ids.STATUS, lambda: html.P(id=ids.STATUS, role="status", className="visually-hidden")),
        Slot(print_id, lambda: html.P(caption, id=print_id, className="print-only print-filters")),
    ]


def _page(site: Site, page_request: PageRequest) -> Slot:
    return Slot(ids.PAGE, lambda: html.Div(page_layout(site, page_request), id=ids.PAGE))


def page_layout(site: Site, page_request: PageRequest) -> Component:
    """The page at the path, or the 404 page."""
    page_and_slug = find_page(site, page_request.path)
    return page_and_slug[0].layout(page_request) if page_and_slug else HtmlTree("not-found", not_found_page())


def page_filter_bar(site: Site, page_request: PageRequest) -> Element:
    """The filter bar of the page at the path."""
    page, slug = find_page(site, page_request.path) or (None, "")
    themes, hidden_filters = (page.themes(slug), page.hidden_filters) if page else ((), ())
    without_control = replace(page_request.selection, choices=(), since=None, until_given=False).to_query()
    parameters = (*parse_qsl(without_control), *without_page_numbers(page_request.parameters))
    return filter_bar(page_request.selection, page_request.options, themes, hidden_filters, parameters)


def page_header(site: Site, page_request: PageRequest) -> Element:
    """The brand, the search, « Mon territoire », the share button, the link to the report, and the menu."""
    return tags.Header(
        [
            tags.A(
                [
                    tags.Span(BRAND, className="brand-name"),
                    tags.Span("Pilotage régional", className="brand-subtitle"),
                ],
                href="/",
                className="brand",
            ),
            header_search(page_request.selection.to_query()),
            tags.Div(
                [Slot(ids.MY_TERRITORY, my_territory_link), share_button(), Slot(ids.REPORT_LINK, report_link)],
                className="header-tools",
            ),
            tags.Nav(
                Slot(ids.MENU, lambda: HtmlTree(ids.MENU, main_menu(site, page_request))),
                className="menu",
                aria_label="Menu principal",
            ),
        ],
        className="header",
    )


def main_menu(site: Site, page_request: PageRequest) -> Element:
    """A link to each page with a menu label; all keep the filters."""
    query = page_request.selection.without_comparison().to_query()
    links = [
        tags.A(
            page.menu,
            href=filtered_href(page.path, query),
            id=ids.menu_link(page.path),
            aria_current=aria_current_value(page, page_request.path),
        )
        for page in site
        if page.menu
    ]
    return tags.Ul([tags.Li(link) for link in links])


def aria_current_value(page: Page, path: str) -> str:
    """aria-current of a menu link: `page` on its page, `true` on a page below it, `false` elsewhere."""
    path = normalise_path(path)
    if path == page.path:
        return "page"
    return "true" if page.path != "/" and path.startswith(f"{page.path}/") else "false"


def demonstration_banner(page_request: PageRequest) -> list[Element]:
    """« Données de démonstration », until real files replace them."""
    if not read_is_demonstration(page_request.connection):
        return []
    return [tags.P([tags.Span("▲", aria_hidden="true"), " ", DEMONSTRATION_HELP], className="banner")]


def failure_message() -> Element:
    """Shown by the client when a response does not come."""
    return tags.Div(
        [
            tags.P(
                "Les chiffres n’ont pas pu être mis à jour\u202f: le serveur ne répond pas comme prévu. "
                "Votre dernier choix n’est pas pris en compte\u202f: les filtres disent ce qui est affiché."
            ),
            tags.P(id=f"{ids.FAILURE}-reason"),
            tags.Button("Réessayer", type="button", id=f"{ids.FAILURE}-retry", className="button"),
        ],
        id=ids.FAILURE,
        role="alert",
        className="failure",
        hidden=True,
    )


def notice_paragraphs(texts: Sequence[str]) -> list[Element]:
    """The first MAX_NOTICES notices, and the number of the others."""
    omitted_count = len(texts) - MAX_NOTICES
    first_texts = [*texts[:MAX_NOTICES], *([f"… et {omitted_count} autres."] if omitted_count > 0 else [])]
    return [tags.P(notice, className="notice") for notice in first_texts]


MAX_NOTICES = 5


def filters_caption(options: FilterOptions, selection: Selection) -> str:
    """The filters as text: printed in place of the controls, and announced after a change."""
    return f"Filtres\u202f: {selection.caption(options)}"


def not_found_page() -> Element:
    """The 404 page inside the application, for an address of an older visit."""
    return tags.Div(
        [
            tags.H1("Page introuvable"),
            tags.P(["Cette adresse n’existe pas. ", tags.A("Revenir à la vue d’ensemble", href="/"), "."]),
        ],
        className="page",
    )


FOOTER_LINKS = (  # the law requires the accessibility level on the first page
    (FINDER_PATH, "Trouver un tiers-lieu"),
    (AGENDA_PATH, "Agenda et actualités"),
    ("/accessibilite", "Accessibilité\u202f: non conforme"),
    ("/donnees-personnelles", "Données personnelles"),
    ("/a-propos", "À propos"),
)


def page_footer(page_request: PageRequest) -> Element:
    """Sources of the figures, the legal links and those of help."""
    return tags.Footer(
        [
            tags.P("Donnée de gestion, ne vaut pas compte administratif."),
            tags.P(
                [
                    "Sources\u202f: fichiers de la Région Normandie\u202f; codes et populations des communes\u202f: "
                    "INSEE (périmètres 2026), Licence Ouverte 2.0\u202f; contours schématiques, calculés à partir des "
                    "centres des communes.",
                ]
            ),
            tags.Ul([tags.Li(tags.A(label, href=path)) for path, label in FOOTER_LINKS], className="footer-links"),
            help_links(page_request),
            tags.Div(
                Slot(ids.COLOUR_MODE, lambda: HtmlTree(ids.COLOUR_MODE, None)),  # filled by the browser
                className="colour-mode",
                role="group",
                aria_label="Couleurs de l’affichage",
            ),
        ],
        className="footer",
    )
