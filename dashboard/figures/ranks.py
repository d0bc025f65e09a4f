"""Territories in rows, from the highest value to the lowest, with the value of the Région as a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.figures.base import (
    BLUE,
    MUTED,
    Figure,
    Fit,
    FrameRow,
    Trace,
    figure,
    hidden_axis,
    mark_rows,
    records,
    text_trace,
)
from dashboard.figures.rows import BAR_THICKNESS, MANY_ROWS, SMALL_FONT_SIZE, row_axis, row_heights
from dashboard.figures.territories import short_territory_name
from data.units import Unit

LETTER_ROOM = 0.05  # of a letter at the ends of bars when some are negative, as a share of all the values


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
    room = (high - low) * LETTER_ROOM * (2 + max(map(len, texts))) if low < 0 else 0.0
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": known,
        "y": row_heights(len(rows)),
        "width": BAR_THICKNESS,
        "marker": {"color": [style.colour if row["is_placed"] else MUTED for row in rows]},
        "hovertext": [f"{row['name']}\u202f: {text}" for row, text in zip(rows, texts, strict=True)],
        "hoverinfo": "text",
        "meta": mark_rows(rows),
    }
    has_line = whole is not None
    return figure(
        [bars, _value_labels(rows, known, texts), *([_region_line(float(whole), rows)] if has_line else [])],
        margin={"l": 8, "r": 8, "t": 8, "b": 30 if has_line else 8},
        xaxis=hidden_axis(low - room, high + room or 1.0),
        yaxis=row_axis([short_territory_name(row["name"]) for row in rows]),
        annotations=[_region_label(f"{style.whole} {style.unit.value_text(whole)}", float(whole))] if has_line else [],
    )


def _value_labels(rows: Sequence[FrameRow], values: Sequence[float], texts: Sequence[str]) -> Trace:
    """The values at the ends of the bars, in a size of their own: plotly shrinks the text of a thin bar."""
    positions = ["middle left" if value < 0 else "middle right" for value in values]
    size = SMALL_FONT_SIZE if len(rows) > MANY_ROWS else 12
    fit: Fit | None = None if min(values, default=0.0) < 0 else "ends"
    spaced = [f" {text} " for text in texts]
    labels = text_trace(list(values), row_heights(len(rows)), spaced, "middle right", fit, size=size)
    return labels | {"textposition": positions}


def _region_line(at: float, rows: Sequence[FrameRow]) -> Trace:
    """The line of the Région between the bars, so that it crosses no value."""
    half = BAR_THICKNESS / 2
    edges = [len(rows), *(edge for height in row_heights(len(rows)) for edge in (height + half, height - half)), 0]
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
