"""Territories on ordinary axes: filled outlines, borders, places. No geo traces: they would ask a network for maps.

Every territory is always drawn. The browser holds its outline (`meta` of the layout) and makes one shape of those of a
class (assets/graphs.js), since each shape costs plotly as much as a trace: from one selection to another only classes,
words, dots and the part shown differ (`change_rates`), a few hundred bytes instead of all outlines.
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
    records,
)
from data.units import Unit

KM_PER_DEGREE = 111.2
LONGITUDE_RATIO = math.cos(math.radians(49.1))  # Normandie's middle latitude: longitudes shrink by as much
RATE_BOUNDS = (0.0, 2.0, 5.0, 10.0)  # upper bounds, included; fixed, so that two maps compare
CLASS_NAMES = ("aucun", "jusqu’à 2", "2 à 5", "5 à 10", "plus de 10")
BORDER_COLOUR = "#aab4c0"  # white would be lost between two areas of zero
EXTENT_MARGIN = 0.03  # of the extent, left free on each side
MAX_DRAWN_PLACES = 300  # more dots would hide the fills
HOVER_PIXELS = 60  # pixels from the middle of a territory (or from a dot) at which its words still show

Point = tuple[float, float, str]  # longitude, latitude, name


class OutlinesByCode(Protocol):
    """Rings as JSON, by code: `[[[longitude, latitude], …], …]`."""

    @property
    def epci(self) -> Mapping[str, str]: ...
    @property
    def departement(self) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class Area:
    """A territory in kilometres east and north: its outline as an SVG path, its middle, from where to where it goes."""

    path: str
    middle: tuple[float, float]
    east: tuple[float, float]
    north: tuple[float, float]


@dataclass(frozen=True)
class MapLabels:
    """What the map counts: `places` and their `rate` as the hover says them, and the name of a dot in the legend."""

    places: Unit
    rate: Unit
    dot: str


def draw_rate_map(frame: pd.DataFrame, labels: MapLabels) -> Figure:
    """A map of rates by class, with places as dots.

    `frame`, one row per territory shown: `code`, `name`, `places`, `rate` (None when not known), `remark`, `points`
    (Point of each place). Its attribute `outlines` (Outlined) draws them, and those around that are not shown.
    """
    outlines: OutlinesByCode = frame.attrs["outlines"]
    areas = [project_area(rings) for rings in outlines.epci.values()]
    borders = "".join(project_area(rings).path for rings in outlines.departement.values())
    plain = figure(
        [
            _name_trace(),
            _place_trace(labels.dot),
            *(_legend_trace(name, colour) for name, colour in zip(CLASS_NAMES, RAMP, strict=True)),
            _legend_trace("non connu", WHITE, UNKNOWN_SYMBOL),
        ],
        meta={"paths": [one.path for one in areas], "middles": [one.middle for one in areas]},
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
    return apply_changes(plain, rate_map_changes(frame, labels))


def rate_map_changes(frame: pd.DataFrame, labels: MapLabels) -> FigureChanges:
    """What the map of this selection has of its own: a class for each outline, the words of those shown."""
    outlines: OutlinesByCode = frame.attrs["outlines"]
    areas = {code: project_area(rings) for code, rings in outlines.epci.items()}
    rows = {row["code"]: row for row in records(frame)}
    shown = [rows[code] for code in areas if code in rows]
    east, north = _extent([areas[code] for code in areas if code in rows] or list(areas.values()))
    return {
        ("layout", "meta"): {"classes": "".join(str(_fill_index(rows.get(code))) for code in areas)},
        ("layout", "xaxis"): {"range": east},
        ("layout", "yaxis"): {"range": north},
        ("data", 0): {"text": [_hover_text(row, labels) for row in shown]},
        ("data", 0, "marker"): {"opacity": [int(row["rate"] is None) for row in shown]},
        ("data", 1): _place_points(list(rows.values())),
        ("data", 2 + len(RAMP)): {"visible": any(row["rate"] is None for row in rows.values())},
    }


UNKNOWN_SYMBOL = "x-thin-open"  # the symbol of a rate that is not known: never the colour of zero alone

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
    """The class of a rate: 0 for none, then by CLASSES."""
    return sum(rate > bound for bound in RATE_BOUNDS)


_CLASS_FILLS = (UNSELECTED, *RAMP, WHITE)  # by class as the browser reads it: not shown, then by rate, then not known


def _fill_index(row: FrameRow | None) -> int:
    if row is None:
        return 0
    return len(RAMP) + 1 if row["rate"] is None else 1 + rate_class(row["rate"])


def _hover_text(row: FrameRow, labels: MapLabels) -> str:
    rate = "taux non connu" if row["rate"] is None else labels.rate.text(row["rate"])
    remark = f"<br>{row['remark']}" if row["remark"] else ""
    return f"<b>{row['name']}</b><br>{labels.places.text(row['places'])}, {rate}{remark}"


def _name_trace() -> Trace:
    """The words of each territory shown, in its middle; the mark there shows only where the rate is not known."""
    mark = {"symbol": UNKNOWN_SYMBOL, "color": MUTED, "size": 12}
    return {"type": "scatter", "mode": "markers", "hoverinfo": "text", "showlegend": False, "marker": mark}


def _place_points(rows: Sequence[FrameRow]) -> dict[str, Any]:
    if sum(row["places"] for row in rows) > MAX_DRAWN_PLACES:
        return {"x": [], "y": [], "text": [], "visible": False}
    points = [point for row in rows for point in row["points"]]
    placed = [to_kilometres(lon, lat) for lon, lat, _name in points]
    return {
        "x": [east for east, _north in placed],
        "y": [north for _east, north in placed],
        "text": [name for _lon, _lat, name in points],
        "visible": True,
    }


def _shape(look: dict[str, Any]) -> dict[str, Any]:
    return {"type": "path", "layer": "below"} | look


def _place_trace(name: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "hoverinfo": "text",
        "marker": {"color": INK, "size": 8, "line": {"color": WHITE, "width": 1.2}},
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
    """From where to where the areas go, east and north, with some room."""
    all_ = list(areas)
    return _padded_range([one.east for one in all_]), _padded_range([one.north for one in all_])


def _padded_range(ends: Sequence[tuple[float, float]]) -> list[float]:
    if not ends:
        return [0, 1]
    least, most = min(low for low, _high in ends), max(high for _low, high in ends)
    room = (most - least) * EXTENT_MARGIN
    return [round(least - room, 1), round(most + room, 1)]


@lru_cache(maxsize=512)  # outlines change when a file of boundaries is loaded: hardly ever
def project_area(rings: str) -> Area:
    """Rings in degrees (JSON) to what is drawn of them."""
    projected = [[to_kilometres(lon, lat) for lon, lat in ring] for ring in json.loads(rings)]
    east = [x for ring in projected for x, _y in ring]
    north = [y for ring in projected for _x, y in ring]
    return Area(
        path="".join(f"M{'L'.join(f'{x},{y}' for x, y in ring)}Z" for ring in projected),
        middle=max((_surface_and_centroid(ring) for ring in projected), key=lambda one: one[0])[1],
        east=(min(east), max(east)),
        north=(min(north), max(north)),
    )


def _surface_and_centroid(ring: Sequence[tuple[float, float]]) -> tuple[float, tuple[float, float]]:
    """The surface of a ring, and its centre of gravity (the mean of its points when it has no surface)."""
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
    """Degrees to kilometres, east and north, to 100 m: all that a screen can show, in half the bytes."""
    return round(lon * LONGITUDE_RATIO * KM_PER_DEGREE, 1), round((lat - 49) * KM_PER_DEGREE, 1)
