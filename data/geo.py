"""Distances on the sphere, on arrays: the only geometry of the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS_KM = 6371.0088  # kilometres, the mean radius of the Earth
REACH_KM = 15.0  # kilometres as the crow flies: « à moins de 15 km »
CHUNK_SIZE = 256  # points compared at a time, so that memory stays small whatever their number

Points = Sequence[tuple[float, float]]  # longitude, latitude, in degrees
Radians = NDArray[np.float64]


def distance_matrix(origins: Points, places: Points) -> NDArray[np.float64]:
    """Kilometres as the crow flies (haversine) from each origin to each place: one row per origin."""
    lon, lat = _radians(origins)
    return _haversine(lon[:, None], lat[:, None], *_radians(places))


def places_within_reach(origins: Points, places: Points) -> Iterator[list[int]]:
    """For each origin, the ranks of the places within REACH of it, in order: angles are compared, to the micrometre."""
    here, there = _unit_vectors(origins), _unit_vectors(places)
    for first in range(0, len(origins), CHUNK_SIZE):
        near = here[:, first : first + CHUNK_SIZE].T @ there >= np.cos(REACH_KM / EARTH_RADIUS_KM)
        yield from (np.flatnonzero(row).tolist() for row in near)


def are_within_reach(origins: Points, places: Points) -> list[bool]:
    """For each origin, whether a place is within REACH of it.

    Straight lines through the Earth are compared, and only with the places as far north, give or take one such line:
    a few milliseconds where every distance would take a hundred.
    """
    line = 2 * np.sin(REACH_KM / EARTH_RADIUS_KM / 2)
    here, there = _unit_vectors(origins), _unit_vectors(places)
    there = there[:, there[2].argsort()]
    found = np.zeros(len(origins), dtype=bool)
    northwards = here[2].argsort()
    for first in range(0, len(origins), CHUNK_SIZE):
        some = northwards[first : first + CHUNK_SIZE]
        south, north = here[2][some[[0, -1]]]
        around = there[:, slice(*there[2].searchsorted([south - line, north + line]))]
        apart = sum((here[axis][some, None] - around[axis]) ** 2 for axis in range(3))
        found[some] = (apart <= line**2).any(axis=1)
    return found.tolist()


def nearest_place(origin: tuple[float, float], places: Points) -> tuple[int, float]:
    """The rank of the place nearest to the origin and the kilometres between them; `places` is not empty."""
    kilometres = distance_matrix([origin], places)[0]
    rank = int(kilometres.argmin())
    return rank, float(kilometres[rank])


def nearest_places(origins: Points, places: Points) -> list[tuple[int, float]]:
    """For each origin, the rank of the place nearest to it and the kilometres between them; `places` is not empty.

    The nearest is found by its direction from the middle of the Earth: one product of matrices, not a distance to each.
    """
    here, there = _unit_vectors(origins), _unit_vectors(places)
    ranks = np.concatenate(
        [
            (here[:, first : first + CHUNK_SIZE].T @ there).argmax(axis=1)
            for first in range(0, max(here.shape[1], 1), CHUNK_SIZE)
        ]
    )
    lon, lat = _radians(origins)
    far_lon, far_lat = (axis[ranks] for axis in _radians(places))
    return list(zip(ranks.tolist(), _haversine(lon, lat, far_lon, far_lat).tolist(), strict=True))


def _haversine(lon1: Radians, lat1: Radians, lon2: Radians, lat2: Radians) -> NDArray[np.float64]:
    north = np.sin((lat1 - lat2) / 2) ** 2
    east = np.sin((lon1 - lon2) / 2) ** 2
    chord = np.minimum(1.0, north + np.cos(lat1) * np.cos(lat2) * east)
    kilometres: NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(chord))
    return kilometres


def _radians(points: Points) -> tuple[Radians, Radians]:
    pairs = np.radians(np.asarray(points, dtype=np.float64).reshape(-1, 2))
    return pairs[:, 0], pairs[:, 1]


def _unit_vectors(points: Points) -> NDArray[np.float64]:
    """Where they are in a sphere of radius 1: a row for each axis, the last towards the North."""
    lon, lat = _radians(points)
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
