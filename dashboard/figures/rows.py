"""Horizontal bars, one row for each name from the top, with texts at their ends or above them."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.figures.base import INK, Axis

BAR_THICKNESS = 0.62  # of a row; assets/figures.js makes bars of high rows thinner
ROW_MARGIN = {"l": 8, "r": 8, "t": 4, "b": 4}
MANY_ROWS = 8  # more have smaller names
SMALL_FONT_SIZE, NAME_FONT_SIZE = 11, 13  # pixels


def row_heights(rows: int, offset: float = 0.5) -> list[float]:
    """The middles of rows from the top, each one unit high; `offset` is from the foot of the row."""
    return [rows - 1 - rank + offset for rank in range(rows)]


def row_axis(names: Sequence[str]) -> Axis:
    """The y axis of rows with a name each; assets/figure_labels.js wraps the long ones."""
    return {
        "range": [0, len(names)],
        "tickmode": "array",
        "tickvals": row_heights(len(names)),
        "ticktext": list(names),
        "tickfont": {"color": INK, "size": SMALL_FONT_SIZE if len(names) > MANY_ROWS else NAME_FONT_SIZE},
        "automargin": True,
        "ticklabelstandoff": 6,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
    }
