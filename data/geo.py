"""Distances on the sphere, on arrays: the only geometry of the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

RADIUS = 6371.0088  # kilometres, the mean radius of the Earth
REACH = 15.0  # kilometres as the crow flies: « à moins de 15 km »
AT_ONCE = 256  # points compared at a time, so that memory stays small whatever their number

Points = Sequence[tuple[float, float]]  # longitude, latitude, in degrees
Radians = NDArray[np.float64]


def distances(origins: Points, places: Points) -> NDArray[np.float64]:
    """Kilometres as the crow flies (haversine) from each origin to each place: one row per origin."""
    lon, lat = _radians(origins)
    return _haversine(lon[:, None], lat[:, None], *_radians(places))


def places_near(origins: Points, places: Points) -> Iterator[list[int]]:
    """For each origin, the ranks of the places within REACH of it, in order."""
    for first in range(0, len(origins), AT_ONCE):
        near = distances(origins[first : first + AT_ONCE], places) <= REACH
        yield from (np.flatnonzero(row).tolist() for row in near)


def nearest(origins: Points, places: Points) -> list[tuple[int, float]]:
    """For each origin, the rank of the place nearest to it and the kilometres between them; `places` is not empty.

    The nearest is the one whose direction from the middle of the Earth is the most alike: a product of matrices, much
    quicker than every distance.
    """
    towards = _directions(places).T
    ranks = np.concatenate(
        [
            (_directions(origins[first : first + AT_ONCE]) @ towards).argmax(axis=1)
            for first in range(0, len(origins), AT_ONCE)
        ]
        or [np.empty(0, dtype=np.intp)]
    )
    lon, lat = _radians(places)
    kilometres = _haversine(*_radians(origins), lon[ranks], lat[ranks])
    return list(zip(ranks.tolist(), kilometres.tolist(), strict=True))


def _haversine(lon1: Radians, lat1: Radians, lon2: Radians, lat2: Radians) -> NDArray[np.float64]:
    north = np.sin((lat1 - lat2) / 2) ** 2
    east = np.sin((lon1 - lon2) / 2) ** 2
    chord = np.minimum(1.0, north + np.cos(lat1) * np.cos(lat2) * east)
    kilometres: NDArray[np.float64] = 2 * RADIUS * np.arcsin(np.sqrt(chord))
    return kilometres


def _radians(points: Points) -> tuple[Radians, Radians]:
    pairs = np.radians(np.asarray(points, dtype=np.float64).reshape(-1, 2))
    return pairs[:, 0], pairs[:, 1]


def _directions(points: Points) -> NDArray[np.float64]:
    lon, lat = _radians(points)
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
