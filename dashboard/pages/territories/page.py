"""The page that compares territories: labelled places, inhabitants near a place."""

from __future__ import annotations

from dashboard import ids
from dashboard.charts.phrases import add_filters, as_of_text, territory_text
from dashboard.components.compare_link import comparison_href
from dashboard.components.headline import headline_with_territory, never_loaded_headline
from dashboard.components.listing import listing_part
from dashboard.components.page import Page, Part, filtered_href
from dashboard.components.parts import Headline, charts_part, headline_part, tiles_part
from dashboard.components.tile import Tile
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.lists.territories import TERRITORIES as LIST
from dashboard.pages.territories.territory import territory_names
from dashboard.pages.territories.tiles import (
    aid_per_inhabitant_tile,
    covered_tile,
    near_tile,
    places_per_inhabitant_tile,
)
from dashboard.requests.page_request import PageRequest
from dashboard.urls import SHEETS_PATH
from data.i18n import NARROW, count, number, percent
from data.indicators.coverage import EPCI_COUVERTS
from data.queries.coverage import read_epci_coverage, read_population_share
from data.queries.epcis import NO_EPCI_REASON
from data.queries.sources import missing_source_reason
from data.reference import read_departements
from data.selection import MAX_COMPARED_ITEMS, TERRITORY_KIND, ComparedItem

PATH = "/territoires"
TITLE = "Territoires"
TILE_INDICATORS = ("epci-couverts", "population-15km", "labellises-pour-100000", "aide-par-habitant")
PURPOSE = "Pour décider où il manque un lieu, et quel territoire accompagner."
SHEETS = (("normandie", "Normandie"), *((one.code, one.name) for one in read_departements()))


def read_headline(page_request: PageRequest) -> Headline:
    """The number of intercommunalités with a labelled place, and the share of inhabitants near one."""
    missing = missing_source_reason(page_request.connection, EPCI_COUVERTS.required_sources)
    if missing:
        return never_loaded_headline(page_request, missing)
    coverage = {
        epci.epci: epci.has_place for epci in read_epci_coverage(page_request.connection, page_request.selection)
    }
    near = read_population_share(page_request.connection, page_request.selection).value
    lines = [as_of_text(page_request.selection)]
    if near is not None:
        lines.insert(0, f"{percent(near)} des habitants vivent à moins de 15{NARROW}km d’un lieu, à vol d’oiseau.")
    sentence = _coverage_text(page_request, sum(coverage.values()), len(coverage))
    return Headline(
        add_filters(sentence, page_request.selection, page_request.options, ("epci-couverts",)), tuple(lines)
    )


def _coverage_text(page_request: PageRequest, covered: int, total: int) -> str:
    where = territory_text(page_request.selection, page_request.options)
    if not total:
        return f"{NO_EPCI_REASON[:1].upper()}{NO_EPCI_REASON[1:]}"
    if total == 1:
        return f"{'Au moins un' if covered else 'Aucun'} tiers-lieu labellisé {where}"
    have = "a" if covered == 1 else "ont"
    if not covered:
        return f"{where[:1].upper()}{where[1:]}, aucune des {number(total)} intercommunalités n’a de lieu labellisé"
    covered_text = f"{count(covered, 'intercommunalité', 'intercommunalités')} sur {number(total)}"
    return f"{where[:1].upper()}{where[1:]}, {covered_text} {have} un tiers-lieu labellisé"


def read_tiles(page_request: PageRequest) -> tuple[Tile, ...]:
    return tuple(
        read_tile(page_request.connection, page_request.selection)
        for read_tile in (covered_tile, near_tile, places_per_inhabitant_tile, aid_per_inhabitant_tile)
    )


def sheets_link(page_request: PageRequest) -> Element:
    """A link to the sheets of all territories in one file."""
    href = filtered_href(SHEETS_PATH, page_request.selection.without_territory().to_query())
    return tags.A(f"Les {number(len(territory_names()))} fiches en un fichier (PDF, une page A4 chacune)", href=href)


def _comparison_link(page_request: PageRequest) -> str:
    """To the comparison of the chosen territories; those that are too many are left out."""
    selection = page_request.selection
    items = [ComparedItem(key, code) for key in TERRITORY_KIND.filters for code in selection.codes(key)]
    return comparison_href(selection, items[:MAX_COMPARED_ITEMS])


def sheet_links_part() -> Part:
    """Links to the sheets of the Région and the départements; the list has those of the intercommunalités."""

    def links(page_request: PageRequest) -> list[Element]:
        query = page_request.selection.without_territory().to_query()
        return [tags.Li(tags.A(name, href=filtered_href(f"{PATH}/{code}", query))) for code, name in SHEETS]

    def draw(page_request: PageRequest) -> Element:
        return tags.Nav(
            [
                tags.H2("La fiche d’un territoire, comparé aux autres"),
                tags.Ul(links(page_request), className="sheet-links"),
                tags.P(sheets_link(page_request)),
                tags.P(
                    [
                        "Celles des intercommunalités s’ouvrent depuis le ",
                        tags.A("tableau", href=f"#{ids.listing(LIST.slug, 'title')}"),
                        f". Une fiche peut devenir «{NARROW}mon territoire{NARROW}»{NARROW}: elle s’ouvre alors "
                        "d’un geste depuis toutes les pages.",
                    ],
                    className="muted",
                ),
                tags.P(tags.A("Comparer des territoires", href=_comparison_link(page_request))),
            ],
            className="panel sheet-chooser",
            aria_label="Fiches des territoires",
        )

    return Part(draw)


TERRITORIES = Page(
    PATH,
    lambda _slug: TITLE,
    (
        headline_part(headline_with_territory(read_headline), PURPOSE),
        tiles_part(read_tiles),
        sheet_links_part(),
        charts_part(PATH),
        listing_part(LIST),
    ),
    css_class="territories",
    guide=(
        "Les périmètres sont ceux de 2026, pour toutes les années.",
        "Chaque territoire a sa fiche, avec les mêmes chiffres.",
        "La liste se trie en touchant un en-tête.",
    ),
    menu=TITLE,
)
