"""Horizontal bars in parts, a row for each thing: who came lately, what waits, what is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pandas as pd

from dashboard.figures.base import (
    BLUE,
    INK,
    LEGEND,
    MUTED,
    RAMP,
    RED,
    WHITE,
    Figure,
    FrameRow,
    Trace,
    figure,
    hidden_axis,
    records,
    text_trace,
)
from data.i18n import number

END_TEXT_ROOM = 1.45  # of the longest bar, so that a text fits behind it


class PartStyle(NamedTuple):
    """The marker of a part of a bar, and the colour of the number in it."""

    marker: dict[str, Any]
    ink: str


STRONG = PartStyle({"color": BLUE}, WHITE)
WEAK = PartStyle({"color": RAMP[1], "line": {"color": BLUE, "width": 1}}, INK)
HATCHED = PartStyle(
    {"color": WHITE, "line": {"color": MUTED, "width": 1}}
    | {"pattern": {"shape": "/", "fgcolor": MUTED, "bgcolor": WHITE, "size": 7, "solidity": 0.12}},
    INK,
)
WRONG = PartStyle({"color": RED}, WHITE)


class BarPart(NamedTuple):
    """A part of each bar: its column in the frame, its name in the legend, its style."""

    column: str
    name: str
    style: PartStyle


def draw_bars_in_parts(
    frame: pd.DataFrame, parts: Sequence[BarPart], tick_text: Callable[[str], str] = str, end_text: str = ""
) -> Figure:
    """Stacked bars, from the top. `frame`: `name` (written by `tick_text`), a number for each part, and in the column
    `end_text`, if any, a text behind the bar.
    """
    rows = records(frame)
    totals = [sum(row[part.column] for part in parts) for row in rows]
    most = max(1, *totals)
    heights = [len(rows) - at - 0.5 for at in range(len(rows))]
    data = [_part_trace(rows, heights, part) for part in parts]
    if end_text:
        data.append(text_trace(totals, heights, [row[end_text] for row in rows], "middle right"))
    ticks = {"tickmode": "array", "tickvals": heights, "ticktext": [tick_text(row["name"]) for row in rows]}
    axis = {"range": [0, len(rows)], "automargin": True, "fixedrange": True, "showgrid": False, "zeroline": False}
    return figure(
        data,
        barmode="stack",
        showlegend=True,
        legend=LEGEND | {"traceorder": "normal"},  # from the left, as the parts
        xaxis=hidden_axis(0, most * (END_TEXT_ROOM if end_text else 1.01)),
        yaxis=axis | ticks | {"tickfont": {"color": INK, "size": 12}},
    )


def _part_trace(rows: Sequence[FrameRow], heights: Sequence[float], part: BarPart) -> Trace:
    return {
        "type": "bar",
        "orientation": "h",
        "name": part.name,
        "x": [row[part.column] for row in rows],
        "y": heights,
        "width": 0.62,
        "marker": part.style.marker,
        "text": [f"<b>{number(row[part.column])}</b>" if row[part.column] else "" for row in rows],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"color": part.style.ink, "size": 12},
        "hoverinfo": "skip",  # the bar has its number, the legend its name
    }
