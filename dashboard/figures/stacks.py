"""Things in parts, by row: stacked bars with their numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.figures.base import (
    BLUE,
    INK,
    LEGEND,
    MUTED,
    RAMP,
    RED,
    WHITE,
    Axis,
    Figure,
    FrameRow,
    Trace,
    figure,
    hidden_axis,
    mark_rows,
    records,
    text_trace,
)
from dashboard.figures.rows import BAR_THICKNESS, row_axis, row_heights
from dashboard.figures.territories import short_territory_name
from data.i18n import number

_PLAIN = ({"color": BLUE}, WHITE)  # fill and ink of the number
_LIGHT = ({"color": RAMP[1], "line": {"color": BLUE, "width": 1}}, INK)
_HATCHED = (
    {"color": WHITE, "line": {"color": MUTED, "width": 1}}
    | {"pattern": {"shape": "/", "fgcolor": MUTED, "bgcolor": WHITE, "size": 7, "solidity": 0.12}},
    INK,
)


_WRONG = ({"color": RED}, WHITE)
PartStyles = Sequence[tuple[dict[str, Any], str]]
PLAIN_LIGHT: PartStyles = (_PLAIN, _LIGHT)
PLAIN_WRONG_HATCHED: PartStyles = (_PLAIN, _WRONG, _HATCHED)


def draw_places_in_parts(frame: pd.DataFrame, names: Mapping[str, str]) -> Figure:
    """Stacked bars of territories, from the top: a plain part, a light one if there are three, and a hatched one.
    `frame`: `name`, and a number of places for each column of `names`, which are the legend.
    """
    return draw_parts(frame, names, _styles_of_places(names), short_territory_name)


def draw_parts(
    frame: pd.DataFrame,
    names: Mapping[str, str],
    styles: PartStyles,
    tick_text: Callable[[str], str] = str,
    end_text: str = "",
) -> Figure:
    """Stacked bars, from the top. `frame`: `name` (written by `tick_text`), a number for each column of `names`, and in
    the column `end_text`, if any, a text behind the bar.
    """
    rows = records(frame)
    heights = row_heights(len(rows), 0.5)
    data = _part_traces(rows, names, styles, heights, BAR_THICKNESS)
    if end_text:
        texts = [f"\u00a0{row[end_text]}" for row in rows]
        data.append(text_trace(_totals(rows, names), heights, texts, "middle right", fit="ends"))
    return _stacked_figure(
        data,
        xaxis=_number_axis(rows, names),
        yaxis=row_axis([tick_text(row["name"]) for row in rows]),
    )


def draw_criteria_in_parts(frame: pd.DataFrame, names: Mapping[str, str]) -> Figure:
    """The bars of `draw_places_in_parts`, with each `name` above its bar: a criterion is too long to stand beside."""
    rows = records(frame)
    labels = text_trace(
        [0] * len(rows),
        row_heights(len(rows), 0.78),
        [row["name"] for row in rows],
        "middle right",
        fit="rows",
        size=13,
    )
    return _stacked_figure(
        [*_part_traces(rows, names, _styles_of_places(names), row_heights(len(rows), 0.34), 0.42), labels],
        xaxis=_number_axis(rows, names),
        yaxis=hidden_axis(0, len(rows)),
    )


def _styles_of_places(names: Mapping[str, str]) -> PartStyles:
    return (_PLAIN, *[_LIGHT] * (len(names) - 2), _HATCHED)


def _part_traces(
    rows: Sequence[FrameRow], names: Mapping[str, str], styles: PartStyles, heights: Sequence[float], width: float
) -> list[Trace]:
    return [
        {
            "type": "bar",
            "orientation": "h",
            "name": name,
            "x": [row[column] for row in rows],
            "y": list(heights),
            "width": width,
            "marker": marker,
            "meta": mark_rows(rows),
            "text": [f"<b>{number(row[column])}</b>" if row[column] else "" for row in rows],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "textfont": {"color": ink, "size": 12},
            "hoverinfo": "skip",  # the bar has its number, the legend its name
            "showlegend": any(row[column] for row in rows),
        }
        for (column, name), (marker, ink) in zip(names.items(), styles, strict=True)
    ]


def _totals(rows: Sequence[FrameRow], names: Mapping[str, str]) -> list[int]:
    return [sum(row[column] for column in names) for row in rows]


def _number_axis(rows: Sequence[FrameRow], names: Mapping[str, str]) -> Axis:
    return hidden_axis(0, max(1, *_totals(rows, names)) * 1.01)


def _stacked_figure(data: Sequence[Trace], **layout: Any) -> Figure:
    legend = LEGEND | {"traceorder": "normal"}  # from the left, as the parts
    return figure(data, barmode="stack", showlegend=True, legend=legend, **layout)
