"""Places in parts, by row: stacked bars with their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.figures.base import (
    BLUE,
    INK,
    LEGEND,
    MUTED,
    RAMP,
    STEP_AXIS,
    WHITE,
    Axis,
    Figure,
    FrameRow,
    Trace,
    figure,
    hidden_axis,
    records,
    text_trace,
)
from dashboard.figures.territories import short_territory_name
from data.i18n import number

_PLAIN = ({"color": BLUE}, WHITE)  # fill and ink of the number
_LIGHT = ({"color": RAMP[1], "line": {"color": BLUE, "width": 1}}, INK)
_HATCHED = (
    {"color": WHITE, "line": {"color": MUTED, "width": 1}}
    | {"pattern": {"shape": "/", "fgcolor": MUTED, "bgcolor": WHITE, "size": 7, "solidity": 0.12}},
    INK,
)


def draw_places_in_parts(frame: pd.DataFrame, names: Mapping[str, str]) -> Figure:
    """Stacked bars of territories, from the top: a plain part, a light one if there are three, and a hatched one.
    `frame`: `name`, and a number of places for each column of `names`, which are the legend.
    """
    rows = records(frame)
    heights = _heights(rows, 0.5)
    ticks = {
        "tickmode": "array",
        "tickvals": heights,
        "ticktext": [short_territory_name(row["name"]) for row in rows],
    }
    axis = STEP_AXIS | {"range": [0, len(rows)], "ticks": ""}
    return _stacked_figure(
        _part_traces(rows, names, heights, 0.62),
        xaxis=_number_axis(rows, names),
        yaxis=axis | ticks | {"tickfont": {"color": INK, "size": 12}},
    )


def draw_criteria_in_parts(frame: pd.DataFrame, names: Mapping[str, str]) -> Figure:
    """The bars of `draw_places_in_parts`, with each `name` above its bar: a criterion is too long to stand beside."""
    rows = records(frame)
    labels = text_trace([0] * len(rows), _heights(rows, 0.78), [row["name"] for row in rows], "middle right", size=13)
    return _stacked_figure(
        [*_part_traces(rows, names, _heights(rows, 0.34), 0.42), labels],
        xaxis=_number_axis(rows, names),
        yaxis=hidden_axis(0, len(rows)),
    )


def _part_traces(
    rows: Sequence[FrameRow], names: Mapping[str, str], heights: Sequence[float], width: float
) -> list[Trace]:
    styles = (_PLAIN, *[_LIGHT] * (len(names) - 2), _HATCHED)
    return [
        {
            "type": "bar",
            "orientation": "h",
            "name": name,
            "x": [row[column] for row in rows],
            "y": list(heights),
            "width": width,
            "marker": marker,
            "text": [f"<b>{number(row[column])}</b>" if row[column] else "" for row in rows],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "textfont": {"color": ink, "size": 12},
            "hoverinfo": "skip",  # the bar has its number, the legend its name
        }
        for (column, name), (marker, ink) in zip(names.items(), styles, strict=True)
    ]


def _heights(rows: Sequence[FrameRow], offset: float) -> list[float]:
    return [len(rows) - 1 - rank + offset for rank in range(len(rows))]


def _number_axis(rows: Sequence[FrameRow], names: Mapping[str, str]) -> Axis:
    return hidden_axis(0, max(1, *(sum(row[column] for column in names) for row in rows)) * 1.01)


def _stacked_figure(data: Sequence[Trace], **layout: Any) -> Figure:
    legend = LEGEND | {"traceorder": "normal"}  # from the left, as the parts
    return figure(data, barmode="stack", showlegend=True, legend=legend, **layout)
