"""Years overlaid: twelve months against the twelve before, and the seasons of several years."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.figures.base import (
    BLUE,
    FONT_SIZE,
    HEADROOM,
    MUTED,
    OCHRE,
    STEP_AXIS,
    TEAL,
    Axis,
    Figure,
    Trace,
    count_axis,
    figure,
    mark_rows,
    marker_fill,
    records,
    text_trace,
    value_axis,
)
from data.i18n import MONTHS, MONTHS_SHORT, NARROW, month_long
from data.units import Unit

LABEL_DISTANCE = 0.08  # between two labels at line ends, as a share of the height
_MARGIN = {"l": 8, "r": 64, "t": 20, "b": 8}  # at the right, for the labels of the lines
_LINE_STYLES = ((TEAL, "solid", "circle"), (BLUE, "dash", "square"), (OCHRE, "dot", "diamond"), (MUTED, "dashdot", "x"))


def draw_two_years(frame: pd.DataFrame, unit: Unit) -> Figure:
    """Two lines over the same months, in `unit`.

    `frame`: `month` (yyyymm), `now`, `before` (a year earlier), both known.
    """
    rows = records(frame)
    positions = list(range(len(rows)))
    lines = [
        _line_trace(
            positions,
            [row[name] for row in rows],
            rank,
            [month_long(row["month"] - months_back) for row in rows],
            unit.plural,
        )
        | {"meta": mark_rows(rows)}
        for rank, (name, months_back) in enumerate((("now", 0), ("before", 100)))
    ]
    names = ["cette année", "un an avant"]
    axis = count_axis(max(float(row[name]) for row in rows for name in ("now", "before")))
    ticks = [place for place, row in enumerate(rows) if row["month"] % 100 in (1, 4, 7, 10)] or positions
    month_labels = [MONTHS_SHORT[rows[place]["month"] % 100 - 1] for place in ticks]
    return figure(
        [*lines, *line_end_labels(lines, names, axis["range"][1])],
        margin=_MARGIN | {"r": 84},
        xaxis=_month_axis(len(rows) - 1, ticks, month_labels),
        yaxis=axis,
    )


def draw_years_overlaid(frame: pd.DataFrame, unit: Unit) -> Figure:
    """A line per year, the latest first and full, of averages in `unit` (« visites par lieu »); a hollow mark where
    fewer than half of the places answered.

    `frame`: `year`, `month` (1 to 12), `average` (None when not known: the line breaks), `is_weak`.
    """
    rows = records(frame)
    years = sorted({row["year"] for row in rows}, reverse=True)
    lines = []
    for rank, year in enumerate(years):
        of_year = {row["month"]: row for row in rows if row["year"] == year}
        known = [of_year[month] for month in range(1, 13) if month in of_year]
        averages = [None if row["average"] is None else round(row["average"], 1) for row in known]
        names = [f"{MONTHS[row['month'] - 1]} {year}" for row in known]
        line = _line_trace([row["month"] for row in known], averages, rank, names, unit.symbol)
        colour = line["line"]["color"]
        line["meta"] = mark_rows(known)
        line["marker"]["color"] = marker_fill(colour, [row["is_weak"] for row in known])
        lines.append(line)
    highest = max([1.0, *(float(row["average"]) for row in rows if row["average"] is not None)]) * HEADROOM
    return figure(
        [*lines, *line_end_labels(lines, [str(year) for year in years], highest)],
        margin=_MARGIN,
        xaxis=_month_axis(12, [1, 4, 7, 10], [MONTHS_SHORT[month - 1] for month in (1, 4, 7, 10)], first=1),
        yaxis=value_axis(range=[0, highest]),
    )


def _line_trace(x: Sequence[int], y: Sequence[float | None], rank: int, texts: Sequence[str], unit: str) -> Trace:
    """The first line is full and thick; the others differ by dash and mark as well as by hue."""
    colour, dash, symbol = _LINE_STYLES[rank % len(_LINE_STYLES)]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(x),
        "y": list(y),
        "connectgaps": False,
        "line": {"color": colour, "dash": dash, "width": 1.5 if rank else 2.5},
        "marker": {
            "color": colour,
            "symbol": symbol,
            "size": 5 if rank else 6,
            "line": {"color": colour, "width": 1.2},
        },
        "text": list(texts),
        "hovertemplate": f"%{{text}}{NARROW}: %{{y}} {unit}<extra></extra>",
    }


def line_end_labels(lines: Sequence[Trace], names: Sequence[str], highest: float) -> list[Trace]:
    """The name of each line next to its last known value, moved up where two would overlap."""
    end_points = []
    for line, name in zip(lines, names, strict=True):
        known = [(x, y) for x, y in zip(line["x"], line["y"], strict=True) if y is not None]
        if known:
            end_points.append((*known[-1], name, line["line"]["color"]))
    labels: list[Trace] = []
    lowest = 0.0
    for x, y, name, colour in sorted(end_points, key=lambda end: end[1]):
        height = round(max(float(y), lowest), 2)
        lowest = height + LABEL_DISTANCE * highest
        labels.append(text_trace([x], [height], [f"  {name}"], "middle right", color=colour, size=FONT_SIZE))
    return labels


def _month_axis(last: int, ticks: Sequence[int], labels: Sequence[str], first: int = 0) -> Axis:
    return STEP_AXIS | {"tickvals": list(ticks), "ticktext": list(labels), "range": [first - 0.3, last + 0.3]}
