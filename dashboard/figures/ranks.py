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
    figure,
    hidden_axis,
    records,
)
from dashboard.figures.territories import short_territory_name
from data.units import Unit

LABEL_ROOM = 0.32  # at the end of the longest bar, as a share of all the values
ROW_THICKNESS, MAX_THICKNESS = 0.11, 0.62  # of a bar: few rows do not have huge bars
MANY_ROWS = 8
UNKNOWN_TEXT = "non connu"


@dataclass(frozen=True)
class RankStyle:
    """The unit of the values, the name of the Région beside its line, the colour of the bars."""

    unit: Unit
    whole: str
    colour: str = BLUE


def draw_ranks(frame: pd.DataFrame, style: RankStyle) -> Figure:
    """A bar per territory. `frame`, in the order shown: `name`, `value` (None when unknown), `is_placed` (False: facts
    without a territory). Its attribute `whole` is the value of the Région (None: not drawn).
    """
    rows, whole = records(frame), frame.attrs["whole"]
    known = [float(row["value"]) for row in rows if row["value"] is not None]
    low, high = min(0.0, *known, whole or 0.0), max(0.0, *known, whole or 0.0)
    room = (high - low or 1.0) * LABEL_ROOM
    texts = [UNKNOWN_TEXT if row["value"] is None else style.unit.value_text(row["value"]) for row in rows]
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": [float(row["value"] or 0) for row in rows],
        "y": _heights(rows),
        "width": min(MAX_THICKNESS, ROW_THICKNESS * len(rows)),
        "marker": {"color": [style.colour if row["is_placed"] else MUTED for row in rows]},
        "text": texts,
        "textposition": "outside",
        "textfont": {"color": INK, "size": 12},
        "cliponaxis": False,
        "hovertext": [f"{row['name']}\u202f: {text}" for row, text in zip(rows, texts, strict=True)],
        "hoverinfo": "text",
    }
    has_line = whole is not None
    return figure(
        [bars],
        margin={"l": 8, "r": 8, "t": 8, "b": 24 if has_line else 8},
        xaxis=hidden_axis(low - (room if low < 0 else 0), high + room),
        yaxis=_name_axis(rows),
        shapes=[_region_line(float(whole), len(rows))] if has_line else [],
        annotations=[_region_label(f"{style.whole} {style.unit.value_text(whole)}", float(whole))] if has_line else [],
    )


def _heights(rows: Sequence[FrameRow]) -> list[float]:
    return [len(rows) - rank - 0.5 for rank in range(len(rows))]


def _name_axis(rows: Sequence[FrameRow]) -> Axis:
    return {
        "range": [0, len(rows)],
        "tickmode": "array",
        "tickvals": _heights(rows),
        "ticktext": [short_territory_name(row["name"]) for row in rows],
        "tickfont": {"color": INK, "size": 11 if len(rows) > MANY_ROWS else 13},
        "automargin": True,
        "ticklabelstandoff": 6,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
    }


def _region_line(at: float, rows: int) -> dict[str, Any]:
    line = {"color": MUTED, "width": 1.5, "dash": "dot"}
    return {"type": "line", "x0": at, "x1": at, "y0": 0, "y1": rows, "layer": "below", "line": line}


def _region_label(text: str, at: float) -> dict[str, Any]:
    place = {"x": at, "y": 0, "yref": "paper", "yanchor": "top", "xanchor": "center"}
    return place | {"text": text, "showarrow": False, "font": {"color": MUTED, "size": 12}}
