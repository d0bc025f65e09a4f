"""The one-page sheet of a territory: the Région, a département or an intercommunalité."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from dashboard.charts.words import qualified, sentence_of, when_words
from dashboard.components.headline import headline, meeting_line
from dashboard.components.page import Page
from dashboard.components.parts import Headline, beside, headline_part, tiles_part
from dashboard.components.territory_follow import follow_part
from dashboard.components.tile import Tile
from dashboard.components.tile_values import labelled_tile, voted_tile
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.pages.territories.sheet import (
    around_part,
    block,
    places_part,
    sources_part,
    years_part,
)
from dashboard.pages.territories.tiles import near_tile, year_tile
from dashboard.requests.page_request import Asked
from dashboard.urls import tidy
from data.facts.suppression import CONFIDENTIAL, omission
from data.i18n import NARROW, agree, count, day_long, number, percent
from data.indicators.aid import AIDES_VOTEES
from data.indicators.aid_files import AIDE_PAR_HABITANT
from data.indicators.attendance import TAUX_REPONSE, VISITES
from data.indicators.coverage import POPULATION_15KM
from data.queries.comparable_places import last_year
from data.queries.indicators import read_value
from data.queries.population import read_population
from data.queries.sheet import count_states, read_nearest
from data.queries.sources import missing_source
from data.queries.suppression import count_places
from data.queries.target_position import read_standing
from data.reference import read_departements, read_epci

REGION = "normandie"
KINDS = {"dep": "Département", "epci": "Intercommunalité", "": "Région"}
TILES = ("lieux-labellises", "population-15km", "aides-votees", "visites")


@cache
def names() -> dict[str, str]:
    """The name of each territory that has a sheet, by code: they never change while the application runs."""
    epcis = {one.code: one.name for one in read_epci()}
    return {REGION: "Normandie", **{one.code: one.name for one in read_departements()}, **epcis}


def code_of(path: str) -> str:
    """The code in the path of a sheet."""
    return TERRITORY.slug(tidy(path)) or REGION


def level_of(code: str) -> str:
    """The filter that the code belongs to: `dep`, `epci`, or none for the Région."""
    if code == REGION:
        return ""
    return "dep" if len(code) < len("200000000") else "epci"


def narrow(asked: Asked) -> Asked:
    """What is asked, on the territory of the path, whatever the address also says."""
    code = code_of(asked.path)
    level = level_of(code)
    anywhere = asked.selection.anywhere()
    return replace(asked, selection=anywhere.choosing(level, [code]) if level else anywhere)


def named(asked: Asked) -> tuple[str, str]:
    """The code and the name of the territory."""
    code = code_of(asked.path)
    return code, names()[code]


def said(asked: Asked) -> Headline:
    """The territory's name, then where it stands, in a few sentences."""
    code, name = named(asked)
    people = read_population(asked.connection, asked.selection)
    kind = f"{KINDS[level_of(code)]} de {count(people, 'habitant', 'habitants')}, arrêté au"
    opening = f"{kind} {day_long(asked.selection.until)}.{_limits(asked)}"
    lines = (*_label(asked), _near(asked), _aid(asked), _visits(asked))
    return Headline(name, (opening, " ".join(line for line in lines if line)))


def _limits(asked: Asked) -> str:
    """Which filters narrow what the sheet says, once: its sentences do not repeat them."""
    sentence = "Lieux, aides et visites suivent les filtres choisis"
    limited = qualified(sentence, asked.selection, asked.known, ("lieux-labellises", "aides-votees"))
    return f" {limited}." if limited != sentence else ""


