"""The territories nearest to one by their population and the density of their labelled places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import hypot, log
from statistics import pstdev
from typing import NamedTuple

from sqlalchemy import Connection

from data.engine import cached_on_snapshot
from data.facts.label import LABEL_SOURCES
from data.queries.sources import missing_source_reason
from data.queries.territories import (
    read_place_counts_by_territory,
    read_selected_departements,
    read_selected_intercommunalites,
)
from data.selection import Selection
from data.types import TerritoryColumn

SIMILAR_TERRITORIES = 3
INHABITANTS_OF_A_DENSITY = 100_000


class TerritoryProfile(NamedTuple):
    """A whole territory: inhabitants, and labelled places per 100 000 of them (None: the labels are not loaded)."""

    code: str
    name: str
    population: int
    density: float | None


def read_similar_territories(
    connection: Connection,
    selection: Selection,
    column: TerritoryColumn,
    code: str,
    limit: int = SIMILAR_TERRITORIES,
) -> list[TerritoryProfile]:
    """The `limit` territories of the kind of one (`dep` or `epci`) that resemble it most, the nearest first.

    Labelled places are all those at `until`: the other filters of the selection change nothing. The distance is that
    of the logarithm of the population and of the density, each in standard deviations of the kind; without labels, of
    the population alone. Ties are by name. Empty for a territory of which the population is not known: none, or an
    intercommunalité with its seat outside Normandie, of which only a part is known; these are never proposed either.
    """
    profiles = read_territory_profiles(connection, Selection((), None, selection.until), column)
    chosen = next((profile for profile in profiles if profile.code == code), None)
    return [] if chosen is None else nearest_profiles(chosen, profiles)[:limit]


@cached_on_snapshot
def read_territory_profiles(
    connection: Connection, selection: Selection, column: TerritoryColumn
) -> list[TerritoryProfile]:
    """The profile of each département or intercommunalité with a commune in the selection and a known population."""
    territories: Iterable[tuple[str, str, int]]
    if column == "dep":
        territories = read_selected_departements(connection, selection)
    else:
        epcis = read_selected_intercommunalites(connection, selection)
        territories = [(epci.code, epci.name, epci.population) for epci in epcis if epci.seat_in_normandie]
    known = missing_source_reason(connection, LABEL_SOURCES) is None
    places = read_place_counts_by_territory(connection, selection, column)
    return [
        TerritoryProfile(code, name, people, places.get(code, 0) * INHABITANTS_OF_A_DENSITY / people if known else None)
        for code, name, people in territories
        if people
    ]


def nearest_profiles(chosen: TerritoryProfile, profiles: Sequence[TerritoryProfile]) -> list[TerritoryProfile]:
    """The other profiles, the nearest to `chosen` first, then by name and code."""
    people = _standardised([log(profile.population) for profile in profiles])
    densities = _standardised([profile.density or 0.0 for profile in profiles])
    rank = next(rank for rank, profile in enumerate(profiles) if profile.code == chosen.code)
    distances = {
        profile.code: round(hypot(people[each] - people[rank], densities[each] - densities[rank]), 9)
        for each, profile in enumerate(profiles)
    }
    others = [profile for profile in profiles if profile.code != chosen.code]
    return sorted(others, key=lambda profile: (distances[profile.code], profile.name, profile.code))


def similarity_text(territories: Sequence[TerritoryProfile]) -> str:
    """The method, as a French caption: « Territoires proches par leur population et leur densité de tiers-lieux
    labellisés ».
    """
    is_known = all(territory.density is not None for territory in territories)
    density = " et leur densité de tiers-lieux labellisés" if is_known else ""
    return f"Territoires proches par leur population{density}"


def _standardised(values: Sequence[float]) -> list[float]:
    """The values in standard deviations; all 0 when they are alike."""
    deviation = pstdev(values)
    return [value / deviation if deviation else 0.0 for value in values]
