"""Curves through time: a stock in steps against its target, a flow by month with its gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from dashboard.figures.base import (
    BLUE,
    INK,
    MUTED,
    RED,
    TEAL,
    TIME_HOVER,
    WHITE,
    YEAR_BEFORE,
    Figure,
    FrameRow,
    Trace,
    count_axis,
    figure,
    iso_days,
    mark_rows,
    marker_fill,
    padded_days,
    records,
    text_trace,
    time_axis,
)
from dashboard.figures.projection import LABEL_PIXELS, projection_traces
from data.i18n import NARROW, agree, number, percent
from data.types import month_start
from data.units import Unit

MIN_RESPONSE_RATE = 0.5  # below it, a month is drawn hollow
_LAST_VALUE_PIXELS, _DIGIT_PIXELS = (
    52,
    10.5,
)  # minimum at the right of the last value, and width of a digit

_MONTH_TICKS = [
    {"dtickrange": [None, "M6"], "value": "%b\n%Y"},
    {"dtickrange": ["M12", None], "value": "%Y"},
]


@dataclass(frozen=True)
class TrajectoryLabels:
    """The names of what is drawn (`stock`, `line`, `target`, `projection`), and the texts after a number in the hover:
    of the stock (`counted`), of the line (`awaited`).
    """

    stock: str
    counted: str
    line: str
    awaited: str
    target: str
    projection: str


def draw_trajectory(frame: pd.DataFrame, labels: TrajectoryLabels) -> Figure:
    """A stock in steps, the line to its target, the announced baseline, the projection at the recent pace.

    `frame`: `day`, `labelled`, `expected`, `baseline`, `target`, `remark` (of the baseline), `projected`, `low`,
    `high`; None when there is none that day.
    """
    rows = records(frame)
    known = [row for row in rows if row["labelled"] is not None]
    expected = [row for row in rows if row["expected"] is not None]
    due = [row for row in rows if row["target"] is not None]
    baselines = [row for row in rows if row["baseline"] is not None]
    projected = [row for row in rows if row["projected"] is not None]
    data = [
        *(trace for row in projected for trace in projection_traces(known[-1], row, labels.projection)),
        _stock_trace(known, labels),
        _last_point_trace(known[-1], "bottom right" if projected else "middle right"),
        *([_target_line_trace(expected, labels)] if expected else []),
        *(
            _marker_trace(row["day"], row["target"], f"<b>{labels.target} {number(row['target'])}</b>", _DUE)
            for row in due
        ),
        *(_marker_trace(row["day"], row["baseline"], "", _BASELINE) for row in baselines),
    ]
    tops = [(known, "labelled"), (due, "target"), (projected, "high")]
    highest = max(float(row[name]) for rows_, name in tops for row in rows_)
    return figure(
        data,
        margin=_margin(known[-1]["labelled"], LABEL_PIXELS if projected else _LAST_VALUE_PIXELS),
        xaxis=time_axis(
            range=padded_days(rows[0]["day"], rows[-1]["day"], before=False), nticks=6, tickformatstops=_MONTH_TICKS
        ),
        yaxis=count_axis(highest),
        **TIME_HOVER,
        annotations=[_baseline_annotation(row) for row in baselines],
    )


def _margin(last: float, least: int) -> dict[str, int]:
    """Margins, with room for the last value at the right."""
    return {"l": 8, "r": max(least, round(12 + _DIGIT_PIXELS * sum(map(str.isdigit, number(last))))), "t": 16, "b": 8}


def _stock_trace(known: Sequence[FrameRow], labels: TrajectoryLabels) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": labels.stock,
        "x": iso_days(row["day"] for row in known),
        "y": [row["labelled"] for row in known],
        "line": {"shape": "hv", "color": BLUE, "width": 2.5},
        "meta": mark_rows(known),
        "hovertemplate": f"%{{x|%d/%m/%Y}}{NARROW}: %{{y}} {labels.counted}{YEAR_BEFORE}<extra></extra>",
    }


def _last_point_trace(last: FrameRow, position: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": iso_days([last["day"]]),
        "y": [last["labelled"]],
        "text": [f"<b> {number(last['labelled'])}</b>"],
        "textposition": position,
        "textfont": {"color": BLUE, "size": 16},
        "marker": {"color": BLUE, "size": 7},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _target_line_trace(expected: Sequence[FrameRow], labels: TrajectoryLabels) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": labels.line,
        "x": iso_days(row["day"] for row in expected),
        "y": [row["expected"] for row in expected],
        "line": {"color": INK, "width": 1.5, "dash": "dot"},
        "hovertemplate": f"%{{x|%d/%m/%Y}}{NARROW}: %{{y:.1f}} {labels.awaited}<extra></extra>",
    }


def _baseline_annotation(row: FrameRow) -> dict[str, Any]:
    """Under the line and to its right, away from the line and the steps; on white, in case they overlap."""
    return {
        "x": row["day"].isoformat(),
        "y": row["baseline"],
        "text": f"{number(row['baseline'])} {row['remark']}",
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "top",
        "xshift": 8,
        "yshift": -10,
        "bgcolor": f"{WHITE}cc",  # opacity 0.8
        "font": {"color": INK},
    }


@dataclass(frozen=True)
class _MarkerStyle:
    symbol: str
    colour: str
    position: str


_DUE = _MarkerStyle("diamond", RED, "top left")
_BASELINE = _MarkerStyle("circle-open", INK, "bottom right")


def _marker_trace(day: date, value: float, text: str, style: _MarkerStyle) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": iso_days([day]),
        "y": [value],
        "text": [text],
        "textposition": style.position,
        "textfont": {"color": style.colour},
        "marker": {"symbol": style.symbol, "color": style.colour, "size": 10}
        | {"line": {"color": style.colour, "width": 1.5}},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


@dataclass(frozen=True)
class MonthLabels:
    """The `unit`, the name of a value in the hover (`value`: « Visites déclarées »), the unit of the `places` that
    answered, the verb for one and several of them (`answered`), and the meaning of a hollow mark (`weak`).
    """

    unit: Unit
    value: str
    places: Unit
    answered: tuple[str, str]
    weak: str


def draw_monthly_visits(frame: pd.DataFrame, labels: MonthLabels) -> Figure:
    """A flow by month: the line breaks at unknown months; a hollow marker where fewer than half of the places
    answered.

    `frame`: `month` (yyyymm), `visits`, `answered`, `expected`, `rate`; None when not known.
    """
    rows = records(frame)
    is_weak = [
        row["visits"] is not None and row["rate"] is not None and row["rate"] < MIN_RESPONSE_RATE for row in rows
    ]
    declared = [row for row in rows if row["visits"] is not None]
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": labels.unit.plural.capitalize(),
        "x": [_first_day(row) for row in rows],
        "y": [row["visits"] for row in rows],
        "connectgaps": False,
        "line": {"color": TEAL, "width": 2.5},
        "marker": {"color": marker_fill(TEAL, is_weak), "size": 6} | {"line": {"color": TEAL, "width": 1.5}},
        "text": [_response_text(row, labels) for row in rows],
        "meta": mark_rows(rows),
        "hovertemplate": f"%{{x|%B\u00a0%Y}}<br>{labels.value}{NARROW}: %{{y}}{YEAR_BEFORE}<br>"
        "%{text}<extra></extra>",
        "showlegend": False,
    }
    return figure(
        [line, _last_month_label(declared[-1]), *([_hollow_marker_legend(labels.weak)] if any(is_weak) else [])],
        margin=_margin(declared[-1]["visits"], _LAST_VALUE_PIXELS),
        xaxis=time_axis(nticks=0, tickformatstops=_MONTH_TICKS),  # plotly chooses the number
        yaxis=count_axis(max(float(row["visits"]) for row in declared)),
        showlegend=any(is_weak),
        **TIME_HOVER,
    )


def _first_day(row: FrameRow) -> str:
    """The first day of a month, where it is drawn."""
    return month_start(row["month"]).isoformat()


def _response_text(row: FrameRow, labels: MonthLabels) -> str:
    if row["rate"] is None:
        return ""
    places, have = labels.places.text(row["answered"]), agree(row["answered"], *labels.answered)
    return f"{places} sur {number(row['expected'])} {have} ({percent(row['rate'])})"


def _last_month_label(last: FrameRow) -> Trace:
    texts = [f"<b>  {number(last['visits'])}</b>"]  # two spaces: clear of the marker
    return text_trace([_first_day(last)], [last["visits"]], texts, "middle right", color=TEAL, size=15)


def _hollow_marker_legend(name: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [None],
        "y": [None],
        "marker": {"color": WHITE, "size": 7, "line": {"color": TEAL, "width": 1.5}},
        "textfont": {"color": MUTED},
        "hoverinfo": "skip",
    }
