"""Territories in rows, from the highest value to the lowest, with the value of the Région as a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.figures.base import (
    BLUE,
    INK,
    MUTED,
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
from dashboard.figures.territories import SMALL_FONT_SIZE, short_territory_name
from data.units import Unit

LETTER_ROOM = 0.05  # of a letter at the end of the longest bar, as a share of all the values: it fits on a phone
ROW_THICKNESS, MAX_THICKNESS = 0.11, 0.62  # of a bar: few rows do not have huge bars
MANY_ROWS = 8


@dataclass(frozen=True)
class RankStyle:
    """The unit of the values, the name of the Région beside its line, the colour of the bars."""

    unit: Unit
    whole: str
    colour: str = BLUE


def draw_ranks(frame: pd.DataFrame, style: RankStyle) -> Figure:
    """A bar per territory whose value is known. `frame`, in the order shown: `name`, `value` (None when unknown),
    `is_placed` (False: facts without a territory). Its attribute `whole` is the value of the Région (None: not drawn).
    """
    rows, whole = [row for row in records(frame) if row["value"] is not None], frame.attrs["whole"]
    known = [float(row["value"]) for row in rows]
    low, high = min(0.0, *known, whole or 0.0), max(0.0, *known, whole or 0.0)
    texts = [style.unit.value_text(value) for value in known]
    room = (high - low or 1.0) * LETTER_ROOM * (2 + max(map(len, texts)))
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": known,
        "y": _heights(rows),
        "width": _thickness(rows),
        "marker": {"color": [style.colour if row["is_placed"] else MUTED for row in rows]},
        "hovertext": [f"{row['name']}\u202f: {text}" for row, text in zip(rows, texts, strict=True)],
        "hoverinfo": "text",
        "meta": mark_rows(rows),
    }
    has_line = whole is not None
    return figure(
        [bars, _value_labels(rows, known, texts), *([_region_line(float(whole), rows)] if has_line else [])],
        margin={"l": 8, "r": 8, "t": 8, "b": 24 if has_line else 8},
        xaxis=hidden_axis(low - (room if low < 0 else 0), high + room),
        yaxis=_name_axis(rows),
        annotations=[_region_label(f"{style.whole} {style.unit.value_text(whole)}", float(whole))] if has_line else [],
    )


def _value_labels(rows: Sequence[FrameRow], values: Sequence[float], texts: Sequence[str]) -> Trace:
    """The values at the ends of the bars, in a size of their own: plotly shrinks the text of a thin bar."""
    positions = ["middle left" if value < 0 else "middle right" for value in values]
    size = SMALL_FONT_SIZE if len(rows) > MANY_ROWS else 12
    labels = text_trace(list(values), _heights(rows), [f" {text} " for text in texts], "middle right", size=size)
    return labels | {"textposition": positions}


def _heights(rows: Sequence[FrameRow]) -> list[float]:
    return [len(rows) - rank - 0.5 for rank in range(len(rows))]


def _name_axis(rows: Sequence[FrameRow]) -> Axis:
    return {
        "range": [0, len(rows)],
        "tickmode": "array",
        "tickvals": _heights(rows),
        "ticktext": [short_territory_name(row["name"]) for row in rows],
        "tickfont": {"color": INK, "size": SMALL_FONT_SIZE if len(rows) > MANY_ROWS else 13},
        "automargin": True,
        "ticklabelstandoff": 6,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
    }


def _thickness(rows: Sequence[FrameRow]) -> float:
    return min(MAX_THICKNESS, ROW_THICKNESS * len(rows))


def _region_line(at: float, rows: Sequence[FrameRow]) -> Trace:
    """The line of the Région between the bars, so that it crosses no value."""
    half = _thickness(rows) / 2
    edges = [len(rows), *(edge for height in _heights(rows) for edge in (height + half, height - half)), 0]
    ys = [y for top, bottom in zip(edges[::2], edges[1::2], strict=True) for y in (top, bottom, None)]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [None if y is None else at for y in ys],
        "y": ys,
        "line": {"color": MUTED, "width": 1.5, "dash": "dot"},
        "hoverinfo": "skip",
    }


def _region_label(text: str, at: float) -> dict[str, Any]:
    place = {"x": at, "y": 0, "yref": "paper", "yanchor": "top", "xanchor": "center"}
    return place | {"text": text, "showarrow": False, "font": {"color": MUTED, "size": 12}}
