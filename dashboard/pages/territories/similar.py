"""The territories that resemble the one of a sheet."""

from __future__ import annotations

from dashboard.components.compare_link import comparison_href
from dashboard.components.page import Part, filtered_href
from dashboard.elements import tags
from dashboard.elements.tags import Element, Tree
from dashboard.pages.territories.sheet import PATH, sheet_panel
from dashboard.requests.page_request import PageRequest
from data.i18n import agree, count, number
from data.queries.similar_territories import TerritoryProfile, read_similar_territories, similarity_text
from data.selection import ComparedItem
from data.types import TERRITORY_COLUMNS
from data.units import PER_100000


def similar_territories_part() -> Part:
    """Links to the sheets of the territories nearest by population and density of places; nothing for the Région."""
    panel = sheet_panel("similar", lambda _page_request: "Territoires semblables", _content)

    def draw(page_request: PageRequest) -> Tree:
        is_region = page_request.selection == page_request.selection.without_territory()
        return None if is_region else panel.draw(page_request)

    return Part(draw)


def _content(page_request: PageRequest) -> list[Element]:
    selection = page_request.selection
    chosen = next(ComparedItem(key, code) for key in TERRITORY_COLUMNS for code in selection.codes(key))
    similar = read_similar_territories(
        page_request.connection, selection, "dep" if chosen.filter_key == "dep" else "epci", chosen.code
    )
    if not similar:
        text = "Une partie seulement de ce territoire est en Normandie\u202f: il ne se compare pas aux autres."
        return [tags.P(text, className="muted")]
    query = selection.without_territory().to_query()
    items = [
        tags.Li(
            [
                tags.A(profile.name, href=filtered_href(f"{PATH}/{profile.code}", query)),
                tags.Small(f" {_profile_text(profile)}", className="muted"),
            ]
        )
        for profile in similar
    ]
    compared = [chosen, *(ComparedItem(chosen.filter_key, profile.code) for profile in similar)]
    link = tags.A(f"Comparer ces {number(len(compared))} territoires", href=comparison_href(selection, compared))
    return [
        tags.Ul(items, className="sheet-list"),
        tags.P(f"{similarity_text(similar)}.", className="muted sheet-note"),
        tags.P(link, className="rows-link"),
    ]


def _profile_text(profile: TerritoryProfile) -> str:
    """« 31 204 habitants, 3,2 lieux pour 100 000 »."""
    people = count(profile.population, "habitant", "habitants")
    if profile.density is None:
        return people
    places = f"{PER_100000.value_text(profile.density)} {agree(profile.density, 'lieu', 'lieux', 1)}"
    return f"{people}, {places} pour 100\u202f000"
