"""Naive values of the indicators of data/indicators/coverage.py, by slug."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import Any

from data.reference import read_epci
from data.selection import Selection
from tests import naive


def inhabitants(facts: naive.Facts, selection: Selection) -> int:
    """Those of the selected communes; also for other figures per inhabitant."""
    return sum(commune.population for commune in communes(facts, selection))


def communes(facts: naive.Facts, selection: Selection) -> list[Any]:
    deps, epcis = selection.codes("dep"), selection.codes("epci")
    return [
        commune
        for commune in facts.communes.itertuples()
        if (not deps or commune.dep in deps) and (not epcis or commune.epci in epcis)
    ]


def kilometres(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """The spherical law of cosines would lose digits near by; this is the haversine formula as textbooks write it."""
    north, east = math.radians(lat2 - lat1), math.radians(lon2 - lon1)
    chord = (
        math.sin(north / 2) ** 2 + math.cos(math.radians(lat1)) * math.cos(math.radians(lat2)) * math.sin(east / 2) ** 2
    )
    return 2 * 6371.0088 * math.asin(math.sqrt(chord))


@cache
def near(lon1: float, lat1: float, lon2: float, lat2: float) -> bool:
    return abs(lat1 - lat2) < 0.2 and kilometres(lon1, lat1, lon2, lat2) <= 15


@cache
def seats() -> set[str]:
    return {one.code for one in read_epci() if one.seat_in_normandie}


def anywhere(selection: Selection) -> Selection:
    return selection.with_codes("dep", []).with_codes("epci", [])


def epci_couverts(facts: naive.Facts, selection: Selection) -> float | None:
    counted = {commune.epci for commune in communes(facts, selection)} & seats()
    covered = {place.epci for place in naive.lieux_labellises(facts, anywhere(selection))}
    return len(counted & covered) / len(counted) if counted else None


def labellises_pour_100000(facts: naive.Facts, selection: Selection) -> float | None:
    people = inhabitants(facts, selection)
    return len(naive.lieux_labellises(facts, selection)) / people * 100_000 if people else None


def population_15km(facts: naive.Facts, selection: Selection) -> float | None:
    centres = {commune.code: (commune.lon, commune.lat) for commune in facts.communes.itertuples()}
    points = [
        centres[place.commune] if place.lon is None or place.lat is None else (place.lon, place.lat)
        for place in naive.lieux_labellises(facts, anywhere(selection))
    ]
    reached = sum(
        commune.population
        for commune in communes(facts, selection)
        if any(near(commune.lon, commune.lat, *point) for point in points)
    )
    people = inhabitants(facts, selection)
    return reached / people if people else None


VALUES: dict[str, Callable[[naive.Facts, Selection], float | None]] = {
    "epci-couverts": epci_couverts,
    "labellises-pour-100000": labellises_pour_100000,
    "population-15km": population_15km,
}
