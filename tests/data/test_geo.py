"""Distances on the sphere, and who is near whom."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.geo import CHUNK_SIZE, REACH_KM, are_within_reach, distance_matrix, nearest_place, places_within_reach

POINT = st.tuples(st.floats(-2.0, 2.0), st.floats(48.0, 50.2))
ROUEN, LE_HAVRE, CAEN = (1.0932, 49.4431), (0.1079, 49.4938), (-0.3700, 49.1829)
DEGREE = 6371.0088 * math.pi / 180  # kilometres along a meridian


@pytest.mark.parametrize(("first", "second", "expected"), [(ROUEN, LE_HAVRE, 71.4), (LE_HAVRE, CAEN, 48.9)])
def test_known_distances(first: tuple[float, float], second: tuple[float, float], expected: float) -> None:
    assert distance_matrix([first], [second])[0, 0] == pytest.approx(expected, abs=0.4)


def test_along_a_meridian_and_round_the_earth() -> None:
    assert distance_matrix([(0.0, 49.0)], [(0.0, 50.0), (0.0, 49.0), (180.0, -49.0)])[0].tolist() == pytest.approx(
        [DEGREE, 0.0, 180 * DEGREE]
    )


@given(POINT, POINT)
def test_a_distance_is_the_same_both_ways_and_that_of_the_law_of_cosines(
    first: tuple[float, float], second: tuple[float, float]
) -> None:
    found = float(distance_matrix([first], [second])[0, 0])
    assert found == float(distance_matrix([second], [first])[0, 0])
    (lon1, lat1), (lon2, lat2) = (tuple(map(math.radians, one)) for one in (first, second))
    cosine = math.sin(lat1) * math.sin(lat2) + math.cos(lat1) * math.cos(lat2) * math.cos(lon2 - lon1)
    assert found == pytest.approx(6371.0088 * math.acos(min(1.0, cosine)), abs=0.2)


def test_near_is_15_km_at_most() -> None:
    just, beyond = (0.0, 49.0 + (REACH_KM - 1e-6) / DEGREE), (0.0, 49.0 + (REACH_KM + 1e-6) / DEGREE)
    assert list(places_within_reach([(0.0, 49.0)], [beyond, just])) == [[1]]


def test_each_origin_has_its_answer_however_many_there_are() -> None:
    origins = [(0.0, 48.0 + rank / 1_000) for rank in range(2 * CHUNK_SIZE + 3)]
    found = list(places_within_reach(origins, [origins[0], origins[-1]]))
    assert len(found) == len(origins)
    assert (found[0], found[CHUNK_SIZE], found[-1]) == ([0], [], [1])


CLOSE = st.tuples(st.floats(-1.0, 1.0), st.floats(48.5, 49.5))


@given(st.lists(CLOSE, max_size=3 * CHUNK_SIZE), st.lists(CLOSE, max_size=8))
def test_an_origin_is_near_when_a_place_is(
    origins: list[tuple[float, float]], places: list[tuple[float, float]]
) -> None:
    assert are_within_reach(origins, places) == [len(near) > 0 for near in places_within_reach(origins, places)]


def test_near_says_so_up_to_15_km() -> None:
    just, beyond = (0.0, 49.0 + (REACH_KM - 1e-6) / DEGREE), (0.0, 49.0 + (REACH_KM + 1e-6) / DEGREE)
    assert are_within_reach([just, beyond], [(0.0, 49.0)]) == [True, False]


@given(POINT, st.lists(POINT, min_size=1, max_size=8))
def test_the_nearest_is_the_least_of_all_distances(
    origin: tuple[float, float], places: list[tuple[float, float]]
) -> None:
    row = distance_matrix([origin], places)[0]
    rank, kilometres = nearest_place(origin, places)
    assert kilometres == row[rank] == row.min()


def test_nothing_to_compare() -> None:
    assert are_within_reach([], [ROUEN]) == []
    assert are_within_reach([ROUEN, CAEN], []) == [False, False]
    assert list(places_within_reach([], [ROUEN])) == []
    assert list(places_within_reach([ROUEN, CAEN], [])) == [[], []]
