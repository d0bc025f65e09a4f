"""Common to all figures: colours, fonts, axes, traces of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Literal

import pandas as pd

from dashboard.drawing.fonts import FONT_FAMILY
from data.i18n import NARROW

Figure = dict[str, Any]  # {"data": […], "layout": {…}}
Trace = dict[str, Any]
Axis = dict[str, Any]
FrameRow = dict[str, Any]  # one row of a frame, by column
FigureChanges = dict[tuple[str | int, ...], dict[str, Any]]  # path in a figure -> properties to replace or add

INK = "#1c2330"
MUTED = "#5b6472"
RULE = "#e3e6ea"
WHITE = "#ffffff"
PAGE_COLOUR = "#f5f6f8"
BLUE = "#1f4e79"
OCHRE = "#946200"
TEAL = "#177069"
PLUM = "#6b4a86"
RED = "#b3122b"  # only for targets and errors
SERIES = (BLUE, OCHRE, TEAL, PLUM)
PATTERNS = ("", "/", ".", "x")  # with the hue: four hues alone do not differ enough
UNSELECTED = "#eceff2"  # a territory outside the selection
BORDER_COLOUR = "#aab4c0"  # of an area of a map: white would not show between two white areas
RAMP = ("#ffffff", "#c3d7e8", "#86adcd", "#4678a4", "#1f4e79")  # the first is for zero

HEADROOM = 1.15  # of an axis above its highest mark, for the label of the mark
FEW_COUNTS = 6  # below it, plotly would put lines between whole numbers

FONT = f"{FONT_FAMILY}, system-ui, sans-serif"
FONT_SIZE = 13


ROW_NUMBER = "row_number"  # of a row in its frame, from 0
NO_ROW = -1  # of a mark that stands for several rows


def records(frame: pd.DataFrame) -> list[FrameRow]:
    """The rows of a frame of objects, as `to_dict("records")` and ten times faster, each with its ROW_NUMBER."""
    names = [*(str(name) for name in frame.columns), ROW_NUMBER]
    rows = frame.to_numpy(dtype=object).tolist()
    return [dict(zip(names, (*row, at), strict=True)) for at, row in enumerate(rows)]


def mark_rows(rows: Sequence[FrameRow]) -> list[int]:
    """The property `meta` of a trace: the row of the frame behind each of its points, for assets/marks.js.

    Regular numbers are written as the first and the step: 4, 6, 8, 10 -> [4, 2]; others one by one: [0, 1, 5].
    """
    numbers = [row[ROW_NUMBER] for row in rows]
    steps = {after - before for before, after in pairwise(numbers)}
    return numbers if len(steps) > 1 else [*numbers[:1], *steps]


def sums_by(frame: pd.DataFrame, key: str, value: str) -> dict[Any, float]:
    """The sum of one column for each value of another, in the order of the rows."""
    sums: dict[Any, float] = {}
    for group, amount in zip(frame[key].tolist(), frame[value].tolist(), strict=True):
        sums[group] = sums.get(group, 0.0) + amount
    return sums


def marker_fill(colour: str, weak: Sequence[bool]) -> str | list[str]:
    """The fill colours of marks: white where the value is weak; a single colour when none is."""
    return [WHITE if is_weak else colour for is_weak in weak] if any(weak) else colour


LEGEND = {"orientation": "h", "x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom"} | {
    "itemclick": False,
    "itemdoubleclick": False,
    "font": {"color": INK},
}
COMMON_LAYOUT = {
    "font": {"family": FONT, "size": FONT_SIZE, "color": MUTED},
    "separators": f",{NARROW}",
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
    "autosize": True,
    "legend": LEGEND,
    "dragmode": False,  # a drag on a chart scrolls the page
    "hoverlabel": {"bgcolor": WHITE, "bordercolor": MUTED, "font": {"color": INK}, "align": "left"},
}
VALUE_AXIS: Axis = {
    "rangemode": "tozero",
    "automargin": True,
    "fixedrange": True,
    "gridcolor": RULE,
    "zerolinecolor": RULE,
    "nticks": 6,
}
TIME_AXIS: Axis = {
    "type": "date",
    "automargin": True,
    "fixedrange": True,
    "showgrid": False,
    "linecolor": RULE,
    "ticks": "outside",
    "tickcolor": RULE,
    "nticks": 7,
    "tickangle": 0,
    "showspikes": True,  # the crosshair of TIME_HOVER
    "spikemode": "across",
    "spikesnap": "hovered data",
    "spikethickness": 1,
    "spikedash": "solid",
    "spikecolor": MUTED,
}
TIME_HOVER = {"hovermode": "x", "hoverdistance": -1, "spikedistance": -1}  # the nearest value, wherever the pointer is
YEAR_BEFORE = "%{customdata}"  # in the hover template of a curve in time: assets/hover.js computes it
NAME_AXIS: Axis = {"type": "category", "automargin": True, "fixedrange": True, "showgrid": False, "tickangle": 0}
STEP_AXIS: Axis = {
    "automargin": True,
    "fixedrange": True,
    "showgrid": False,
    "zeroline": False,
    "tickangle": 0,
    "ticks": "outside",
    "tickcolor": RULE,
    "linecolor": RULE,
}
HIDDEN_AXIS: Axis = {"visible": False, "fixedrange": True}
TEXT_TRACE: Trace = {"type": "scatter", "mode": "text", "cliponaxis": False, "hoverinfo": "skip", "showlegend": False}


def figure(data: Sequence[Trace], **layout: Any) -> Figure:
    """A figure in the common style; `layout` adds to it or replaces.

    How texts fit (`fit` of `text_trace`) goes from the traces, where plotly does not know it, to the property `meta` of
    the layout, by the number of the trace.
    """
    margin = {"l": 8, "r": 16, "t": 16, "b": 8}
    fits = {str(number): trace["fit"] for number, trace in enumerate(data) if trace.get("fit")}
    plain = [{name: part for name, part in trace.items() if name != "fit"} for trace in data]
    meta = {"meta": {"fits": fits}} if fits else {}
    return {"data": plain, "layout": COMMON_LAYOUT | {"margin": margin, "showlegend": False} | meta | layout}


def apply_changes(figure_: Figure, changes: FigureChanges) -> Figure:
    """Apply changes to a figure, in place (parts shared between figures are never altered), and return it."""
    for path, values in changes.items():
        part: Any = figure_
        for step in path:
            part = part[step]
        part.update(values)
    return figure_


def empty_figure() -> Figure:
    """The content of a hidden graph when there is nothing to show."""
    return figure([], xaxis={"visible": False}, yaxis={"visible": False})


def value_axis(**more: Any) -> Axis:
    """A y axis of counts or amounts: from zero, thin rules."""
    return VALUE_AXIS | more


def time_axis(**more: Any) -> Axis:
    """An x axis of days."""
    return TIME_AXIS | more


def count_axis(highest: float) -> Axis:
    """A y axis of whole numbers up to a little above the highest; between two of them there is no line."""
    top = max(highest, 1.0) * HEADROOM
    return value_axis(range=[0, top], tickformat=",d") | ({"dtick": 1} if top < FEW_COUNTS else {})


def bar_gap(bars: int, least: float) -> float:
    """The gap between columns as a share of their step: two columns are no wider than six."""
    return max(least, 1 - 0.12 * bars)


def name_axis(**more: Any) -> Axis:
    """An axis of names."""
    return NAME_AXIS | more


def hidden_axis(low: float, high: float) -> Axis:
    """An axis without a scale: the values are written next to the bars."""
    return HIDDEN_AXIS | {"range": [low, high]}


Fit = Literal["ends", "tops", "rows", "titles"]  # at the end of bars, above columns, above bars, above panels


def text_trace(x: Any, y: Any, text: Sequence[str], position: str, fit: Fit | None = None, **font: Any) -> Trace:
    """A trace of texts; `font` replaces their colour or size, `fit` is how they are made to fit
    (assets/figure_labels.js).
    """
    return (
        TEXT_TRACE
        | {"x": x, "y": y, "text": text, "textposition": position, "textfont": {"color": INK, "size": 12} | font}
        | ({"fit": fit} if fit else {})
    )


def padded_days(first: date, last: date, parts: int = 50, *, before: bool = True) -> list[str]:
    """The range of an axis from the first day to the last and one part in so many beyond (5 days at least), so that no
    mark is cut; fixed, so that labels do not stretch the axis. `before`: as much before the first day.
    """
    pad = max((last - first) / parts, timedelta(days=5))
    return iso_days([first - pad if before else first, last + pad])


def iso_days(values: Iterable[date]) -> list[str]:
    """Days in the format of plotly."""
    return [value.isoformat() for value in values]
