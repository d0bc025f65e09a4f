"""Something through time: a stock in steps against its target, a flow by month with its gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from dashboard.figures.base import (
    BLUE,
    INK,
    MUTED,
    RED,
    TEAL,
    WHITE,
    Figure,
    FrameRow,
    Trace,
    figure,
    iso_days,
    marker_fill,
    records,
    text_trace,
    time_axis,
    value_axis,
)
from dashboard.figures.projection import LABEL_PIXELS, projection_traces
from data.i18n import NARROW, agree, number, percent
from data.types import day_of
from data.units import Unit

HEADROOM = 1.15  # above the highest point, for its label
MIN_RESPONSE_RATE = 0.5
_LAST_VALUE_PIXELS, _DIGIT_PIXELS = (
    52,
    10.5,
)  # pixels at the right for the last value, at least; those of one of its digits

_MONTH_TICKS = [
    {"dtickrange": [None, "M6"], "value": "%b\n%Y"},
    {"dtickrange": ["M12", None], "value": "%Y"},
]


@dataclass(frozen=True)
class TrajectoryLabels:
    """The names of what is drawn (`stock`, `line`, `target`, `projection`), and what the hover says after a number of
    the stock (`counted`), of the line (`awaited`), of the projection (`rhythm`).
    """

    stock: str
    counted: str
    line: str
    awaited: str
    target: str
    projection: str
    rhythm: str


def draw_trajectory(frame: pd.DataFrame, labels: TrajectoryLabels) -> Figure:
    """A stock in steps, the line to its target, what was announced, where its rhythm leads.

    `frame`: `day`, `labelled`, `expected`, `baseline`, `target`, `remark` (what the baseline is), `projected`, `low`,
    `high`; None where there is no such thing that day.
    """
    rows = records(frame)
    known = [row for row in rows if row["labelled"] is not None]
    expected = [row for row in rows if row["expected"] is not None]
    due = [row for row in rows if row["target"] is not None]
    baselines = [row for row in rows if row["baseline"] is not None]
    projected = [row for row in rows if row["projected"] is not None]
    data = [
        *(trace for row in projected for trace in projection_traces(known[-1], row, labels.projection, labels.rhythm)),
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
    highest = max(4.0, *(float(row[name]) for found, name in tops for row in found))
    return figure(
        data,
        margin=_margin(known[-1]["labelled"], LABEL_PIXELS if projected else _LAST_VALUE_PIXELS),
        xaxis=time_axis(range=_padded_range(rows[0]["day"], rows[-1]["day"]), nticks=6, tickformatstops=_MONTH_TICKS),
        yaxis=value_axis(range=[0, highest * HEADROOM], tickformat=",d"),
        annotations=[_baseline_annotation(row) for row in baselines],
    )


def _margin(last: float, least: int) -> dict[str, int]:
    """Around the figure; at the right, room for the last value."""
    return {"l": 8, "r": max(least, round(12 + _DIGIT_PIXELS * sum(map(str.isdigit, number(last))))), "t": 16, "b": 8}


def _padded_range(first: date, last: date) -> list[str]:
    """From the first day to a little after the last, lest a marker be cut. Fixed: labels must not stretch the axis."""
    return iso_days([first, last + max((last - first) / 50, timedelta(days=5))])


def _stock_trace(known: Sequence[FrameRow], labels: TrajectoryLabels) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": labels.stock,
        "x": iso_days(row["day"] for row in known),
        "y": [row["labelled"] for row in known],
        "line": {"shape": "hv", "color": BLUE, "width": 2.5},
        "hovertemplate": f"%{{x|%d/%m/%Y}}{NARROW}: %{{y}} {labels.counted}<extra></extra>",
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
    """Under the line and to its right, where neither the line nor the steps pass; on white, in case they do."""
    return {
        "x": row["day"].isoformat(),
        "y": row["baseline"],
        "text": f"{number(row['baseline'])} {row['remark']}",
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "top",
        "xshift": 8,
        "yshift": -10,
        "bgcolor": "rgba(255,255,255,0.8)",
        "font": {"color": INK},
    }


@dataclass(frozen=True)
class _MarkerStyle:
    symbol: str
    colour: str
    position: str


_DUE = _MarkerStyle("diamond", RED, "top left")
_BASELINE = _MarkerStyle("circle-open", INK, "bottom right")


def _marker_trace(day: date, value: float, text: str, look: _MarkerStyle) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": iso_days([day]),
        "y": [value],
        "text": [text],
        "textposition": look.position,
        "textfont": {"color": look.colour},
        "marker": {"symbol": look.symbol, "color": look.colour, "size": 10}
        | {"line": {"color": look.colour, "width": 1.5}},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


@dataclass(frozen=True)
class MonthLabels:
    """What is counted: its `unit`, its name above a value of the hover (« Visites déclarées »), the `places` that
    answered and what one or several of them did (`answered`), and what a hollow mark means (`weak`).
    """

    unit: Unit
    value: str
    places: Unit
    answered: tuple[str, str]
    weak: str


def draw_months(frame: pd.DataFrame, labels: MonthLabels) -> Figure:
    """A flow by month: the line breaks where nothing is known; a hollow marker where fewer than half answered.

    `frame`: `month` (yyyymm), `visits`, `answered`, `expected`, `rate`; None when not known.
    """
    rows = records(frame)
    fragile = [
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
        "marker": {"color": marker_fill(TEAL, fragile), "size": 6} | {"line": {"color": TEAL, "width": 1.5}},
        "text": [_response_text(row, labels) for row in rows],
        "hovertemplate": f"%{{x|%B\u00a0%Y}}<br>{labels.value}{NARROW}: %{{y}}<br>%{{text}}<extra></extra>",
        "showlegend": False,
    }
    return figure(
        [line, _last_month_label(declared[-1]), *([_hollow_marker_legend(labels.weak)] if any(fragile) else [])],
        margin=_margin(declared[-1]["visits"], _LAST_VALUE_PIXELS),
        xaxis=time_axis(nticks=0, tickformatstops=_MONTH_TICKS),  # as many as there is room for
        yaxis=value_axis(tickformat=",d", range=[0, max(4.0, *(float(row["visits"]) for row in declared)) * HEADROOM]),
        showlegend=any(fragile),
    )


def _first_day(row: FrameRow) -> str:
    """The first day of a month, where it is drawn."""
    return day_of(row["month"] * 100 + 1).isoformat()


def _response_text(row: FrameRow, labels: MonthLabels) -> str:
    if row["rate"] is None:
        return ""
    places, have = labels.places.text(row["answered"]), agree(row["answered"], *labels.answered)
    return f"{places} sur {number(row['expected'])} {have} ({percent(row['rate'])})"


def _last_month_label(last: FrameRow) -> Trace:
    said = [f"<b> {number(last['visits'])}</b>"]
    return text_trace([_first_day(last)], [last["visits"]], said, "middle right", color=TEAL, size=15)


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
