"""Territories on ordinary axes: filled outlines, borders, places. Geo traces would fetch maps from a network.

Every territory is always drawn. The browser holds the outlines (`meta` of the layout) and makes one shape per class
(assets/figures.js), since each shape costs plotly as much as a trace. From one selection to another only classes, hover
texts, dots and the extent change (`rate_map_changes`): a few hundred bytes instead of all outlines.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import pandas as pd

from dashboard.figures.base import (
    BORDER_COLOUR,
    HIDDEN_AXIS,
    INK,
    MUTED,
    RAMP,
    UNSELECTED,
    WHITE,
    Figure,
    FigureChanges,
    FrameRow,
    Trace,
    apply_changes,
    figure,
    mark_rows,
    records,
)
from data.i18n import number
from data.units import Unit

KM_PER_DEGREE = 111.2
LONGITUDE_RATIO = math.cos(math.radians(49.1))  # a degree of longitude to one of latitude, in the middle of Normandie
RATE_BOUNDS = (0.0, 2.0, 5.0, 10.0)  # upper bounds, included; fixed, so that two maps compare
CLASS_NAMES = ("aucun", "jusqu’à 2", "2 à 5", "5 à 10", "plus de 10")
EXTENT_MARGIN = 0.03  # share of the extent, on each side
NEAR_SHARE = 0.035  # of the longest side: places nearer than that share a mark
DOT_PIXELS, GROUP_PIXELS = 8, 17
DOT_MARKER = {"color": INK, "line": {"color": WHITE, "width": 1.2}}
MAX_DRAWN_PLACES = 300  # more dots would hide the fills
HOVER_PIXELS = 12  # distance from a dot at which its hover shows; that of an area is in assets/hover.js

Point = tuple[float, float, str]  # longitude, latitude (or km east, km north), name


class OutlinesByCode(Protocol):
    """Rings as JSON, by code: `[[[longitude, latitude], …], …]`."""

    @property
    def epci(self) -> Mapping[str, str]: ...
    @property
    def departement(self) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class Area:
    """A territory in kilometres east and north: its outline as an SVG path, its centroid, its extent in both
    directions.
    """

    path: str
    middle: tuple[float, float]
    east: tuple[float, float]
    north: tuple[float, float]


@dataclass(frozen=True)
class MapLabels:
    """Units of the `places` and of their `rate` in the hover, and the name of a dot in the legend."""

    places: Unit
    rate: Unit
    dot: str


def draw_rate_map(frame: pd.DataFrame, labels: MapLabels) -> Figure:
    """A map of rates by class, with places as dots.

    `frame`, one row per territory shown: `code`, `name`, `places`, `rate` (None when not known), `remark`, `points`
    (Point of each place). Its attribute `outlines` (OutlinesByCode) draws these territories and the others.
    """
    outlines: OutlinesByCode = frame.attrs["outlines"]
    areas = [project_area(rings) for rings in outlines.epci.values()]
    borders = "".join(project_area(rings).path for rings in outlines.departement.values())
    base = figure(
        [
            _name_trace(),
            _place_trace(labels.dot),
            *(_legend_trace(name, colour) for name, colour in zip(CLASS_NAMES, RAMP, strict=True)),
            _legend_trace("non connu", WHITE, UNKNOWN_SYMBOL),
        ],
        meta={"paths": [area.path for area in areas], "middles": [area.middle for area in areas]},
        shapes=[
            *(_shape({"fillcolor": fill, "line": {"color": BORDER_COLOUR, "width": 0.8}}) for fill in _CLASS_FILLS),
            *([_shape({"path": borders, "line": {"color": INK, "width": 1.4}})] if borders else []),
        ],
        hovermode="closest",
        hoverdistance=HOVER_PIXELS,
        showlegend=True,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        legend=_LEGEND,
        xaxis=HIDDEN_AXIS | {"constrain": "domain"},
        yaxis=HIDDEN_AXIS | {"scaleanchor": "x", "scaleratio": 1, "constrain": "domain", "constraintoward": "top"},
    )
    return apply_changes(base, rate_map_changes(frame, labels))


def rate_map_changes(frame: pd.DataFrame, labels: MapLabels) -> FigureChanges:
    """The part of the map that depends on the selection: a class per outline, the hover texts, the dots and the
    extent.
    """
    outlines: OutlinesByCode = frame.attrs["outlines"]
    areas = {code: project_area(rings) for code, rings in outlines.epci.items()}
    rows = {row["code"]: row for row in records(frame)}
    shown_rows = [rows[code] for code in areas if code in rows]
    east, north = _extent([areas[code] for code in areas if code in rows] or list(areas.values()))
    classes = "".join(str(_fill_index(rows.get(code))) for code in areas)
    return {
        ("layout", "meta"): {"classes": classes},
        ("layout", "xaxis"): {"range": east},
        ("layout", "yaxis"): {"range": north},
        ("data", 0): {
            "text": [_hover_text(row, labels) for row in shown_rows],
            "meta": mark_rows(shown_rows),
        },
        ("data", 0, "marker"): {"opacity": [int(row["rate"] is None) for row in shown_rows]},
        ("data", 1): _place_marks(list(rows.values()), max(east[1] - east[0], north[1] - north[0])),
        **{
            ("data", 2 + rank): {"visible": str(rank + 1) in classes} for rank in range(len(RAMP) + 1)
        },  # the legend has what is drawn
    }


UNKNOWN_SYMBOL = "x-thin-open"  # of an unknown rate, which differs from zero by more than colour

_LEGEND = {
    "orientation": "h",
    "x": 0,
    "xanchor": "left",
    "y": 1.01,
    "yanchor": "bottom",
    "font": {"color": INK, "size": 12},
    "itemclick": False,
    "itemdoubleclick": False,
}


def rate_class(rate: float) -> int:
    """The class of a rate: 0 for none, then by RATE_BOUNDS."""
    return sum(rate > bound for bound in RATE_BOUNDS)


_CLASS_FILLS = (UNSELECTED, *RAMP, WHITE)  # by class in `meta`: outside the selection, by rate, unknown


def _fill_index(row: FrameRow | None) -> int:
    if row is None:
        return 0
    return len(RAMP) + 1 if row["rate"] is None else 1 + rate_class(row["rate"])


def _hover_text(row: FrameRow, labels: MapLabels) -> str:
    rate = "taux non connu" if row["rate"] is None else labels.rate.text(row["rate"])
    remark = f"<br>{row['remark']}" if row["remark"] else ""
    return f"<b>{row['name']}</b><br>{labels.places.text(row['places'])}, {rate}{remark}"


def _name_trace() -> Trace:
    """The text of each territory shown (assets/hover.js); the mark at its centroid is visible only where the rate is
    not known.
    """
    mark = {"symbol": UNKNOWN_SYMBOL, "color": MUTED, "size": 12}
    return {"type": "scatter", "mode": "markers", "hoverinfo": "skip", "showlegend": False, "marker": mark}


def _place_marks(rows: Sequence[FrameRow], extent: float) -> dict[str, Any]:
    """A dot for each place; for places nearer than dots are wide, one larger mark with their number. `extent` is the
    longest side of the map, in km.
    """
    points = [point for row in rows for point in row["points"]]
    groups = _near_groups(points, extent * NEAR_SHARE) if len(points) <= MAX_DRAWN_PLACES else []
    return {
        "x": [round(sum(east for east, _north, _name in group) / len(group), 1) for group in groups],
        "y": [round(sum(north for _east, north, _name in group) / len(group), 1) for group in groups],
        "text": [f"<b>{number(len(group))}</b>" if len(group) > 1 else "" for group in groups],
        "hovertext": ["<br>".join(name for _east, _north, name in group) for group in groups],
        "marker": DOT_MARKER | {"size": [DOT_PIXELS if len(group) == 1 else GROUP_PIXELS for group in groups]},
        "visible": bool(groups),
    }


def _near_groups(points: Sequence[Point], distance: float) -> list[list[Point]]:
    """The points in km, each with the first group whose first point is nearer than `distance` (km)."""
    groups: list[list[Point]] = []
    for lon, lat, name in points:
        east, north = to_kilometres(lon, lat)
        group = next((one for one in groups if math.dist(one[0][:2], (east, north)) < distance), None)
        if group is None:
            groups.append([(east, north, name)])
        else:
            group.append((east, north, name))
    return groups


def _shape(look: dict[str, Any]) -> dict[str, Any]:
    return {"type": "path", "layer": "below"} | look


def _place_trace(name: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": name,
        "hoverinfo": "text",
        "textposition": "middle center",
        "textfont": {"color": WHITE, "size": 11},
    }


def _legend_trace(name: str, colour: str, symbol: str = "square") -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [None],
        "y": [None],
        "marker": {"symbol": symbol, "color": colour, "size": 12, "line": {"color": MUTED, "width": 1}},
        "hoverinfo": "skip",
    }


def _extent(areas: Iterable[Area]) -> tuple[list[float], list[float]]:
    """The extent of the areas, east and north, with a margin."""
    area_list = list(areas)
    return _padded_range([area.east for area in area_list]), _padded_range([area.north for area in area_list])


def _padded_range(ranges: Sequence[tuple[float, float]]) -> list[float]:
    if not ranges:
        return [0, 1]
    least, most = min(low for low, _high in ranges), max(high for _low, high in ranges)
    padding = (most - least) * EXTENT_MARGIN
    return [round(least - padding, 1), round(most + padding, 1)]


@lru_cache(maxsize=512)  # outlines change only with a file of boundaries
def project_area(rings: str) -> Area:
    """The Area of rings in degrees (JSON)."""
    projected = [[to_kilometres(lon, lat) for lon, lat in ring] for ring in json.loads(rings)]
    east = [x for ring in projected for x, _y in ring]
    north = [y for ring in projected for _x, y in ring]
    return Area(
        path="".join(f"M{'L'.join(f'{x},{y}' for x, y in ring)}Z" for ring in projected),
        middle=max(
            (_surface_and_centroid(ring) for ring in projected),
            key=lambda surface_and_centroid: surface_and_centroid[0],
        )[1],
        east=(min(east), max(east)),
        north=(min(north), max(north)),
    )


def _surface_and_centroid(ring: Sequence[tuple[float, float]]) -> tuple[float, tuple[float, float]]:
    """The surface of a ring and its centroid (the mean of its points when the surface is 0)."""
    doubled, x_moment, y_moment = 0.0, 0.0, 0.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x1 * y2 - x2 * y1
        doubled += cross
        x_moment += (x1 + x2) * cross
        y_moment += (y1 + y2) * cross
    if not doubled:
        return 0.0, (sum(x for x, _y in ring) / len(ring), sum(y for _x, y in ring) / len(ring))
    return abs(doubled) / 2, (round(x_moment / doubled / 3, 1), round(y_moment / doubled / 3, 1))


def to_kilometres(lon: float, lat: float) -> tuple[float, float]:
    """Degrees to kilometres, east and north, to 100 m: the resolution of a screen, in half the bytes."""
    return round(lon * LONGITUDE_RATIO * KM_PER_DEGREE, 1), round((lat - 49) * KM_PER_DEGREE, 1)
