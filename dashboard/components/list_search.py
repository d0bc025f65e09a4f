"""The search of a list: a field whose text is in the address."""

from __future__ import annotations

from dashboard import ids
from dashboard.components.list_rows import ListPage
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.lists.state import SEARCH_PARAMETER


def search_form(list_page: ListPage) -> list[Element]:
    """A field and a button; the browser navigates to the address of the search (assets/lists.js)."""
    listing = list_page.listing
    if not listing.search:
        return []
    headers = {column.name: column.header.lower() for column in listing.columns}
    field_id = ids.listing(listing.slug, "text")
    label = f"Rechercher ({', '.join(headers.get(name, name) for name in listing.search)})"
    return [
        tags.Form(
            [
                tags.Label(label, htmlFor=field_id),
                tags.Div([_search_input(list_page), *_search_buttons(list_page)], className="list-search-field"),
            ],
            className="list-search",
            role="search",
            aria_label=listing.title,
            data_list=listing.slug,
        )
    ]


def _search_input(list_page: ListPage) -> Element:
    slug, text = list_page.listing.slug, list_page.state.text
    return tags.Input(
        id=ids.listing(slug, "text"),
        key=text,  # a new search makes a new field; a change of filters keeps the typed text
        defaultValue=text,
        type="search",
        name=f"{SEARCH_PARAMETER}-{slug}",
        maxLength=100,
        autoComplete="off",
        className="form-control",
    )


def _search_buttons(list_page: ListPage) -> list[Element]:
    clear_link = tags.A(
        "Effacer la recherche",
        href=list_page.href(q="", page=""),
        hidden=not list_page.state.text,
        className="list-link",
    )
    return [tags.Button("Rechercher", type="submit", className="button"), clear_link]
