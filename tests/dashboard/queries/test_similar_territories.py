"""Similar territories: the nearest by population and density, recomputed from the raw rows in the plainest way."""

from __future__ import annotations

from datetime import date
from math import log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from data import reference
from data.engine import reading
from data.queries.similar_territories import (
    TerritoryProfile,
    nearest_profiles,
    read_similar_territories,
    similarity_text,
)
from data.selection import Selection
from tests import naive
from tests.naive.territories import population

DAYS = (date(2019, 6, 30), date(2020, 12, 31))


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("column", ["dep", "epci"])
def test_similar_territories_are_those_of_a_plain_recomputation(demo_engine: Engine, column: str, day: date) -> None:
    with reading(demo_engine) as connection:
        facts = naive.read_facts(connection)
        expected = _naive(facts, column, day)
        for code, names in list(expected.items())[:12]:
            narrowed = Selection((("dep", ("14",)), ("porteur", ("public",))), None, day)
            found = read_similar_territories(connection, narrowed, column, code)  # type: ignore[arg-type]
            assert [one.name for one in found] == names[:3], code
            assert "densité de tiers-lieux" in similarity_text(found)


def _naive(facts: naive.Facts, column: str, day: date) -> dict[str, list[str]]:
    """The names of the others by code, the nearest first: loops over communes and places."""
    read = reference.read_departements if column == "dep" else reference.read_epci
    names = {one.code: one.name for one in read() if getattr(one, "seat_in_normandie", True)}
    people = {code: population(facts, **{column: code}) for code in names}
    places = naive.lieux_labellises(facts, Selection((), None, day))
    densities = {
        code: 100_000 * sum(getattr(place, column) == code for place in places) / people[code] for code in names
    }
    logarithms = {code: log(people[code]) for code in names}
    found = {}
    for code in names:
        distances = {
            other: sqrt(
                ((logarithms[code] - logarithms[other]) / _deviation(logarithms)) ** 2
                + ((densities[code] - densities[other]) / _deviation(densities)) ** 2
            )
            for other in names
            if other != code
        }
        nearest = sorted(distances, key=lambda other: (round(distances[other], 9), names[other]))
        found[code] = [names[other] for other in nearest]
    return found


def _deviation(values: dict[str, float]) -> float:
    mean = sum(values.values()) / len(values)
    return sqrt(sum((one - mean) ** 2 for one in values.values()) / len(values))


def test_without_labels_the_population_alone_decides(engine: Engine) -> None:
    with reading(engine) as connection:
        found = read_similar_territories(connection, Selection((), None, DAYS[1]), "dep", "61")
    assert [one.code for one in found] == ["50", "27", "14"]
    assert {one.density for one in found} == {None}
    assert similarity_text(found) == "Territoires proches par leur population"


def test_a_territory_of_which_a_part_only_is_known_is_not_compared(demo_engine: Engine) -> None:
    outside = [one.code for one in reference.read_epci() if not one.seat_in_normandie]
    selection = Selection((), None, DAYS[1])
    with reading(demo_engine) as connection:
        assert outside
        assert not any(read_similar_territories(connection, selection, "epci", code) for code in outside)
        proposed = read_similar_territories(connection, selection, "epci", "200068799", 100)
    assert not {one.code for one in proposed} & set(outside)


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from([0.0, 1.5, 3.0])), min_size=2, max_size=8), st.randoms())
def test_the_order_of_territories_changes_nothing(numbers: list[tuple[int, float]], random: object) -> None:
    profiles = [TerritoryProfile(str(rank), f"n{rank}", *each) for rank, each in enumerate(numbers)]
    shuffled = list(profiles)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    nearest = nearest_profiles(profiles[0], profiles)
    assert nearest == nearest_profiles(profiles[0], shuffled)
    assert set(nearest) == set(profiles[1:])
    alike = [profile for profile in nearest if profile[2:] == profiles[0][2:]]
    assert nearest[: len(alike)] == alike
