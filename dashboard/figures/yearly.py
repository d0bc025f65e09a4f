"""One bar a year: what came above the line and what went below it; medians with their number of cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.figures.bars import year_label
from dashboard.figures.base import (
    BLUE,
    INK,
    MUTED,
    OCHRE,
    WHITE,
    Figure,
    FrameRow,
    Trace,
    figure,
    marker_fill,
    name_axis,
    records,
    value_axis,
)
from data.i18n import MINUS, NARROW, number
from data.units import Unit

MAX_LABELLED_BARS = 12  # more bars than this leave no room for words at each
HEADROOM = 1.2
LABEL_ROOM = 0.15  # above and below, for the numbers at the ends of the bars
_PATTERN = {"shape": "/", "bgcolor": OCHRE, "fgcolor": WHITE, "size": 7, "solidity": 0.15}


def draw_label_changes(frame: pd.DataFrame, names: Mapping[str, str]) -> Figure:
    """Bars up and down. `frame`: `year`, `began`, `ended`, `until` (last day counted); `names` are those of `began` and
    `ended` in the legend.
    """
    rows = records(frame)
    highest, lowest = max([1, *(row["began"] for row in rows)]), max(row["ended"] for row in rows)
    room, few = (highest + lowest) * LABEL_ROOM, len(rows) <= MAX_LABELLED_BARS
    return figure(
        [
            _change_trace(rows, "began", names["began"], {"color": BLUE}, few),
            _change_trace(rows, "ended", names["ended"], {"color": OCHRE, "pattern": _PATTERN}, few),
        ],
        barmode="relative",
        bargap=_bar_gap(rows),
        showlegend=True,
        xaxis=name_axis(),
        yaxis=value_axis(range=[-lowest - room, highest + room], showticklabels=not few, tickformat=",d")
        | {"zerolinecolor": MUTED},
    )


def _change_trace(rows: Sequence[FrameRow], name: str, title: str, marker: dict[str, Any], few: bool) -> Trace:
    sign, mark = (1, "+") if name == "began" else (-1, MINUS)
    return {
        "type": "bar",
        "name": title,
        "x": [year_label(row["year"], row["until"]) for row in rows],
        "y": [sign * row[name] for row in rows],
        "marker": marker,
        "text": [f"{mark}{number(row[name])}" if few and row[name] else "" for row in rows],
        "textposition": "outside",
        "textfont": {"color": INK},
        "cliponaxis": False,
        "hovertext": [f"{row['year']}, {title.lower()}{NARROW}: {number(row[name])}" for row in rows],
        "hoverinfo": "text",
    }


@dataclass(frozen=True)
class MedianLabels:
    """The `unit` of a median and what it is (`kind`: « en médiane »), that of its `cases`, what is said where they are
    `few` or where there is `none`.
    """

    unit: Unit
    kind: str
    cases: Unit
    few: str
    none: str


def draw_medians(frame: pd.DataFrame, labels: MedianLabels) -> Figure:
    """Bars, hollow where they rest on few cases. `frame`: `year`, `cases`, `days` (None without any), `few`."""
    rows = records(frame)
    shown = len(rows) <= MAX_LABELLED_BARS
    weak = any(row["few"] and row["cases"] for row in rows)
    bar = {
        "type": "bar",
        "x": [_cases_label(row, labels) if shown else str(row["year"]) for row in rows],
        "y": [row["days"] for row in rows],
        "marker": {"color": marker_fill(BLUE, [row["few"] for row in rows]), "line": {"color": BLUE, "width": 1.5}},
        "text": [number(row["days"]) if shown and row["days"] is not None else "" for row in rows],
        "textposition": "outside",
        "textfont": {"color": INK},
        "cliponaxis": False,
        "hovertext": [_median_text(row, labels) for row in rows],
        "hoverinfo": "text",
        "showlegend": False,
    }
    highest = max([30.0, *(float(row["days"] or 0) for row in rows)])
    return figure(
        [bar, *([_hollow_bar_legend(labels)] if weak else [])],
        bargap=_bar_gap(rows),
        showlegend=weak,
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
    weak = f", {labels.few}" if row["few"] else ""
    median = f"{labels.unit.text(row['days'])} {labels.kind}"
    return f"{row['year']}{NARROW}: {median} ({labels.cases.text(row['cases'])}{weak})"


def _bar_gap(rows: Sequence[FrameRow]) -> float:
    """Between bars, in parts of their step: two bars are no wider than six."""
    return max(0.3, 1 - 0.12 * len(rows))
