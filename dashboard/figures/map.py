"""Territories on ordinary axes: filled outlines, borders, places. No geo traces: they would ask a network for maps."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.figures.base import INK, MUTED, RAMP, WHITE, Figure, Trace, figure
from data.i18n import NARROW, number

KM_PER_DEGREE = 111.2
MIDDLE = math.cos(math.radians(49.1))  # Normandie's middle latitude: longitudes shrink by as much
CLASSES = (0.0, 2.0, 5.0, 10.0)  # upper bounds, included; fixed, so that two maps compare
CLASS_NAMES = ("aucun", "jusqu’à 2", "2 à 5", "5 à 10", "plus de 10")

Point = tuple[float, float, str]  # longitude, latitude, name


def draw_rates(frame: pd.DataFrame) -> Figure:
    """A map of rates by class, with places as dots.

    `frame`, one row per territory: `name`, `places`, `rate` (None when not known), `remark`, `rings` (degrees),
    `borders` (rings to draw in ink above all), `points` (Point of each place).
    """
    rows = frame.to_dict("records")
    areas = [_area(row) for row in rows if row["rings"]]
    borders = [ring for row in rows for ring in row["borders"]]
    points = [point for row in rows for point in row["points"]]
    return figure(
        [*areas, _borders(borders), *([_dots(points)] if points else []), *_key([row["rate"] for row in rows])],
        hovermode="closest",
        showlegend=True,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        legend=_LEGEND,
        xaxis={"visible": False, "fixedrange": True, "constrain": "domain"},
        yaxis={"visible": False, "fixedrange": True, "scaleanchor": "x", "scaleratio": 1}
        | {"constrain": "domain", "constraintoward": "top"},
    )


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


def _fill(rate: float | None) -> dict[str, Any]:
    """How a rate is filled; one that is not known is hatched, never the colour of zero."""
    if rate is not None:
        return {"fillcolor": RAMP[class_of(rate)]}
    return {"fillcolor": WHITE, "fillpattern": {"shape": "/", "fgcolor": MUTED, "bgcolor": WHITE, "size": 6}}


def _area(row: Mapping[Hashable, Any]) -> Trace:
    east, north = project(row["rings"])
    return {
        "type": "scatter",
        "mode": "lines",
        "x": east,
        "y": north,
        "fill": "toself",
        "line": {"color": _EDGE, "width": 0.8},
        "hoveron": "fills",
        "hoverinfo": "text",
        "text": _words(row),
        "showlegend": False,
    } | _fill(row["rate"])


_EDGE = "#aab4c0"  # white would be lost between two areas of zero


def _words(row: Mapping[Hashable, Any]) -> str:
    rate = "taux non connu" if row["rate"] is None else f"{number(row['rate'], 1)} pour 100{NARROW}000 habitants"
    remark = f"<br>{row['remark']}" if row["remark"] else ""
    return f"<b>{row['name']}</b><br>{number(row['places'])} labellisés, {rate}{remark}"


def _borders(rings: Sequence[Sequence[Sequence[float]]]) -> Trace:
    east, north = project(rings)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": east,
        "y": north,
        "line": {"color": INK, "width": 1.4},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _dots(points: Sequence[Point]) -> Trace:
    places = [kilometres(lon, lat) for lon, lat, _name in points]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "tiers-lieu labellisé",
        "x": [x for x, _y in places],
        "y": [y for _x, y in places],
        "text": [name for _lon, _lat, name in points],
        "hoverinfo": "text",
        "marker": {"color": INK, "size": 8, "line": {"color": WHITE, "width": 1.2}},
    }


def _key(rates: Sequence[float | None]) -> list[Trace]:
    """The classes present, as legend entries."""
    present = sorted({class_of(rate) for rate in rates if rate is not None})
    keys = [_swatch(CLASS_NAMES[index], RAMP[index]) for index in present]
    return [*keys, *([_swatch("non connu", WHITE, "x-thin-open")] if None in rates else [])]


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


def project(rings: Iterable[Sequence[Sequence[float]]]) -> tuple[list[float | None], list[float | None]]:
    """Rings in degrees to kilometres, east and north; None parts them."""
    east: list[float | None] = []
    north: list[float | None] = []
    for ring in rings:
        if east:
            east.append(None)
            north.append(None)
        for lon, lat in ring:
            x, y = kilometres(lon, lat)
            east.append(x)
            north.append(y)
    return east, north


def kilometres(lon: float, lat: float) -> tuple[float, float]:
    """Degrees to kilometres, east and north, to 100 m: all that a screen can show, in half the bytes."""
    return round(lon * MIDDLE * KM_PER_DEGREE, 1), round((lat - 49) * KM_PER_DEGREE, 1)
