"""The form of the search: in the header of every page, and on the page of results. It works without a script."""

from __future__ import annotations

from urllib.parse import parse_qsl

from dashboard import ids
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.urls import SEARCH_PATH, TEXT_PARAMETER
from data.queries.name_search import MAX_SEARCHED_LETTERS

LABEL, SITE_LABEL = "Rechercher", "Rechercher dans le site"
HELP = "Commune, tiers-lieu, dossier, indicateur…"
SUGGESTIONS = f"{ids.SEARCH}-list"


def search_form(query: str, field: str, text: str) -> Element:
    """The form of the page of results, which keeps the filters of a query."""
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
            *_filters(query),
            tags.Button(LABEL, type="submit", className="button"),
        ],
        action=SEARCH_PATH,
        method="get",
        role="search",
        aria_label=SITE_LABEL,
        className="search-form no-print",
    )


def header_search(query: str) -> Element:
    """The form of the header, which keeps the filters of a query: a button that opens the field where there is no room,
    and the list of suggestions (assets/search.js).
    """
    field = tags.Input(
        id=ids.SEARCH,
        name=TEXT_PARAMETER,
        type="search",
        placeholder=HELP,
        maxLength=MAX_SEARCHED_LETTERS,
        autoComplete="off",
        role="combobox",
        aria_autocomplete="list",
        aria_controls=SUGGESTIONS,
        aria_expanded="false",
        className="form-control",
    )
    suggestions = [
        tags.Div(id=SUGGESTIONS, role="listbox", aria_label="Suggestions", className="suggestions", hidden=True),
        tags.P(id=f"{SUGGESTIONS}-status", role="status", className="suggestion-status"),
    ]
    button = _header_button(f"{SITE_LABEL} (touche\u00a0/)")
    close = tags.Button("Fermer", type="button", className="search-close")
    return _header_form([field, *suggestions], [*_filters(query), button, close])


def plain_header_search() -> Element:
    """The form of the header of a document without a script."""
    field = tags.Input(
        id=ids.SEARCH,
        name=TEXT_PARAMETER,
        type="search",
        placeholder=HELP,
        maxLength=MAX_SEARCHED_LETTERS,
        className="form-control",
    )
    return _header_form([field], [_header_button(SITE_LABEL)])


def _header_form(field: list[Element], others: list[Element]) -> Element:
    label = tags.Label(SITE_LABEL, htmlFor=ids.SEARCH, id=f"{ids.SEARCH}-label", className="search-label")
    return tags.Form(
        [tags.Div([label, *field], className="search-field"), *others],
        action=SEARCH_PATH,
        method="get",
        role="search",
        aria_label="Tout le site",
        data_help=HELP,
        className="search no-print",
    )


def _header_button(title: str) -> Element:
    return tags.Button(
        tags.Span(SITE_LABEL, className="visually-hidden"),
        type="submit",
        id=f"{ids.SEARCH}-button",
        className="search-button",
        title=title,
    )


def _filters(query: str) -> list[Element]:
    """The filters of a query, which the results keep."""
    return [tags.Input(type="hidden", name=name, value=value) for name, value in parse_qsl(query)]
