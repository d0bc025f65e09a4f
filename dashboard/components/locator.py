"""A small map that shows where a territory lies: light outlines of the départements, the territory filled."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import pairwise

from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.figures.map import to_kilometres

UNITS_PER_KM = 2  # a pixel of a screen, at the size of the map: half the bytes of finer outlines
MARGIN = 4  # units around the outlines

Ring = list[tuple[int, int]]


def locator_map(departements: Iterable[str], territory: str, label: str) -> Element:
    """The map as SVG. `departements` and `territory` are rings in degrees, as JSON; `label` is its French text."""
    borders = [ring for rings in departements for ring in _rings(rings)]
    area = list(_rings(territory))
    points = [point for ring in (*borders, *area) for point in ring]
    west, north = (min(point[axis] for point in points) - MARGIN for axis in (0, 1))
    width, height = (max(point[axis] for point in points) + MARGIN - first for axis, first in ((0, west), (1, north)))
    return tags.Svg(
        [
            tags.Path(d=_path(borders), className="locator-land"),
            tags.Path(d=_path(area), className="locator-area"),
        ],
        viewBox=f"{west} {north} {width} {height}",
        className="locator-map",
        role="img",
        aria_label=label,
    )


def _rings(rings: str) -> Iterator[Ring]:
    """Rings in units east and south, without the points that repeat the one before."""
    for ring in json.loads(rings):
        points: Ring = []
        for lon, lat in ring:
            east, north = to_kilometres(lon, lat)
            point = (round(east * UNITS_PER_KM), round(-north * UNITS_PER_KM))
            if not points or points[-1] != point:
                points.append(point)
        yield points


def _path(rings: Iterable[Ring]) -> str:
    """Each ring from its first point, then by steps: shorter than absolute points."""
    return "".join(_ring_path(ring) for ring in rings)


def _ring_path(ring: Ring) -> str:
    steps = ((x - before_x, y - before_y) for (before_x, before_y), (x, y) in pairwise(ring))
    return f"M{ring[0][0]} {ring[0][1]}l{' '.join(f'{x} {y}' for x, y in steps)}z"
