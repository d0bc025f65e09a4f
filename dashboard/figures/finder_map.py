"""The map of a list of places: départements, dots, the numbers that the list gives to the nearest, a chosen commune."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.base import BORDER_COLOUR, HIDDEN_AXIS, INK, OCHRE, UNSELECTED, WHITE, Figure, Trace, figure
from dashboard.figures.map import project_area, to_kilometres
from dashboard.figures.text import plain_text

MAP_WIDTH, MAP_HEIGHT = 480, 400  # CSS pixels: its texts can still be read on a phone
MARGIN = 0.08  # share of the extent, on each side
LEAST_WIDTH_KM = 60.0  # of what is shown around a commune


@dataclass(frozen=True)
class MapPoint:
    """A point in degrees, with the text beside its dot (empty: none)."""

    lon: float
    lat: float
    label: str = ""


def draw_finder_map(points: Sequence[MapPoint], origin: MapPoint | None, outlines: Mapping[str, str]) -> Figure:
    """The map of the points. `outlines` are the rings of the départements, as JSON by code.

    Without an origin it shows all the outlines; with one, the origin and the points that have a label.
    """
    areas = [project_area(rings) for rings in outlines.values()]
    shown = [*([origin] if origin else []), *(point for point in points if point.label)] if origin else []
    if shown:
        extent = _extent(_placed(shown), LEAST_WIDTH_KM)
    else:
        corners = [corner for area in areas for corner in zip(area.east, area.north, strict=True)]
        extent = _extent(corners or _placed(points), LEAST_WIDTH_KM)
    path = "".join(area.path for area in areas)
    outline = {"type": "path", "layer": "below", "path": path, "fillcolor": UNSELECTED}
    unlabelled = [point for point in points if not point.label]
    labelled = [point for point in points if point.label]
    return figure(
        [_dots(unlabelled), *([_origin_mark(origin)] if origin else []), _labelled_dots(labelled)],
        shapes=[outline | {"line": {"color": BORDER_COLOUR, "width": 1}}] if path else [],
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis=HIDDEN_AXIS | {"range": extent[0]},
        yaxis=HIDDEN_AXIS | {"range": extent[1]},
    )


def _placed(points: Iterable[MapPoint]) -> list[tuple[float, float]]:
    return [to_kilometres(point.lon, point.lat) for point in points]


def _extent(points: Sequence[tuple[float, float]], least: float) -> tuple[list[float], list[float]]:
    """The ranges east and north, in kilometres, that show all the points in the proportions of the map."""
    east, north = [x for x, _y in points] or [0.0], [y for _x, y in points] or [0.0]
    middle = ((min(east) + max(east)) / 2, (min(north) + max(north)) / 2)
    ratio = MAP_HEIGHT / MAP_WIDTH
    width = max(max(east) - min(east), (max(north) - min(north)) / ratio) * (1 + 2 * MARGIN)
    half = max(width, least) / 2
    return (
        [round(middle[0] - half, 1), round(middle[0] + half, 1)],
        [round(middle[1] - half * ratio, 1), round(middle[1] + half * ratio, 1)],
    )


def _dots(points: Sequence[MapPoint]) -> Trace:
    return _marks(_placed(points), {"color": INK, "size": 11, "line": {"color": WHITE, "width": 1.5}})


def _labelled_dots(points: Sequence[MapPoint]) -> Trace:
    """The dots with their labels; those of one point are written together: « 1, 3 »."""
    together: dict[tuple[float, float], list[str]] = {}
    for point, place in zip(points, _placed(points), strict=True):
        together.setdefault(place, []).append(point.label)
    texts = [f"<b>{', '.join(labels)}</b>" for labels in together.values()]
    return _dots(points) | _texts(list(together), texts, "top right", 17)


def _origin_mark(origin: MapPoint) -> Trace:
    """A large ring, so that a place in the middle of the commune shows within it."""
    placed = _placed([origin])
    ring = {"symbol": "circle-open", "color": OCHRE, "size": 24, "line": {"color": OCHRE, "width": 3}}
    return _marks(placed, ring) | _texts(placed, [plain_text(origin.label)], "bottom center", 15)


def _marks(placed: Sequence[tuple[float, float]], marker: dict[str, Any]) -> Trace:
    east, north = [x for x, _y in placed], [y for _x, y in placed]
    return {"type": "scatter", "mode": "markers", "x": east, "y": north, "marker": marker, "cliponaxis": False}


def _texts(placed: Sequence[tuple[float, float]], texts: Sequence[str], position: str, size: int) -> Trace:
    """The properties of a trace of marks with a text beside each."""
    return {
        "mode": "markers+text",
        "x": [x for x, _y in placed],
        "y": [y for _x, y in placed],
        "text": list(texts),
        "textposition": position,
        "textfont": {"color": INK, "size": size},
    }
