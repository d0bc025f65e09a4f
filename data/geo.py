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
    """For each origin, the ranks of the places within REACH_KM of it, in order."""
    origin_vectors, place_vectors = _unit_vectors(origins), _unit_vectors(places)
    for first in range(0, len(origins), CHUNK_SIZE):
        near = origin_vectors[:, first : first + CHUNK_SIZE].T @ place_vectors >= np.cos(REACH_KM / EARTH_RADIUS_KM)
        yield from (np.flatnonzero(row).tolist() for row in near)


def are_within_reach(origins: Points, places: Points) -> list[bool]:
    """For each origin, whether a place is within REACH_KM of it.

    Squared chords of the unit sphere are compared, only with places in the same band of latitude: a few milliseconds,
    where every distance would take a hundred.
    """
    line = 2 * np.sin(REACH_KM / EARTH_RADIUS_KM / 2)
    origin_vectors, place_vectors = _unit_vectors(origins), _unit_vectors(places)
    place_vectors = place_vectors[:, place_vectors[2].argsort()]
    within_reach = np.zeros(len(origins), dtype=bool)
    northwards = origin_vectors[2].argsort()
    for first in range(0, len(origins), CHUNK_SIZE):
        chunk = northwards[first : first + CHUNK_SIZE]
        south, north = origin_vectors[2][chunk[[0, -1]]]
        around = place_vectors[:, slice(*place_vectors[2].searchsorted([south - line, north + line]))]
        apart = sum((origin_vectors[axis][chunk, None] - around[axis]) ** 2 for axis in range(3))
        within_reach[chunk] = (apart <= line**2).any(axis=1)
    return within_reach.tolist()


def nearest_place(origin: tuple[float, float], places: Points) -> tuple[int, float]:
    """The rank of the place nearest to the origin and the kilometres between them; `places` is not empty."""
    kilometres = distance_matrix([origin], places)[0]
    rank = int(kilometres.argmin())
    return rank, float(kilometres[rank])


def nearest_places(origins: Points, places: Points) -> list[tuple[int, float]]:
    """For each origin, the rank of the place nearest to it and the kilometres between them; `places` is not empty.

    The nearest is found by its direction from the middle of the Earth: one product of matrices, not a distance to each.
    """
    origin_vectors, place_vectors = _unit_vectors(origins), _unit_vectors(places)
    ranks = np.concatenate(
        [
            (origin_vectors[:, first : first + CHUNK_SIZE].T @ place_vectors).argmax(axis=1)
            for first in range(0, max(origin_vectors.shape[1], 1), CHUNK_SIZE)
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
    """Points of the unit sphere as a 3 × n array, one row per axis, the last towards the North."""
    lon, lat = _radians(points)
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
