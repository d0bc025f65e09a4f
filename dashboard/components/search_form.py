"""The form of the search: in the header of every page, and on the page of results. It works without a script."""

from __future__ import annotations

from urllib.parse import parse_qsl

from dashboard import ids
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.requests.page_request import PageRequest
from dashboard.urls import SEARCH_PATH, TEXT_PARAMETER
from data.queries.name_search import MAX_SEARCHED_LETTERS

LABEL, SITE_LABEL = "Rechercher", "Rechercher dans le site"
HELP = "Commune, tiers-lieu, dossier, indicateur…"


def search_form(page_request: PageRequest, field: str, text: str) -> Element:
    """The form of the page of results."""
    return tags.Form(
        [
            tags.Label(LABEL, htmlFor=field),
            tags.Input(
                id=field,
                key=text,  # another search makes a new field
                name=TEXT_PARAMETER,
                type="search",
                defaultValue=text,
                maxLength=MAX_SEARCHED_LETTERS,
                autoComplete="off",
                className="form-control",
            ),
            *_filters(page_request),
            tags.Button(LABEL, type="submit", className="button"),
        ],
        action=SEARCH_PATH,
        method="get",
        role="search",
        aria_label=SITE_LABEL,
        className="search-form no-print",
    )


def header_search(page_request: PageRequest) -> Element:
    """The form of the header: a button that opens the field where there is no room, and the list of suggestions
    (assets/search.js).
    """
    return tags.Form(
        [
            tags.Div(
                [
                    tags.Label(SITE_LABEL, htmlFor=ids.SEARCH, id=f"{ids.SEARCH}-label", className="search-label"),
                    tags.Input(
                        id=ids.SEARCH,
                        name=TEXT_PARAMETER,
                        type="search",
                        placeholder=HELP,
                        maxLength=MAX_SEARCHED_LETTERS,
                        autoComplete="off",
                        role="combobox",
                        aria_autocomplete="list",
                        aria_controls=f"{ids.SEARCH}-list",
                        aria_expanded="false",
                        className="form-control",
                    ),
                    tags.Div(
                        id=f"{ids.SEARCH}-list",
                        role="listbox",
                        aria_label="Suggestions",
                        className="suggestions",
                        hidden=True,
                    ),
                    tags.P(id=f"{ids.SEARCH}-list-status", role="status", className="suggestion-status"),
                ],
                className="search-field",
            ),
            *_filters(page_request),
            tags.Button(
                tags.Span(SITE_LABEL, className="visually-hidden"),
                type="submit",
                id=f"{ids.SEARCH}-button",
                className="search-button",
                title=f"{SITE_LABEL} (touche\u00a0/)",
            ),
            tags.Button("Fermer", type="button", className="search-close"),
        ],
        action=SEARCH_PATH,
        method="get",
        role="search",
        aria_label="Tout le site",
        data_help=HELP,
        className="search no-print",
    )


def _filters(page_request: PageRequest) -> list[Element]:
    """The filters of the page, which the results keep."""
    return [
        tags.Input(type="hidden", name=name, value=value)
        for name, value in parse_qsl(page_request.selection.to_query())
    ]
