"""What surrounds every page: header, menu, filters, notices, footer."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.aria import aria
from dashboard.components.drawn import Drawn
from dashboard.components.filter_bar import filter_bar, narrowing
from dashboard.components.page import BRAND, Asked, Page, Site, address, document_title, find_page, tidy
from dashboard.components.territory_follow import my_territory
from dashboard.lists.state import written
from data.queries.sources import read_is_demonstration
from data.selection import Known, Selection

DEMONSTRATION = "Données de démonstration"
DEMONSTRATION_HELP = (
    "Données de démonstration\u202f: ces lieux et ces montants sont inventés. "
    "Le premier chargement des fichiers de la Région les remplacera."
)


def shell(asked: Asked, site: Site, known_address: bool) -> Component:
    """The whole layout, its page drawn. Without a known address the browser gives it, and the callbacks follow."""
    found = find_page(site, asked.path)
    place = {"pathname": asked.path, "search": asked.query} if known_address else {}
    return html.Div(
        [
            dcc.Location(id=ids.LOCATION, refresh=False, **place),
            dcc.Store(id=ids.QUERY, data=written(asked.selection.to_query(), asked.lists)),
            dcc.Store(id=ids.OPEN_TABLES, data=[]),
            dcc.Store(id=ids.NARROWING, data=narrowing(asked.known)),
            dcc.Store(id=ids.TITLE, data=document_title(site, asked.path)),
            html.A("Aller au contenu", href="#contenu", className="skip-link"),
            header(site, asked),
            Drawn(ids.FILTER_BAR, filters_of(site, asked)),
            html.Main(
                [
                    *banner(asked),
                    failure(),
                    Drawn(ids.NOTICES, notices(asked.notices)),
                    html.P(id=ids.STATUS, role="status", className="visually-hidden"),
                    html.P(
                        filters_caption(asked.known, asked.selection),
                        id=f"{ids.STATUS}-print",
                        className="print-only print-filters",
                    ),
                    html.Div(found[0].layout(asked) if found else not_found(), id=ids.PAGE),
                ],
                id="contenu",
                tabIndex=-1,
            ),
            Drawn("foot", footer()),
        ],
        className="shell",
    )


def filters_of(site: Site, asked: Asked) -> Component:
    """The filters that the page at the path shows."""
    page, slug = find_page(site, asked.path) or (None, "")
    themes, hides = (page.themes(slug), page.hides) if page else ((), ())
    return filter_bar(asked.selection, asked.known, themes, hides)


def header(site: Site, asked: Asked) -> Component:
    """The brand, the menu, and the way to one’s own territory."""
    return html.Header(
        [
            html.A(
                [
                    html.Span(BRAND, className="brand-name"),
                    html.Span("Pilotage régional", className="brand-role"),
                ],
                href="/",
                className="brand",
            ),
            html.Nav(
                Drawn(ids.MENU, menu(site, asked)),
                className="menu",
                **aria(label="Menu principal"),
            ),
            my_territory(),
        ],
        className="header",
    )


def menu(site: Site, asked: Asked) -> Component:
    """A link to each page that has a name in it; all keep the filters."""
    query = asked.selection.to_query()
    links = [
        html.A(
            page.menu,
            href=address(page.path, query),
            id=ids.menu_link(page.path),
            **aria(current=current(page, asked.path)),
        )
        for page in site
        if page.menu
    ]
    return html.Ul([html.Li(link) for link in links])


def current(page: Page, path: str) -> str:
    """aria-current of a menu link: `page` on its page, `true` on a page below it, `false` elsewhere."""
    path = tidy(path)
    if path == page.path:
        return "page"
    return "true" if page.path != "/" and path.startswith(f"{page.path}/") else "false"


def banner(asked: Asked) -> list[Component]:
    """« Données de démonstration », until real files replace them."""
    if not read_is_demonstration(asked.connection):
        return []
    return [html.P([html.Span("▲", **aria(hidden="true")), " ", DEMONSTRATION_HELP], className="banner")]


def failure() -> Component:
    """Shown by the client when an answer does not come."""
    return html.Div(
        [
            html.P(
                "Les chiffres n’ont pas pu être mis à jour\u202f: le serveur ne répond pas comme prévu. "
                "Votre dernier choix n’est pas pris en compte."
            ),
            html.Button("Réessayer", type="button", id=f"{ids.FAILURE}-retry", className="button"),
        ],
        id=ids.FAILURE,
        role="alert",
        className="failure",
        hidden=True,
    )


def notices(said: Sequence[str]) -> Component:
    """What was ignored in the address, and why: the first few."""
    more = len(said) - MAX_NOTICES
    shown = [*said[:MAX_NOTICES], *([f"… et {more} autres."] if more > 0 else [])]
    lines = [html.P(notice, className="notice") for notice in shown]
    return html.Div(lines, id=ids.NOTICES, role="status", className="notices")


MAX_NOTICES = 5


def filters_caption(known: Known, selection: Selection) -> str:
    """The filters in words: what print shows instead of the controls, and what a change announces."""
    return f"Filtres\u202f: {selection.caption(known)}"


def not_found() -> Component:
    """What the router shows for an address that a link of an older visit may still hold."""
    return html.Div(
        [
            html.H1("Page introuvable"),
            html.P(["Cette adresse n’existe pas. ", html.A("Revenir à la vue d’ensemble", href="/"), "."]),
        ],
        className="page",
    )


DUTIES = (  # the law asks that the first page says how accessible the site is
    ("/accessibilite", "Accessibilité\u202f: non conforme"),
    ("/donnees-personnelles", "Données personnelles"),
    ("/a-propos", "À propos"),
)


def footer() -> Component:
    """Where the figures come from and what they are worth."""
    return html.Footer(
        [
            html.P("Donnée de gestion, ne vaut pas compte administratif."),
            html.P(
                [
                    "Sources\u202f: fichiers de la Région Normandie\u202f; codes et populations des communes\u202f: "
                    "INSEE (périmètres 2026), Licence Ouverte 2.0\u202f; contours schématiques, calculés à partir des "
                    "centres des communes.",
                ]
            ),
            html.Ul([html.Li(html.A(words, href=path)) for path, words in DUTIES], className="footer-links"),
        ],
        className="footer",
    )