def _label(asked: Asked) -> tuple[str, ...]:
    """Against the target where one was voted for just this territory, else what it has."""
    standing = read_standing(asked.connection, asked.selection)
    if standing.missing:
        return (f"{sentence_of(standing.missing)}.",)
    states = count_states(asked.connection, asked.selection)
    examined = states.get("in_process", 0)
    way = f"{number(examined)} {'est' if examined < 2 else 'sont'} en parcours de labellisation." if examined else ""
    if standing.target:
        opening = headline(asked, standing)
        return (f"{opening.title}.", *(line for line in opening.lines[:-1] if isinstance(line, str)), way)
    if not standing.labelled:
        sentence = qualified(
            "Aucun tiers-lieu labellisé à ce jour", asked.selection, asked.known, ("lieux-labellises",)
        )
        return (f"{sentence}.", way, _nearest(asked))
    counted = count(standing.labelled, "tiers-lieu labellisé", "tiers-lieux labellisés")
    sentence = qualified(f"{counted} à ce jour", asked.selection, asked.known, ("lieux-labellises",))
    return (f"{sentence}.", way)


def _nearest(asked: Asked) -> str:
    """What is nearest to a territory that has nothing."""
    found = read_nearest(asked.connection, asked.selection)
    if found is None:
        return ""
    return (
        f"Le lieu labellisé le plus proche du centre de {found.town}, sa commune la plus peuplée, est "
        f"«{NARROW}{found.place}{NARROW}», à {number(found.kilometres)}{NARROW}km à vol d’oiseau."
    )


def _near(asked: Asked) -> str:
    near = read_value(asked.connection, POPULATION_15KM, asked.selection).value
    if near is None:
        return ""
    return f"{percent(near)} des habitants vivent à moins de 15{NARROW}km d’un lieu labellisé, à vol d’oiseau."


def _aid(asked: Asked) -> str:
    missing = missing_source(asked.connection, AIDES_VOTEES.necessary)
    if missing:
        return f"{sentence_of(missing)}."
    amount = read_value(asked.connection, AIDES_VOTEES, asked.selection).value
    when = when_words(asked.selection)
    if not amount:
        return f"La Région n’y a voté aucune aide aux tiers-lieux {when}."
    each = AIDE_PAR_HABITANT.unit.text(read_value(asked.connection, AIDE_PAR_HABITANT, asked.selection).value)
    voted = f"La Région y a voté {AIDES_VOTEES.unit.text(amount)} d’aides au titre de ses deux leviers {when}"
    return f"{voted}, soit {each} par habitant."


def _visits(asked: Asked) -> str:
    missing = missing_source(asked.connection, VISITES.necessary)
    if missing:
        return f"{sentence_of(missing)}."
    year = last_year(asked.selection).choosing("unite", ())
    visits = read_value(asked.connection, VISITES, year).value
    rate = read_value(asked.connection, TAUX_REPONSE, year).value
    omitted = count_places(asked.connection, "declared", year).get((), 0)
    if visits is None and omitted:
        return f"Ses visites ne sont pas montrées{NARROW}: {CONFIDENTIAL}."
    if visits is None:
        return "Aucune visite n’y a été déclarée en douze mois."
    answers = f", {percent(rate)} des déclarations attendues étant arrivées" if rate is not None else ""
    without = f", {omission(omitted)}," if omitted else ""
    have = agree(visits, "a été déclarée", "ont été déclarées")
    return f"{VISITES.unit.text(visits)} y {have}{without} en douze mois{answers}."


def tiles(asked: Asked) -> tuple[Tile, ...]:
    """The four figures."""
    connection, selection = asked.connection, asked.selection
    return (
        labelled_tile(selection, read_standing(connection, selection)),
        near_tile(connection, selection),
        voted_tile(connection, selection),
        year_tile(connection, selection),
    )


def meeting(asked: Asked) -> list[Element]:
    """When decisions are next taken, and what the territory has ready for it."""
    lines = meeting_line(asked) or ("Aucune séance à venir n’est enregistrée.",)
    return [tags.P(line) for line in lines]


TERRITORY = Page(
    "/territoires/<slug>",
    lambda slug: f"{names()[slug]} – Territoires",
    (
        headline_part(said),
        follow_part(named),
        tiles_part(tiles),
        years_part(),
        beside(
            (
                places_part(),
                beside((around_part(), block("meeting", lambda _asked: "Séance de décision", meeting)), "sheet-side"),
            ),
            "sheet-pair",
        ),
        sources_part(TILES),
    ),
    kind="territory",
    knows=lambda slug: slug in names(),
    hides=("dep", "epci"),
    narrow=narrow,
)
