"""One bar per year: awards above the line and ends below it; medians with their number of cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.figures.bars import year_label
from dashboard.figures.base import (
    BLUE,
    FONT_SIZE,
    INK,
    MUTED,
    OCHRE,
    WHITE,
    Figure,
    FrameRow,
    Trace,
    bar_gap,
    figure,
    mark_rows,
    marker_fill,
    name_axis,
    records,
    value_axis,
)
from data.i18n import MINUS, NARROW, number
from data.units import Unit

MAX_LABELLED_BARS = 12  # more bars leave no room for labels
HEADROOM = 1.2
MIN_GAP = 0.3  # between bars
LABEL_ROOM = 0.15  # above and below the bars, for their labels
_PATTERN = {"shape": "/", "bgcolor": OCHRE, "fgcolor": WHITE, "size": 7, "solidity": 0.15}


def draw_label_changes(frame: pd.DataFrame, names: Mapping[str, str]) -> Figure:
    """Bars up and down. `frame`: `year`, `began`, `ended`, `until` (last day counted); `names` are the legend of
    `began` and `ended`.
    """
    rows = records(frame)
    highest, lowest = max([1, *(row["began"] for row in rows)]), max(row["ended"] for row in rows)
    room, has_labels = (highest + lowest) * LABEL_ROOM, len(rows) <= MAX_LABELLED_BARS
    return figure(
        [
            _change_trace(rows, "began", names["began"], {"color": BLUE}, has_labels),
            _change_trace(rows, "ended", names["ended"], {"color": OCHRE, "pattern": _PATTERN}, has_labels),
        ],
        barmode="relative",
        bargap=bar_gap(len(rows), MIN_GAP),
        showlegend=True,
        xaxis=name_axis(),
        yaxis=value_axis(range=[-lowest - room, highest + room], tickformat=",d")
        | {"showticklabels": not has_labels, "showgrid": not has_labels, "zerolinecolor": MUTED},
    )


def _change_trace(rows: Sequence[FrameRow], name: str, title: str, marker: dict[str, Any], has_labels: bool) -> Trace:
    sign, mark = (1, "+") if name == "began" else (-1, MINUS)
    return {
        "type": "bar",
        "name": title,
        "x": [year_label(row["year"], row["until"]) for row in rows],
        "y": [sign * row[name] for row in rows],
        "meta": mark_rows(rows),
        "marker": marker,
        "text": [f"{mark}{number(row[name])}" if has_labels and row[name] else "" for row in rows],
        "textposition": "outside",
        "textfont": {"color": INK, "size": FONT_SIZE},
        "fit": "tops",
        "cliponaxis": False,
        "hovertext": [f"{row['year']}, {title.lower()}{NARROW}: {number(row[name])}" for row in rows],
        "hoverinfo": "text",
        "showlegend": any(row[name] for row in rows),
    }


@dataclass(frozen=True)
class MedianLabels:
    """The `unit` of a median and its `kind` (« en médiane »), the unit of its `cases`, the labels of `few` cases and of
    `none`.
    """

    unit: Unit
    kind: str
    cases: Unit
    few: str
    none: str


def draw_yearly_medians(frame: pd.DataFrame, labels: MedianLabels) -> Figure:
    """Bars, hollow with few cases. `frame`: `year`, `cases`, `days` (None without any), `has_few_cases`."""
    rows = records(frame)
    has_labels = len(rows) <= MAX_LABELLED_BARS
    has_few_cases = any(row["has_few_cases"] and row["cases"] for row in rows)
    bar = {
        "type": "bar",
        "x": [_cases_label(row, labels) if has_labels else str(row["year"]) for row in rows],
        "y": [row["days"] for row in rows],
        "meta": mark_rows(rows),
        "marker": {
            "color": marker_fill(BLUE, [row["has_few_cases"] for row in rows]),
            "line": {"color": BLUE, "width": 1.5},
        },
        "text": [number(row["days"]) if has_labels and row["days"] is not None else "" for row in rows],
        "textposition": "outside",
        "textfont": {"color": INK, "size": FONT_SIZE},
        "fit": "tops",
        "cliponaxis": False,
        "hovertext": [_median_text(row, labels) for row in rows],
        "hoverinfo": "text",
        "showlegend": False,
    }
    highest = max([30.0, *(float(row["days"] or 0) for row in rows)])
    return figure(
        [bar, *([_hollow_bar_legend(labels)] if has_few_cases else [])],
        bargap=bar_gap(len(rows), MIN_GAP),
        showlegend=has_few_cases,
        xaxis=name_axis(),
        yaxis=value_axis(range=[0, highest * HEADROOM], tickformat=",d"),
    )


def _hollow_bar_legend(labels: MedianLabels) -> Trace:
    return {
        "type": "bar",
        "name": labels.few.capitalize(),
        "x": [None],
        "y": [None],
        "marker": {"color": WHITE, "line": {"color": BLUE, "width": 1.5}},
        "hoverinfo": "skip",
    }


def _cases_label(row: FrameRow, labels: MedianLabels) -> str:
    return f"{row['year']}<br>{labels.cases.text(row['cases'])}"


def _median_text(row: FrameRow, labels: MedianLabels) -> str:
    if row["days"] is None:
        return f"{row['year']}{NARROW}: {labels.none}"
    weak = f", {labels.few}" if row["has_few_cases"] else ""
    median = f"{labels.unit.text(row['days'])} {labels.kind}"
    return f"{row['year']}{NARROW}: {median} ({labels.cases.text(row['cases'])}{weak})"
