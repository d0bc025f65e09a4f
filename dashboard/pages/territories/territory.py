"""The one-page sheet of a territory: the Région, a département or an intercommunalité."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from dashboard.charts.phrases import add_other_filters, capitalised, period_text
from dashboard.components.compare_link import compare_link_part
from dashboard.components.headline import next_decisions_lines, target_headline
from dashboard.components.page import Page
from dashboard.components.parts import Headline, group_parts, headline_part, tiles_part
from dashboard.components.territory_follow import follow_button_part
from dashboard.components.tile import Tile
from dashboard.components.tile_values import labelled_tile, voted_tile
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.pages.territories.changes import changes_part
from dashboard.pages.territories.comparison import (
    LABELLED,
    NEAR,
    VISITS,
    VOTED,
    regional_target_text,
    with_comparison,
)
from dashboard.pages.territories.locator import locator_part
from dashboard.pages.territories.sheet import (
    places_part,
    related_territories_part,
    sheet_panel,
    sources_part,
    yearly_tables_part,
)
from dashboard.pages.territories.similar import similar_territories_part
from dashboard.pages.territories.tiles import near_tile, yearly_visits_tile
from dashboard.requests.page_request import PageRequest
from dashboard.urls import normalise_path
from data.facts.suppression import CONFIDENTIALITY_REASON, omission_text
from data.i18n import NARROW, agree, count, day_long, number, percent
from data.indicators.aid import AIDES_VOTEES
from data.indicators.aid_files import AIDE_PAR_HABITANT
from data.indicators.attendance import TAUX_REPONSE, VISITES
from data.indicators.coverage import POPULATION_15KM
from data.queries.comparable_places import last_twelve_months
from data.queries.indicators import read_value
from data.queries.population import read_population
from data.queries.sheet import count_label_states, read_nearest_to_largest_town
from data.queries.sources import missing_source_reason
from data.queries.suppression import count_omitted_places
from data.queries.target_position import read_target_position
from data.reference import read_departements, read_epci
from data.selection import ComparedItem

REGION = "normandie"
LEVEL_NAMES = {"dep": "Département", "epci": "Intercommunalité", "": "Région"}
TILE_INDICATORS = ("lieux-labellises", "population-15km", "aides-votees", "visites")
SOURCED_INDICATORS = (*TILE_INDICATORS, "actions-partenaires")


@cache
def territory_names() -> dict[str, str]:
    """The name of each territory with a sheet, by code; constant while the application runs."""
    epcis = {territory.code: territory.name for territory in read_epci()}
    return {REGION: "Normandie", **{territory.code: territory.name for territory in read_departements()}, **epcis}


def territory_code(path: str) -> str:
    """The code in the path of a sheet."""
    return TERRITORY.slug(normalise_path(path)) or REGION


def territory_level(code: str) -> str:
    """The filter to which the code belongs: `dep`, `epci`, or empty for the Région."""
    if code == REGION:
        return ""
    return "dep" if len(code) < len("200000000") else "epci"


def narrow_to_territory(page_request: PageRequest) -> PageRequest:
    """The request on the territory of the path, whatever territory the query names."""
    code = territory_code(page_request.path)
    level = territory_level(code)
    anywhere = page_request.selection.without_territory()
    return replace(page_request, selection=anywhere.with_codes(level, [code]) if level else anywhere)


def requested_territory(page_request: PageRequest) -> tuple[str, str]:
    """The code and the name of the territory."""
    code = territory_code(page_request.path)
    return code, territory_names()[code]


def compared_territory(page_request: PageRequest) -> ComparedItem | None:
    """The territory as an item of a comparison; none for the Région."""
    code = territory_code(page_request.path)
    level = territory_level(code)
    return ComparedItem(level, code) if level else None


def read_headline(page_request: PageRequest) -> Headline:
    """The name of the territory, then its main figures in a few sentences."""
    code, name = requested_territory(page_request)
    people = read_population(page_request.connection, page_request.selection)
    kind = f"{LEVEL_NAMES[territory_level(code)]} de {count(people, 'habitant', 'habitants')}, arrêté au"
    opening = f"{kind} {day_long(page_request.selection.until)}.{_filters_sentence(page_request)}"
    lines = (
        *_label_sentences(page_request),
        _near_sentence(page_request),
        _aid_sentence(page_request),
        _visits_sentence(page_request),
    )
    return Headline(name, (opening, " ".join(line for line in lines if line)))


def _filters_sentence(page_request: PageRequest) -> str:
    """The filters that apply to the sheet, named once for all its sentences."""
    sentence = "Lieux, aides et visites suivent les filtres choisis"
    qualified = add_other_filters(
        sentence, page_request.selection, page_request.options, ("lieux-labellises", "aides-votees")
    )
    return f" {qualified}." if qualified != sentence else ""


def _label_sentences(page_request: PageRequest) -> tuple[str, ...]:
    """The position against the target voted for this very territory, else the number of labelled places."""
    position = read_target_position(page_request.connection, page_request.selection)
    if position.missing_reason:
        return (f"{capitalised(position.missing_reason)}.",)
    states = count_label_states(page_request.connection, page_request.selection)
    examined = states.get("in_process", 0)
    in_process_text = (
        f"{number(examined)} {'est' if examined < 2 else 'sont'} en parcours de labellisation." if examined else ""
    )
    if position.target:
        opening = target_headline(page_request, position)
        return (f"{opening.title}.", *(line for line in opening.lines[:-1] if isinstance(line, str)), in_process_text)
    if not position.labelled:
        sentence = add_other_filters(
            "Aucun tiers-lieu labellisé à ce jour", page_request.selection, page_request.options, ("lieux-labellises",)
        )
        return (f"{sentence}.", in_process_text, _nearest_place_sentence(page_request))
    places_text = count(position.labelled, "tiers-lieu labellisé", "tiers-lieux labellisés")
    sentence = add_other_filters(
        f"{places_text} à ce jour", page_request.selection, page_request.options, ("lieux-labellises",)
    )
    return (f"{sentence}.", in_process_text)


def _nearest_place_sentence(page_request: PageRequest) -> str:
    """The labelled place nearest to a territory without any."""
    nearest = read_nearest_to_largest_town(page_request.connection, page_request.selection)
    if nearest is None:
        return ""
    return (
        f"Le lieu labellisé le plus proche du centre de {nearest.town}, sa commune la plus peuplée, est "
        f"«{NARROW}{nearest.place}{NARROW}», à {number(nearest.kilometres)}{NARROW}km à vol d’oiseau."
    )


def _near_sentence(page_request: PageRequest) -> str:
    near = read_value(page_request.connection, POPULATION_15KM, page_request.selection).value
    if near is None:
        return ""
    return f"{percent(near)} des habitants vivent à moins de 15{NARROW}km d’un lieu labellisé, à vol d’oiseau."


def _aid_sentence(page_request: PageRequest) -> str:
    missing = missing_source_reason(page_request.connection, AIDES_VOTEES.required_sources)
    if missing:
        return f"{capitalised(missing)}."
    amount = read_value(page_request.connection, AIDES_VOTEES, page_request.selection).value
    when = period_text(page_request.selection)
    if not amount:
        return f"La Région n’y a voté aucune aide aux tiers-lieux {when}."
    per_inhabitant = AIDE_PAR_HABITANT.unit.text(
        read_value(page_request.connection, AIDE_PAR_HABITANT, page_request.selection).value
    )
    voted = f"La Région y a voté {AIDES_VOTEES.unit.text(amount)} d’aides au titre de ses deux leviers {when}"
    return f"{voted}, soit {per_inhabitant} par habitant."


def _visits_sentence(page_request: PageRequest) -> str:
    missing = missing_source_reason(page_request.connection, VISITES.required_sources)
    if missing:
        return f"{capitalised(missing)}."
    year = last_twelve_months(page_request.selection).with_codes("unite", ())
    visits = read_value(page_request.connection, VISITES, year).value
    rate = read_value(page_request.connection, TAUX_REPONSE, year).value
    omitted = count_omitted_places(page_request.connection, "declared", year).get((), 0)
    if visits is None and omitted:
        return f"Ses visites ne sont pas montrées{NARROW}: {CONFIDENTIALITY_REASON}."
    if visits is None:
        return "Aucune visite n’y a été déclarée en douze mois."
    rate_text = f", {percent(rate)} des déclarations attendues étant arrivées" if rate is not None else ""
    omitted_text = f", {omission_text(omitted)}," if omitted else ""
    have = agree(visits, "a été déclarée", "ont été déclarées")
    return f"{VISITES.unit.text(visits)} y {have}{omitted_text} en douze mois{rate_text}."


def read_tiles(page_request: PageRequest) -> tuple[Tile, ...]:
    connection, selection = page_request.connection, page_request.selection
    position = read_target_position(connection, selection)
    labelled = labelled_tile(selection, position)
    tiles = (
        (replace(labelled, status=regional_target_text(page_request, position) or labelled.status), LABELLED),
        (near_tile(connection, selection), NEAR),
        (voted_tile(connection, selection), VOTED),
        (yearly_visits_tile(connection, selection), VISITS),
    )
    return tuple(with_comparison(page_request, tile, comparable) for tile, comparable in tiles)


def meeting_content(page_request: PageRequest) -> list[Element]:
    """The next sessions, and the files of the territory that are ready for them."""
    lines = next_decisions_lines(page_request) or ("Aucune séance à venir n’est enregistrée.",)
    return [tags.P(line) for line in lines]


TERRITORY = Page(
    "/territoires/<slug>",
    lambda slug: f"{territory_names()[slug]} – Territoires",
    (
        headline_part(read_headline),
        follow_button_part(requested_territory),
        compare_link_part(compared_territory, "Comparer avec d’autres territoires"),
        tiles_part(read_tiles),
        locator_part(),
        group_parts((changes_part(), similar_territories_part()), "sheet-halves sheet-news"),
        yearly_tables_part(),
        group_parts(
            (
                places_part(),
                group_parts(
                    (
                        related_territories_part(),
                        sheet_panel("meeting", lambda _page_request: "Séance de décision", meeting_content),
                    ),
                    "sheet-aside",
                ),
            ),
            "sheet-halves",
        ),
        sources_part(SOURCED_INDICATORS),
    ),
    css_class="territory",
    guide=(
        "Chaque chiffre de la fiche est celui de ce territoire, à la date choisie.",
        "L’objectif de la Région est un contexte, jamais celui du territoire.",
        "«\u202fDéfinir comme mon territoire\u202f» y ramène d’un geste, sur cet appareil seulement.",
    ),
    accepts_slug=lambda slug: slug in territory_names(),
    hidden_filters=("dep", "epci"),
    narrow=narrow_to_territory,
)
