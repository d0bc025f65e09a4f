"""What surrounds every page: header, menu, filters, notices, footer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.filter_bar import filter_bar, narrowing
from dashboard.components.page import BRAND, Page, Site, address, find_page, title_of
from dashboard.components.territory_follow import my_territory
from dashboard.elements import tags
from dashboard.elements.serializer import Drawn
from dashboard.elements.tags import Element, Live
from dashboard.lists.state import written
from dashboard.requests.page_request import Asked
from dashboard.urls import tidy
from data.queries.sources import read_is_demonstration
from data.selection import Known, Selection

DEMONSTRATION = "Données de démonstration"
DEMONSTRATION_HELP = (
    "Données de démonstration\u202f: ces lieux et ces montants sont inventés. "
    "Le premier chargement des fichiers de la Région les remplacera."
)


def shell(asked: Asked, site: Site, known_address: bool) -> Component:
    """The whole layout, its page drawn. Without a known address the browser gives it, and the callbacks follow."""
    stores = {
        ids.QUERY: written(asked.selection.to_query(), asked.lists),
        ids.SHOWN: asked.path,
        ids.OPEN_TABLES: [],
        ids.FILLED_TABLES: [],
        ids.NARROWING: narrowing(asked.known),
        ids.TITLE: [title_of(site, asked), False],
    }
    return Drawn(
        "shell",
        tags.Div(
            [
                _location(asked, known_address),
                *(_store(name, data) for name, data in stores.items()),
                tags.A("Aller au contenu", href="#contenu", className="skip-link"),
                header(site, asked),
                Live(ids.FILTER_BAR, lambda: Drawn(ids.FILTER_BAR, filters_of(site, asked))),
                tags.Main([*banner(asked), failure(), *_told(asked), _page(site, asked)], id="contenu", tabIndex=-1),
                footer(),
            ],
            className="shell",
        ),
    )


def _location(asked: Asked, known_address: bool) -> Live:
    place = {"pathname": asked.path, "search": asked.query} if known_address else {}
    return Live(ids.LOCATION, lambda: dcc.Location(id=ids.LOCATION, refresh=False, **place))


def _store(name: str, data: Any) -> Live:
    return Live(name, lambda: dcc.Store(id=name, data=data))


def _told(asked: Asked) -> list[Element | Live]:
    """What was ignored in the address, and the filters in words, for ears and for paper."""
    caption, paper = filters_caption(asked.known, asked.selection), f"{ids.STATUS}-print"
    return [
        tags.Div(
            Live(ids.NOTICES, lambda: Drawn(ids.NOTICES, notices(asked.notices))),
            id=ids.NOTICES,
            role="status",
            className="notices",
        ),
        Live(ids.STATUS, lambda: html.P(id=ids.STATUS, role="status", className="visually-hidden")),
        Live(paper, lambda: html.P(caption, id=paper, className="print-only print-filters")),
    ]


def _page(site: Site, asked: Asked) -> Live:
    return Live(ids.PAGE, lambda: html.Div(page_layout(site, asked), id=ids.PAGE))


def page_layout(site: Site, asked: Asked) -> Component:
    """The page at the path, drawn, or that there is none."""
    found = find_page(site, asked.path)
    return found[0].layout(asked) if found else Drawn("not-found", not_found())


def filters_of(site: Site, asked: Asked) -> Element:
    """The filters that the page at the path shows."""
    page, slug = find_page(site, asked.path) or (None, "")
    themes, hides = (page.themes(slug), page.hides) if page else ((), ())
    return filter_bar(asked.selection, asked.known, themes, hides)


def header(site: Site, asked: Asked) -> Element:
    """The brand, the menu, and the way to one’s own territory."""
    return tags.Header(
        [
            tags.A(
                [
                    tags.Span(BRAND, className="brand-name"),
                    tags.Span("Pilotage régional", className="brand-role"),
                ],
                href="/",
                className="brand",
            ),
            tags.Nav(
                Live(ids.MENU, lambda: Drawn(ids.MENU, menu(site, asked))),
                className="menu",
                aria_label="Menu principal",
            ),
            Live(ids.MY_TERRITORY, my_territory),
        ],
        className="header",
    )


def menu(site: Site, asked: Asked) -> Element:
    """A link to each page that has a name in it; all keep the filters."""
    query = asked.selection.to_query()
    links = [
        tags.A(
            page.menu,
            href=address(page.path, query),
            id=ids.menu_link(page.path),
            aria_current=current(page, asked.path),
        )
        for page in site
        if page.menu
    ]
    return tags.Ul([tags.Li(link) for link in links])


def current(page: Page, path: str) -> str:
    """aria-current of a menu link: `page` on its page, `true` on a page below it, `false` elsewhere."""
    path = tidy(path)
    if path == page.path:
        return "page"
    return "true" if page.path != "/" and path.startswith(f"{page.path}/") else "false"


def banner(asked: Asked) -> list[Element]:
    """« Données de démonstration », until real files replace them."""
    if not read_is_demonstration(asked.connection):
        return []
    return [tags.P([tags.Span("▲", aria_hidden="true"), " ", DEMONSTRATION_HELP], className="banner")]


def failure() -> Element:
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


def notices(said: Sequence[str]) -> list[Element]:
    """What was ignored in the address, and why: the first few."""
    more = len(said) - MAX_NOTICES
    shown = [*said[:MAX_NOTICES], *([f"… et {more} autres."] if more > 0 else [])]
    return [tags.P(notice, className="notice") for notice in shown]


MAX_NOTICES = 5


def filters_caption(known: Known, selection: Selection) -> str:
    """The filters in words: what print shows instead of the controls, and what a change announces."""
    return f"Filtres\u202f: {selection.caption(known)}"


def not_found() -> Element:
    """What the router shows for an address that a link of an older visit may still hold."""
    return tags.Div(
        [
            tags.H1("Page introuvable"),
            tags.P(["Cette adresse n’existe pas. ", tags.A("Revenir à la vue d’ensemble", href="/"), "."]),
        ],
        className="page",
    )


DUTIES = (  # the law asks that the first page says how accessible the site is
    ("/accessibilite", "Accessibilité\u202f: non conforme"),
    ("/donnees-personnelles", "Données personnelles"),
    ("/a-propos", "À propos"),
)


def footer() -> Element:
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
            tags.Ul([tags.Li(tags.A(words, href=path)) for path, words in DUTIES], className="footer-links"),
        ],
        className="footer",
    )
