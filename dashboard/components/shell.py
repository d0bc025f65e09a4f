"""What surrounds every page: header, menu, filters, notices, footer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.filter_bar import departements_by_epci, filter_bar
from dashboard.components.page import BRAND, Page, Site, filtered_href, find_page, page_title
from dashboard.components.territory_follow import my_territory_link
from dashboard.elements import tags
from dashboard.elements.serializer import HtmlTree
from dashboard.elements.tags import Element, Slot
from dashboard.lists.state import write_query
from dashboard.requests.page_request import PageRequest
from dashboard.urls import normalise_path
from data.queries.sources import read_is_demonstration
from data.selection import FilterOptions, Selection

DEMONSTRATION = "Données de démonstration"
DEMONSTRATION_HELP = (
    "Données de démonstration\u202f: ces lieux et ces montants sont inventés. "
    "Le premier chargement des fichiers de la Région les remplacera."
)


def app_shell(page_request: PageRequest, site: Site, known_address: bool) -> Component:
    """The whole layout, its page drawn. Without a known address the browser gives it, and the callbacks follow."""
    stores = {
        ids.QUERY: write_query(page_request.selection.to_query(), page_request.lists),
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
                _location(page_request, known_address),
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
                page_footer(),
            ],
            className="shell",
        ),
    )


def _location(page_request: PageRequest, known_address: bool) -> Slot:
    place = {"pathname": page_request.path, "search": page_request.query} if known_address else {}
    return Slot(ids.LOCATION, lambda: dcc.Location(id=ids.LOCATION, refresh=False, **place))


def _store(name: str, data: Any) -> Slot:
    return Slot(name, lambda: dcc.Store(id=name, data=data))


def _status_messages(page_request: PageRequest) -> list[Element | Slot]:
    """What was ignored in the address, and the filters in words, for ears and for paper."""
    caption, paper = filters_caption(page_request.options, page_request.selection), f"{ids.STATUS}-print"
    return [
        tags.Div(
            Slot(ids.NOTICES, lambda: HtmlTree(ids.NOTICES, notice_paragraphs(page_request.notices))),
            id=ids.NOTICES,
            role="status",
            className="notices",
        ),
        Slot(ids.STATUS, lambda: html.P(id=ids.STATUS, role="status", className="visually-hidden")),
        Slot(paper, lambda: html.P(caption, id=paper, className="print-only print-filters")),
    ]


def _page(site: Site, page_request: PageRequest) -> Slot:
    return Slot(ids.PAGE, lambda: html.Div(page_layout(site, page_request), id=ids.PAGE))


def page_layout(site: Site, page_request: PageRequest) -> Component:
    """The page at the path, drawn, or that there is none."""
    found = find_page(site, page_request.path)
    return found[0].layout(page_request) if found else HtmlTree("not-found", not_found_page())


def page_filter_bar(site: Site, page_request: PageRequest) -> Element:
    """The filters that the page at the path shows."""
    page, slug = find_page(site, page_request.path) or (None, "")
    themes, hidden_filters = (page.themes(slug), page.hidden_filters) if page else ((), ())
    return filter_bar(page_request.selection, page_request.options, themes, hidden_filters)


def page_header(site: Site, page_request: PageRequest) -> Element:
    """The brand, the menu, and the way to one’s own territory."""
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
            tags.Nav(
                Slot(ids.MENU, lambda: HtmlTree(ids.MENU, main_menu(site, page_request))),
                className="menu",
                aria_label="Menu principal",
            ),
            Slot(ids.MY_TERRITORY, my_territory_link),
        ],
        className="header",
    )


def main_menu(site: Site, page_request: PageRequest) -> Element:
    """A link to each page that has a name in it; all keep the filters."""
    query = page_request.selection.to_query()
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
    """Shown by the client when an answer does not come."""
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


def notice_paragraphs(said: Sequence[str]) -> list[Element]:
    """What was ignored in the address, and why: the first few."""
    more = len(said) - MAX_NOTICES
    shown = [*said[:MAX_NOTICES], *([f"… et {more} autres."] if more > 0 else [])]
    return [tags.P(notice, className="notice") for notice in shown]


MAX_NOTICES = 5


def filters_caption(options: FilterOptions, selection: Selection) -> str:
    """The filters in words: what print shows instead of the controls, and what a change announces."""
    return f"Filtres\u202f: {selection.caption(options)}"


def not_found_page() -> Element:
    """What the router shows for an address that a link of an older visit may still hold."""
    return tags.Div(
        [
            tags.H1("Page introuvable"),
            tags.P(["Cette adresse n’existe pas. ", tags.A("Revenir à la vue d’ensemble", href="/"), "."]),
        ],
        className="page",
    )


LEGAL_LINKS = (  # the law asks that the first page says how accessible the site is
    ("/accessibilite", "Accessibilité\u202f: non conforme"),
    ("/donnees-personnelles", "Données personnelles"),
    ("/a-propos", "À propos"),
)


def page_footer() -> Element:
    """Where the figures come from and what they are worth."""
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
            tags.Ul([tags.Li(tags.A(words, href=path)) for path, words in LEGAL_LINKS], className="footer-links"),
        ],
        className="footer",
    )
