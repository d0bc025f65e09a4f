"""Activities by period, and the steps that follow them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.figures.base import (
    BLUE,
    Figure,
    FrameRow,
    Trace,
    bar_gap,
    count_axis,
    figure,
    hidden_axis,
    mark_rows,
    name_axis,
    records,
    sums_by,
    text_trace,
)
from dashboard.figures.colours import bar_marker
from dashboard.figures.rows import row_heights
from data.i18n import NARROW

BAR_HEIGHT, TEXT_HEIGHT = 0.32, 0.72  # of the middle of a bar and of its text, in its row
FIRST_QUARTER = "T1 "
MAX_TICKS = 6  # that fit on a phone


def draw_activities_by_period(frame: pd.DataFrame) -> Figure:
    """Stacked bars. `frame`: `period` (its name, in order), `family`, `position` (its colour), `actions`."""
    rows = records(frame)
    periods = list(dict.fromkeys(row["period"] for row in rows))
    ticks = _ticks(periods)
    return figure(
        [
            _family_trace([row for row in rows if row["family"] == family], family)
            for family in dict.fromkeys(row["family"] for row in rows)
        ],
        barmode="stack",
        bargap=bar_gap(len(periods), 0.2),
        showlegend=True,
        xaxis=name_axis(tickmode="array", tickvals=list(ticks), ticktext=list(ticks.values())),
        yaxis=count_axis(max(sums_by(frame, "period", "actions").values())),
    )


def _ticks(periods: list[str]) -> dict[str, str]:
    """The periods with a label, and their labels: the first quarter of a year has the year."""
    firsts = {period: period.removeprefix(FIRST_QUARTER) for period in periods if period.startswith(FIRST_QUARTER)}
    labels = firsts if len(firsts) > 1 else {period: period for period in periods}
    step = -(-len(labels) // MAX_TICKS)
    shown = list(labels.items())[(step - 1) // 2 :: step]
    return {period: label.replace(" ", "<br>", 1) for period, label in shown}  # months over their years, on a phone


def _family_trace(rows: list[FrameRow], name: str) -> Trace:
    return {
        "type": "bar",
        "name": name,
        "x": [row["period"] for row in rows],
        "y": [row["actions"] for row in rows],
        "marker": bar_marker(rows[0]["position"]),
        "meta": mark_rows(rows),
        "hovertemplate": f"{name}, %{{x}}{NARROW}: %{{y}}<extra></extra>",
    }


def draw_steps(frame: pd.DataFrame) -> Figure:
    """A bar per step, from the top, with a text above it; one colour, since a step is no part of the former.
    `frame`: `count`, `text` (label, number in bold, share).
    """
    rows = records(frame)
    most = max([1, *(row["count"] for row in rows)])
    bars = _bar_trace(rows, [row["count"] for row in rows])
    return figure([bars, _text_above_bars(rows)], **_bare_layout(len(rows), most))


def _bar_trace(rows: list[FrameRow], values: list[Any]) -> Trace:
    return {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": row_heights(len(rows), BAR_HEIGHT),
        "width": 0.38,
        "marker": {"color": BLUE},
        "hoverinfo": "skip",  # the text above has the numbers
    }


def _text_above_bars(rows: list[FrameRow]) -> Trace:
    return text_trace(
        [0] * len(rows),
        row_heights(len(rows), TEXT_HEIGHT),
        [f"{before}<b>{strong}</b>{after}" for before, strong, after in (row["text"] for row in rows)],
        "middle right",
        fit="rows",
    )


def _bare_layout(rows: int, most: float) -> dict[str, Any]:
    """A layout without visible axes, since the texts have the numbers."""
    margin = {"l": 4, "r": 4, "t": 4, "b": 4}
    return {"xaxis": hidden_axis(0, most * 1.01), "yaxis": hidden_axis(0, rows), "margin": margin}
