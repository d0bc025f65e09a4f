"""A count per pair: a bubble as large as the count, with its number; zero and unknown are written as texts."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.figures.base import (
    BLUE,
    INK,
    MUTED,
    RAMP,
    RULE,
    Axis,
    Figure,
    FrameRow,
    Trace,
    figure,
    mark_rows,
    records,
)
from dashboard.figures.territories import short_territory_name
from data.i18n import NARROW, number

UNKNOWN_LABEL = "n. c."
MAX_LARGE_BUBBLE_ROWS = 8
LARGE_BUBBLE_PIXELS, SMALL_BUBBLE_PIXELS = 38, 21  # the largest bubble, with few or many rows
DIGIT_PIXELS = 8  # width of a digit
MIN_BUBBLE_RATIO = 0.3  # smallest to largest bubble, so that it stays visible


def draw_bubble_matrix(frame: pd.DataFrame) -> Figure:
    """Rows from the top and columns in the order of the frame: `row`, `column`, `value` (None: not known)."""
    cells = records(frame)
    rows = list(dict.fromkeys(cell["row"] for cell in cells))
    columns = list(dict.fromkeys(cell["column"] for cell in cells))
    places = {id(cell): (columns.index(cell["column"]), len(rows) - 1 - rows.index(cell["row"])) for cell in cells}
    return figure(
        [
            _bubble_trace(
                cells, places, LARGE_BUBBLE_PIXELS if len(rows) <= MAX_LARGE_BUBBLE_ROWS else SMALL_BUBBLE_PIXELS
            )
        ],
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        **matrix_axes(rows, columns),
    )


def matrix_axes(rows: list[str], columns: list[str]) -> dict[str, Axis]:
    """The axes of a table: territories from the top, and columns named above."""
    return {
        "xaxis": _axis([column_name(name) for name in columns], list(range(len(columns)))) | {"side": "top"},
        "yaxis": _axis([short_territory_name(name) for name in rows], list(range(len(rows) - 1, -1, -1))),
    }


def column_name(name: str) -> str:
    """A name without what it has between brackets, to stand above a column."""
    return name.split(" (", maxsplit=1)[0]


def _bubble_trace(cells: list[FrameRow], places: dict[int, tuple[int, int]], largest: int) -> Trace:
    most = max([1, *(cell["value"] for cell in cells if cell["value"])])
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [places[id(cell)][0] for cell in cells],
        "y": [places[id(cell)][1] for cell in cells],
        "marker": {
            "size": [_bubble_size(cell["value"], most, largest) for cell in cells],
            "color": RAMP[1],
            "line": {"color": BLUE, "width": 1},
            "opacity": 1,
        },
        "text": [UNKNOWN_LABEL if cell["value"] is None else number(cell["value"]) for cell in cells],
        "textposition": [_digits_position(cell["value"], most, largest) for cell in cells],
        "textfont": {"size": 12, "color": [INK if cell["value"] else MUTED for cell in cells]},
        "cliponaxis": False,
        "customdata": [cell["row"] for cell in cells],
        "meta": mark_rows(cells),
        "hovertemplate": f"%{{customdata}}{NARROW}: %{{text}}<extra></extra>",
    }


def _digits_position(value: int | None, most: int, largest: int) -> str:
    """In the bubble, or beside one that they would hide."""
    size = _bubble_size(value, most, largest)
    return "middle center" if not value or size >= DIGIT_PIXELS * (len(number(value)) + 1) else "middle right"


def _bubble_size(value: int | None, most: int, largest: int) -> float:
    """The area is proportional to the count; 0 for no count or an unknown one."""
    return round(largest * max(MIN_BUBBLE_RATIO, float(value / most) ** 0.5), 1) if value else 0.0


def _axis(names: list[str], places: list[int]) -> Axis:
    grid: dict[str, Any] = {"showgrid": True, "gridcolor": RULE, "zeroline": False, "fixedrange": True}
    ticks = {"tickmode": "array", "tickvals": places, "ticktext": names, "tickfont": {"color": INK, "size": 12}}
    return grid | ticks | {"range": [-0.6, len(names) - 0.4], "automargin": True}
