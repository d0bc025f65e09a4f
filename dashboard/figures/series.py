"""The series of one indicator: a line by month or bars by year, with the path to its target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.figures.bars import year_label
from dashboard.figures.base import (
    BLUE,
    INK,
    RED,
    TIME_HOVER,
    Figure,
    FrameRow,
    Trace,
    figure,
    iso_days,
    mark_rows,
    marker_fill,
    name_axis,
    padded_days,
    records,
    text_trace,
    time_axis,
)
from dashboard.figures.scales import axis_text, scale
from data.units import Unit

MAX_LABELLED_BARS = 10  # more bars leave no room for their values
MAX_MARKED_MONTHS = 36  # more marks hide the line
LABEL_PIXELS = 9  # of a letter of the last value, at the right of the line
_MONTH_TICKS = [
    {"dtickrange": [None, "M6"], "value": "%b\n%Y"},
    {"dtickrange": ["M12", None], "value": "%Y"},
]


@dataclass(frozen=True)
class SeriesStyle:
    """The unit of the values, the name of the path to the target, the colour of the values."""

    unit: Unit
    target: str
    colour: str = BLUE


def draw_month_series(frame: pd.DataFrame, style: SeriesStyle) -> Figure:
    """A line that breaks at unknown months, its last value at its end, and the dotted path to the target.

    `frame`: `day` (where the value is drawn), `value` (None when unknown), `expected` (None without a target), `text`
    (for the hover), `is_due` (the row of the target).
    """
    rows = records(frame)
    known = [row for row in rows if row["value"] is not None]
    last = axis_text(known[-1]["value"], style.unit)
    days = [row["day"] for row in rows]
    return figure(
        [
            _line(rows, style, is_marked=len(known) <= MAX_MARKED_MONTHS),
            text_trace(
                iso_days([known[-1]["day"]]),
                [known[-1]["value"]],
                [f"<b> {last}</b>"],
                "middle right",
                color=style.colour,
                size=15,
            ),
            *_target_traces(rows, iso_days(days), style),
        ],
        margin={"l": 8, "r": max(40, 14 + LABEL_PIXELS * len(last)), "t": 16, "b": 8},
        xaxis=time_axis(range=padded_days(days[0], days[-1]), nticks=6, tickformatstops=_MONTH_TICKS),
        yaxis=scale(_heights(rows), style.unit),
        **TIME_HOVER,
    )


def draw_year_series(frame: pd.DataFrame, style: SeriesStyle) -> Figure:
    """A bar for each year, hollow when the year is not whole, with its value, and the dotted path to the target.

    `frame`: `period` (the year), `until` (last day counted), `is_whole`, and the columns of `draw_month_series`.
    """
    rows = records(frame)
    ticks = [year_label(row["period"], row["until"]) for row in rows]
    has_labels = len(rows) <= MAX_LABELLED_BARS
    bars = {
        "type": "bar",
        "x": ticks,
        "y": [row["value"] for row in rows],
        "marker": {
            "color": marker_fill(style.colour, [not row["is_whole"] for row in rows]),
            "line": {"color": style.colour, "width": 1.5},
        },
        "text": [_bar_label(row, style.unit) if has_labels else "" for row in rows],
        "textposition": "outside",
        "constraintext": "none",
        "textfont": {"color": INK},
        "cliponaxis": False,
        "hovertext": [row["text"] for row in rows],
        "hoverinfo": "text",
        "meta": mark_rows(rows),
    }
    return figure(
        [bars, *_target_traces(rows, ticks, style)],
        bargap=max(0.3, 1 - 0.12 * len(rows)),
        xaxis=name_axis(),
        yaxis=scale(_heights(rows), style.unit),
    )


def _bar_label(row: FrameRow, unit: Unit) -> str:
    return "" if row["value"] is None else axis_text(row["value"], unit)


def _line(rows: Sequence[FrameRow], style: SeriesStyle, *, is_marked: bool) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": iso_days(row["day"] for row in rows),
        "y": [row["value"] for row in rows],
        "connectgaps": False,
        "line": {"color": style.colour, "width": 2.5},
        "marker": {"color": style.colour, "size": 6 if is_marked else 3},
        "text": [row["text"] for row in rows],
        "hovertemplate": "%{text}<extra></extra>",
        "meta": mark_rows(rows),
    }


def _target_traces(rows: Sequence[FrameRow], places: Sequence[str], style: SeriesStyle) -> list[Trace]:
    """The path to the target, and the target on its due date."""
    path = [(at, row) for at, row in zip(places, rows, strict=True) if row["expected"] is not None]
    if not path:
        return []
    line: Trace = {
        "type": "scatter",
        "mode": "lines",
        "name": style.target,
        "x": [at for at, _row in path],
        "y": [row["expected"] for _at, row in path],
        "line": {"color": INK, "width": 1.5, "dash": "dot"},
        "hoverinfo": "skip",
    }
    return [line, *(_due_mark(at, row["expected"], style.unit) for at, row in path if row["is_due"])]


def _due_mark(place: str, value: float, unit: Unit) -> Trace:
    mark: dict[str, Any] = {"symbol": "diamond", "color": RED, "size": 10}
    return text_trace([place], [value], [f"<b>Objectif {axis_text(value, unit)}</b>"], "top left", color=RED) | {
        "mode": "markers+text",
        "marker": mark,
    }


def _heights(rows: Sequence[FrameRow]) -> list[float]:
    return [float(row[name]) for row in rows for name in ("value", "expected") if row[name] is not None]
