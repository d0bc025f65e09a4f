"""Distances on the sphere, on arrays: the only geometry of the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

RADIUS = 6371.0088  # kilometres, the mean radius of the Earth
REACH = 15.0  # kilometres as the crow flies: « à moins de 15 km »
AT_ONCE = 256  # points compared at a time, so that memory stays small whatever their number

Points = Sequence[tuple[float, float]]  # longitude, latitude, in degrees


def distances(origins: Points, places: Points) -> NDArray[np.float64]:
    """Kilometres as the crow flies (haversine) from each origin to each place: one row per origin."""
    lon1, lat1 = _radians(origins)
    lon2, lat2 = _radians(places)
    north = np.sin((lat1[:, None] - lat2) / 2) ** 2
    east = np.sin((lon1[:, None] - lon2) / 2) ** 2
    chord = np.minimum(1.0, north + np.cos(lat1)[:, None] * np.cos(lat2) * east)
    kilometres: NDArray[np.float64] = 2 * RADIUS * np.arcsin(np.sqrt(chord))
    return kilometres


def places_near(origins: Points, places: Points) -> Iterator[list[int]]:
    """For each origin, the ranks of the places within REACH of it, in order."""
    for first in range(0, len(origins), AT_ONCE):
        near = distances(origins[first : first + AT_ONCE], places) <= REACH
        yield from (np.flatnonzero(row).tolist() for row in near)


def _radians(points: Points) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    pairs = np.radians(np.asarray(points, dtype=np.float64).reshape(-1, 2))
    return pairs[:, 0], pairs[:, 1]
