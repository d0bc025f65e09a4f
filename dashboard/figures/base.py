"""What all figures share: colours, letters, axes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pandas as pd

from data.i18n import NARROW

Figure = dict[str, Any]  # {"data": […], "layout": {…}}
Trace = dict[str, Any]
Axis = dict[str, Any]
FrameRow = dict[str, Any]  # one row of a frame, by column
FigureChanges = dict[tuple[str | int, ...], dict[str, Any]]  # where in a figure -> what is replaced or added there

INK = "#1c2330"
MUTED = "#5b6472"
RULE = "#e3e6ea"
WHITE = "#ffffff"
PAGE = "#f6f7f9"
BLUE = "#1f4e79"
OCHRE = "#946200"
TEAL = "#177069"
PLUM = "#6b4a86"
RED = "#b3122b"  # only for the target, and for what is wrong
SERIES = (BLUE, OCHRE, TEAL, PLUM)
PATTERNS = ("", "/", ".", "x")  # beside the hue: four hues cannot all differ enough
UNSELECTED = "#eceff2"  # a territory that is not part of the selection
RAMP = ("#ffffff", "#c3d7e8", "#86adcd", "#4a7ca8", "#1f4e79")  # the first is zero

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif'
FONT_SIZE = 13


def records(frame: pd.DataFrame) -> list[FrameRow]:
    """The rows of a frame of objects: what `to_dict("records")` gives, ten times as fast."""
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in frame.to_numpy(dtype=object).tolist()]


def sums_by(frame: pd.DataFrame, key: str, value: str) -> dict[Any, float]:
    """The sum of one column for each value of another, in the order of the rows."""
    sums: dict[Any, float] = {}
    for one, amount in zip(frame[key].tolist(), frame[value].tolist(), strict=True):
        sums[one] = sums.get(one, 0.0) + amount
    return sums


def marker_fill(colour: str, weak: Sequence[bool]) -> str | list[str]:
    """What marks are filled with: white where they rest on little; one word where none does."""
    return [WHITE if one else colour for one in weak] if any(weak) else colour


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
    "dragmode": False,  # a finger on a chart scrolls the page
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
}
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
    """A figure in the common style; `layout` adds to it or replaces."""
    margin = {"l": 8, "r": 16, "t": 16, "b": 8}
    return {"data": list(data), "layout": COMMON_LAYOUT | {"margin": margin, "showlegend": False} | layout}


def apply_changes(drawn: Figure, changes: FigureChanges) -> Figure:
    """A figure with what its changes replace; the figure itself is altered (never what it shares)."""
    for path, values in changes.items():
        part: Any = drawn
        for step in path:
            part = part[step]
        part.update(values)
    return drawn


def empty_figure() -> Figure:
    """What a hidden graph holds when there is nothing to show."""
    return figure([], xaxis={"visible": False}, yaxis={"visible": False})


def value_axis(**more: Any) -> Axis:
    """A y axis of counts or amounts: from zero, thin rules."""
    return VALUE_AXIS | more


def time_axis(**more: Any) -> Axis:
    """An x axis of days."""
    return TIME_AXIS | more


def name_axis(**more: Any) -> Axis:
    """An axis of names."""
    return NAME_AXIS | more


def hidden_axis(low: float, high: float) -> Axis:
    """An axis without a scale: values stand beside what is drawn."""
    return HIDDEN_AXIS | {"range": [low, high]}


def text_trace(x: Any, y: Any, text: Sequence[str], position: str, **font: Any) -> Trace:
    """Words written in a figure; `font` replaces their colour or size."""
    return TEXT_TRACE | {
        "x": x,
        "y": y,
        "text": text,
        "textposition": position,
        "textfont": {"color": INK, "size": 12} | font,
    }


def iso_days(values: Iterable[date]) -> list[str]:
    """Days as plotly reads them."""
    return [value.isoformat() for value in values]
