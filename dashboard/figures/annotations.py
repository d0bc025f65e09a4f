"""What explains a curve, drawn on its time axis: spans as light bands, days as thin lines, at most two named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dashboard.drawing.fonts import text_width
from dashboard.figures.base import BORDER_COLOUR, MUTED, UNSELECTED, Axis, Figure
from dashboard.figures.text import plain_text

MAX_LABELS = 2
LABEL_SIZE = 12
LABEL_GAP = 20  # pixels between two labels, of which a fallback font may take a part
ROW_PIXELS = 15  # between two rows of labels
ROW_SHARE = 0.09  # of the height of the axis, for one row above the curve
NARROWEST_PIXELS = 140  # of the plot of a card on a screen of 320 px: what fits there fits everywhere


@dataclass(frozen=True)
class TimeAnnotation:
    """A day (`ends` is `starts`) or a span, its last day included, and its name."""

    starts: date
    ends: date
    label: str


@dataclass(frozen=True)
class _Mark:
    """A band or a line on an axis: its ends as shares of the axis, and in plotly's days."""

    left: float
    right: float
    x0: str
    x1: str
    label: str

    @property
    def middle(self) -> float:
        return round((self.left + self.right) / 2, 4)


def draw_annotations(figure: Figure, annotations: Sequence[TimeAnnotation]) -> Figure:
    """The figure with the annotations on each of its axes of days, those to name first; itself when it has none.

    Panels show spans only, without names.
    """
    layout = figure["layout"]
    axes = [name for name in layout if name.startswith("xaxis") and layout[name].get("type") == "date"]
    shapes: list[dict[str, Any]] = []
    labels: list[dict[str, Any]] = []
    heights: dict[str, Axis] = {}
    for name in axes:
        span = _axis_span(figure, name.replace("xaxis", "x"))
        if span is None:
            continue
        drawn = [one for one in annotations if len(axes) == 1 or one.ends > one.starts]
        marks = [mark for one in drawn if (mark := _mark(one, *span))]
        height = layout[name].get("anchor", "y")
        shapes += [_shape(mark, name.replace("xaxis", "x"), height) for mark in marks]
        if len(axes) == 1:
            labels = _labels(marks)
            height_name = height.replace("y", "yaxis")
            heights = {height_name: _with_strip(layout[height_name], labels)} if labels else {}
    if not shapes:
        return figure
    texts = [*layout.get("annotations", ()), *labels]
    added = {"shapes": shapes} | ({"annotations": texts} if texts else {})
    return {"data": figure["data"], "layout": layout | heights | added}


def _axis_span(figure: Figure, axis: str) -> tuple[date, date] | None:
    """The first and the last day of an axis: its range, else its values."""
    given = figure["layout"][axis.replace("x", "xaxis", 1)].get("range")
    values = given or [
        value for trace in figure["data"] if trace.get("xaxis", "x") == axis for value in trace["x"] if value
    ]
    days = [date.fromisoformat(value[:10]) for value in (min(values), max(values))] if values else []
    return (days[0], days[1]) if days and days[0] < days[1] else None


def _mark(one: TimeAnnotation, first: date, last: date) -> _Mark | None:
    """The part of an annotation within an axis; a band ends with its last day."""
    is_span = one.ends > one.starts
    starts = max(one.starts, first)
    ends = min(one.ends + timedelta(days=1), last) if is_span else one.starts
    if one.starts > last or one.ends < first or ends < starts:
        return None
    left, right = ((day - first) / (last - first) for day in (starts, ends))
    return _Mark(left, right, starts.isoformat(), ends.isoformat(), one.label)


def _shape(mark: _Mark, x: str, y: str) -> dict[str, Any]:
    """On plotly's axis `x`, over the whole height of the axis `y`, under the curves."""
    where = {"xref": x, "yref": f"{y} domain", "x0": mark.x0, "x1": mark.x1, "y0": 0, "y1": 1, "layer": "below"}
    if mark.x0 == mark.x1:
        return where | {"type": "line", "line": {"color": BORDER_COLOUR, "width": 1}}
    return where | {"type": "rect", "fillcolor": UNSELECTED, "line": {"width": 0}}


def _labels(marks: Sequence[_Mark]) -> list[dict[str, Any]]:
    """The names of the first marks, in the strip above the curve: the second one under the first where they would
    overlap on the narrowest screen.
    """
    labels: list[dict[str, Any]] = []
    rows: list[tuple[float, float]] = []  # the ends of the label of each row
    for mark in marks:
        width = text_width(mark.label, LABEL_SIZE)
        if width > NARROWEST_PIXELS or len(labels) == MAX_LABELS:
            continue
        left = mark.middle * (NARROWEST_PIXELS - width)
        is_free = not rows or left > rows[0][1] + LABEL_GAP or left + width + LABEL_GAP < rows[0][0]
        if not is_free or not rows:
            rows.append((left, left + width))
        labels.append(_label(mark, width, 0 if is_free else 1))
    return labels


def _label(mark: _Mark, width: float, row: int) -> dict[str, Any]:
    """A label over its mark, as far to its left as the mark is along the axis: it never leaves the plot."""
    return {
        "x": mark.middle,
        "xref": "x domain",
        "xanchor": "left",
        "xshift": -round(mark.middle * width, 1),
        "y": 1,
        "yref": "y domain",
        "yanchor": "top",
        "yshift": -row * ROW_PIXELS,
        "text": plain_text(mark.label),
        "showarrow": False,
        "borderpad": 0,
        "font": {"color": MUTED, "size": LABEL_SIZE},
    }


def _with_strip(axis: Axis, labels: Sequence[Any]) -> Axis:
    """The axis with room for the rows of labels above its highest value."""
    low, high = axis["range"]
    rows = 1 + any(label["yshift"] for label in labels)
    return axis | {"range": [low, low + (high - low) * (1 + ROW_SHARE * rows)]}
