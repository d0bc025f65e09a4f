"""Territories on ordinary axes: filled outlines, borders, places. No geo traces: they would ask a network for maps.

Every territory is always drawn, in the same order: from one selection to another only fills, words, dots and the part
shown differ (`change_rates`), a few kilobytes instead of all outlines.
"""

from __future__ import annotations

import json
import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

import pandas as pd

from dashboard.figures.base import INK, MUTED, OUTSIDE, RAMP, WHITE, Changes, Figure, Trace, changed, figure
from data.i18n import NARROW, number

KM_PER_DEGREE = 111.2
MIDDLE = math.cos(math.radians(49.1))  # Normandie's middle latitude: longitudes shrink by as much
CLASSES = (0.0, 2.0, 5.0, 10.0)  # upper bounds, included; fixed, so that two maps compare
CLASS_NAMES = ("aucun", "jusqu’à 2", "2 à 5", "5 à 10", "plus de 10")
EDGE = "#aab4c0"  # white would be lost between two areas of zero
AROUND = 0.03  # of the extent, left free on each side

Point = tuple[float, float, str]  # longitude, latitude, name
Line = tuple[tuple[float | None, ...], tuple[float | None, ...]]  # kilometres east and north; None parts two rings


class Outlined(Protocol):
    """Rings as JSON, by code: `[[[longitude, latitude], …], …]`."""

    @property
    def epci(self) -> Mapping[str, str]: ...
    @property
    def departement(self) -> Mapping[str, str]: ...


def draw_rates(frame: pd.DataFrame) -> Figure:
    """A map of rates by class, with places as dots.

    `frame`, one row per territory shown: `code`, `name`, `places`, `rate` (None when not known), `remark`, `points`
    (Point of each place). Its attribute `outlines` (Outlined) draws them, and those around that are not shown.
    """
    outlines: Outlined = frame.attrs["outlines"]
    plain = figure(
        [
            *(_area(project(rings)) for rings in outlines.epci.values()),
            _borders([project(rings) for rings in outlines.departement.values()]),
            _dots(),
            *(_swatch(name, colour) for name, colour in zip(CLASS_NAMES, RAMP, strict=True)),
            _swatch("non connu", WHITE, "x-thin-open"),
        ],
        hovermode="closest",
        showlegend=True,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        legend=_LEGEND,
        xaxis={"visible": False, "fixedrange": True, "constrain": "domain"},
        yaxis={"visible": False, "fixedrange": True, "scaleanchor": "x", "scaleratio": 1}
        | {"constrain": "domain", "constraintoward": "top"},
    )
    return changed(plain, change_rates(frame))


def change_rates(frame: pd.DataFrame) -> Changes:
    """What the map of this selection has of its own."""
    outlines: Outlined = frame.attrs["outlines"]
    rows = {row["code"]: row for row in frame.to_dict("records")}
    codes = list(outlines.epci)
    changes: Changes = {("data", index): _fill(rows.get(code)) for index, code in enumerate(codes)}
    changes["data", len(codes) + 1] = _places([point for row in rows.values() for point in row["points"]])
    changes["data", len(codes) + 2 + len(RAMP)] = {"visible": any(row["rate"] is None for row in rows.values())}
    east, north = _extent([project(outlines.epci[code]) for code in codes if code in rows or not rows])
    return changes | {("layout", "xaxis"): {"range": east}, ("layout", "yaxis"): {"range": north}}


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


def class_of(rate: float) -> int:
    """The class of a rate: 0 for none, then by CLASSES."""
    return sum(rate > bound for bound in CLASSES)


def _fill(row: Mapping[Hashable, Any] | None) -> dict[str, Any]:
    """How a territory is filled: a rate that is not known is hatched, never the colour of zero."""
    if row is None:
        return {"fillcolor": OUTSIDE, "fillpattern": {"shape": ""}, "text": "", "hoverinfo": "skip"}
    if row["rate"] is None:
        fill = {"fillcolor": WHITE, "fillpattern": {"shape": "/", "fgcolor": MUTED, "bgcolor": WHITE, "size": 6}}
    else:
        fill = {"fillcolor": RAMP[class_of(row["rate"])], "fillpattern": {"shape": ""}}
    return {**fill, "text": _words(row), "hoverinfo": "text"}


def _words(row: Mapping[Hashable, Any]) -> str:
    rate = "taux non connu" if row["rate"] is None else f"{number(row['rate'], 1)} pour 100{NARROW}000 habitants"
    remark = f"<br>{row['remark']}" if row["remark"] else ""
    return f"<b>{row['name']}</b><br>{number(row['places'])} labellisés, {rate}{remark}"


def _places(points: Sequence[Point]) -> dict[str, Any]:
    placed = [kilometres(lon, lat) for lon, lat, _name in points]
    return {
        "x": [east for east, _north in placed],
        "y": [north for _east, north in placed],
        "text": [name for _lon, _lat, name in points],
    }


def _area(line: Line) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": line[0],
        "y": line[1],
        "fill": "toself",
        "line": {"color": EDGE, "width": 0.8},
        "hoveron": "fills",
        "showlegend": False,
    }


def _borders(lines: Sequence[Line]) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [east for line in lines for east in (*line[0], None)],
        "y": [north for line in lines for north in (*line[1], None)],
        "line": {"color": INK, "width": 1.4},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _dots() -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "tiers-lieu labellisé",
        "hoverinfo": "text",
        "marker": {"color": INK, "size": 8, "line": {"color": WHITE, "width": 1.2}},
    }


def _swatch(name: str, colour: str, symbol: str = "square") -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [None],
        "y": [None],
        "marker": {"symbol": symbol, "color": colour, "size": 12, "line": {"color": MUTED, "width": 1}},
        "hoverinfo": "skip",
    }


def _extent(lines: Iterable[Line]) -> tuple[list[float], list[float]]:
    """From where to where the lines go, east and north, with some room."""
    ranges = []
    for axis in zip(*lines, strict=True):
        values = [value for line in axis for value in line if value is not None]
        room = (max(values) - min(values)) * AROUND
        ranges.append([round(min(values) - room, 1), round(max(values) + room, 1)])
    return (ranges[0], ranges[1]) if ranges else ([0, 1], [0, 1])


@lru_cache(maxsize=512)  # outlines change when a file of boundaries is loaded: hardly ever
def project(rings: str) -> Line:
    """Rings in degrees to kilometres."""
    east: list[float | None] = []
    north: list[float | None] = []
    for ring in json.loads(rings):
        if east:
            east.append(None)
            north.append(None)
        for lon, lat in ring:
            x, y = kilometres(lon, lat)
            east.append(x)
            north.append(y)
    return tuple(east), tuple(north)


def kilometres(lon: float, lat: float) -> tuple[float, float]:
    """Degrees to kilometres, east and north, to 100 m: all that a screen can show, in half the bytes."""
    return round(lon * MIDDLE * KM_PER_DEGREE, 1), round((lat - 49) * KM_PER_DEGREE, 1)
