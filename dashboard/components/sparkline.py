"""Sparklines: the recent values of an indicator in the height of a line of text, as a small SVG of our own."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.elements import tags
from dashboard.elements.tags import Element

WIDTH, HEIGHT, EDGE = 112, 28, 3  # of the drawing, in its own units; room around for the last mark
BAR_SHARE, MAX_STEP = 0.7, 16  # a bar in its room, at most so wide
Values = Sequence[float | None]
Point = tuple[float, float]


def sparkline_curve(values: Values, label: str) -> Element:
    """A curve from zero that breaks at unknown values, with a mark at the last one; `label` is its text alternative."""
    points = _points(values, (WIDTH - 2 * EDGE) / max(len(values) - 1, 1))
    runs = "".join(
        f"{'L' if at and points[at - 1] else 'M'}{point[0]:g} {point[1]:g}" for at, point in enumerate(points) if point
    )
    last = next((f"M{point[0]:g} {point[1]:g}h0" for point in reversed(points) if point), "")
    return _drawing([("spark-line", runs), ("spark-end", last)], label)


def sparkline_bars(values: Values, label: str, *, is_last_whole: bool) -> Element:
    """Bars from zero; the last one is hollow when its period is not whole."""
    step = min((WIDTH - 2 * EDGE) / len(values), MAX_STEP)
    width, base = round(step * BAR_SHARE, 1), _height(0, values)
    bars = [
        f"M{point[0]:g} {base:g}V{point[1]:g}h{width:g}V{base:g}z" if point else "" for point in _points(values, step)
    ]
    whole = bars if is_last_whole else bars[:-1]
    return _drawing([("spark-bars", "".join(whole)), ("spark-part", "" if is_last_whole else bars[-1])], label)


def _drawing(paths: Sequence[tuple[str, str]], label: str) -> Element:
    drawn = [tags.Path(d=path, className=name) for name, path in paths if path]
    return tags.Svg(drawn, className="sparkline", viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img", aria_label=label)


def _points(values: Values, step: float) -> list[Point | None]:
    """Where each value is drawn, `step` after the one before; None for an unknown one."""
    return [
        None if value is None else (round(EDGE + at * step, 1), _height(value, values))
        for at, value in enumerate(values)
    ]


def _height(value: float, values: Values) -> float:
    """From the top, on a scale of all values and zero."""
    known = [0.0, *(each for each in values if each is not None)]
    low, high = min(known), max(known)
    share = (value - low) / (high - low) if high > low else 0.0
    return round(HEIGHT - EDGE - float(share) * (HEIGHT - 2 * EDGE), 1)
