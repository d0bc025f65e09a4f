"""What each partner did by year, with a mark at its target."""

from __future__ import annotations

import pandas as pd

from dashboard.figures.base import (
    BLUE,
    INK,
    RED,
    WHITE,
    Figure,
    FrameRow,
    Trace,
    figure,
    hidden_axis,
    mark_rows,
    records,
    text_trace,
)
from dashboard.figures.rows import row_heights

GAP = 0.05  # between a bar, or the mark of its target, and its text


def draw_objectives(frame: pd.DataFrame) -> Figure:
    """Bars under the name of each partner, the latest first; bars of the same things share a scale.

    `frame`: `group` (the partner, and what is counted beside activities), `label` (what is counted), `period`, `done`
    (None: not known), `value` (of the target, if any), `text` (at the end of the bar).
    """
    lines = _lines(records(frame))
    heights = row_heights(len(lines))
    bars = [(at, line) for at, line in enumerate(lines) if not isinstance(line, str)]
    ends = [max(row["done"] or 0, row["value"] or 0) / row["scale"] for _at, row in bars]
    return figure(
        [
            _bars([row for _at, row in bars], [heights[at] for at, _row in bars]),
            _targets([(heights[at], row["value"] / row["scale"]) for at, row in bars if row["value"]]),
            text_trace(
                [end + GAP for end in ends],
                [heights[at] for at, _row in bars],
                [row["text"] for _at, row in bars],
                "middle right",
                fit="ends",
            ),
            text_trace(
                [0 for line in lines if isinstance(line, str)],
                [heights[at] for at, line in enumerate(lines) if isinstance(line, str)],
                [line for line in lines if isinstance(line, str)],
                "middle right",
                fit="rows",
            ),
        ],
        margin={"l": 8, "r": 8, "t": 4, "b": 4},
        xaxis=hidden_axis(0, 1),
        yaxis={"range": [0, len(lines)], "automargin": True, "fixedrange": True}
        | {"showgrid": False, "zeroline": False, "tickmode": "array", "tickfont": {"color": INK, "size": 12}}
        | {"tickvals": [heights[at] for at, _row in bars], "ticktext": [row["period"] for _at, row in bars]},
    )


def _bars(rows: list[FrameRow], heights: list[float]) -> Trace:
    return {
        "type": "bar",
        "orientation": "h",
        "x": [(row["done"] or 0) / row["scale"] for row in rows],
        "y": heights,
        "width": 0.56,
        "marker": {"color": BLUE},
        "meta": mark_rows(rows),
        "hoverinfo": "skip",  # the text has the numbers
    }


def _targets(marks: list[tuple[float, float]]) -> Trace:
    """A diamond at each height and share of its scale."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [share for _height, share in marks],
        "y": [height for height, _share in marks],
        "marker": {"symbol": "diamond", "size": 12, "color": RED, "line": {"color": WHITE, "width": 1}},
        "hoverinfo": "skip",
    }


def _lines(rows: list[FrameRow]) -> list[str | FrameRow]:
    """The lines of the figure from the top: the name of a group, then its bars, each with the `scale` of all."""
    groups: dict[str, list[FrameRow]] = {}
    for row in rows:
        groups.setdefault(row["group"], []).append(row)
    scales: dict[str, float] = {}
    for row in rows:
        scales[row["label"]] = max(scales.get(row["label"], 1), row["done"] or 0, row["value"] or 0)
    lines: list[str | FrameRow] = []
    for group, bars in groups.items():
        lines += [f"<b>{group}</b>", *(row | {"scale": scales[row["label"]]} for row in bars)]
    return lines
