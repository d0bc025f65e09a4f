"""Places at each stage, by waiting time: stacked bars that darken with age."""

from __future__ import annotations

import pandas as pd

from dashboard.figures.base import (
    FONT_SIZE,
    INK,
    LEGEND,
    RAMP,
    WHITE,
    Figure,
    FrameRow,
    Trace,
    count_axis,
    figure,
    mark_rows,
    name_axis,
    records,
    sums_by,
    text_trace,
)
from data.i18n import NARROW, number
from data.units import Unit

FIRST_DARK_RANK = 2  # of the classes with white text inside the bar


def draw_waiting_ages(frame: pd.DataFrame, unit: Unit) -> Figure:
    """Stacked bars. `frame`: `stage` and `age` (in the order of drawing), `places` (in `unit`); one row for each
    pair.
    """
    rows = records(frame)
    ages = list(dict.fromkeys(row["age"] for row in rows))
    stages = sums_by(frame, "stage", "places")
    data = [_age_trace([row for row in rows if row["age"] == age], age, rank, unit) for rank, age in enumerate(ages)]
    return figure(
        [*data, _total_labels(stages)],
        barmode="stack",
        bargap=0.35,
        showlegend=True,
        legend=LEGEND | {"traceorder": "normal"},  # plotly would reverse it
        xaxis=name_axis(),
        yaxis=count_axis(max(stages.values())),
    )


def _age_trace(rows: list[FrameRow], age: str, rank: int, unit: Unit) -> Trace:
    return {
        "type": "bar",
        "name": age,
        "x": [_two_lines(row["stage"]) for row in rows],
        "y": [row["places"] for row in rows],
        "meta": mark_rows(rows),
        "marker": {"color": RAMP[rank + 1], "line": {"color": WHITE, "width": 1.5}},
        "text": [number(row["places"]) if row["places"] else "" for row in rows],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"color": WHITE if rank >= FIRST_DARK_RANK else INK},
        "hovertext": [f"{row['stage']}, {age}{NARROW}: {unit.text(row['places'])}" for row in rows],
        "hoverinfo": "text",
        "showlegend": any(row["places"] for row in rows),
    }


def _total_labels(stages: dict[str, float]) -> Trace:
    totals = [f"<b>{number(places)}</b>" for places in stages.values()]
    return text_trace(
        [_two_lines(stage) for stage in stages], list(stages.values()), totals, "top center", fit="tops", size=FONT_SIZE
    )


def _two_lines(stage: str) -> str:
    """The name on two lines, short enough for a bar on a phone."""
    parts = stage.split(" ")
    half = (len(parts) + 1) // 2
    return "<br>".join(" ".join(part) for part in (parts[:half], parts[half:]) if part)
