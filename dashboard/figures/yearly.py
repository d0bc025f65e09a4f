"""One bar a year: what came above the line and what went below it; medians with their number of cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.figures.bars import year_tick
from dashboard.figures.base import (
    BLUE,
    INK,
    MUTED,
    OCHRE,
    WHITE,
    Figure,
    Row,
    Trace,
    figure,
    filled,
    names_axis,
    records,
    value_axis,
)
from data.i18n import MINUS, NARROW, number
from data.units import Unit

MANY = 12  # more bars than this leave no room for words at each
HEADROOM = 1.2
ROOM = 0.15  # above and below, for the numbers at the ends of the bars
_PATTERN = {"shape": "/", "bgcolor": OCHRE, "fgcolor": WHITE, "size": 7, "solidity": 0.15}


def draw_moves(frame: pd.DataFrame, names: Mapping[str, str]) -> Figure:
    """Bars up and down. `frame`: `year`, `began`, `ended`, `until` (last day counted); `names` are those of `began` and
    `ended` in the legend.
    """
    rows = records(frame)
    highest, lowest = max([1, *(row["began"] for row in rows)]), max(row["ended"] for row in rows)
    room, few = (highest + lowest) * ROOM, len(rows) <= MANY
    return figure(
        [
            _moves(rows, "began", names["began"], {"color": BLUE}, few),
            _moves(rows, "ended", names["ended"], {"color": OCHRE, "pattern": _PATTERN}, few),
        ],
        barmode="relative",
        bargap=_gap(rows),
        showlegend=True,
        xaxis=names_axis(),
        yaxis=value_axis(range=[-lowest - room, highest + room], showticklabels=not few, tickformat=",d")
        | {"zerolinecolor": MUTED},
    )


def _moves(rows: Sequence[Row], name: str, title: str, marker: dict[str, Any], few: bool) -> Trace:
    sign, mark = (1, "+") if name == "began" else (-1, MINUS)
    return {
        "type": "bar",
        "name": title,
        "x": [year_tick(row["year"], row["until"]) for row in rows],
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
class MedianWords:
    """The `unit` of a median and what it is (`kind`: « en médiane »), that of its `cases`, what is said where they are
    `few` or where there is `none`.
    """

    unit: Unit
    kind: str
    cases: Unit
    few: str
    none: str


def draw_medians(frame: pd.DataFrame, words_of: MedianWords) -> Figure:
    """Bars, hollow where they rest on few cases. `frame`: `year`, `cases`, `days` (None without any), `few`."""
    rows = records(frame)
    shown = len(rows) <= MANY
    weak = any(row["few"] and row["cases"] for row in rows)
    bar = {
        "type": "bar",
        "x": [_cases_tick(row, words_of) if shown else str(row["year"]) for row in rows],
        "y": [row["days"] for row in rows],
        "marker": {"color": filled(BLUE, [row["few"] for row in rows]), "line": {"color": BLUE, "width": 1.5}},
        "text": [number(row["days"]) if shown and row["days"] is not None else "" for row in rows],
        "textposition": "outside",
        "textfont": {"color": INK},
        "cliponaxis": False,
        "hovertext": [_median_words(row, words_of) for row in rows],
        "hoverinfo": "text",
        "showlegend": False,
    }
    highest = max([30.0, *(float(row["days"] or 0) for row in rows)])
    return figure(
        [bar, *([_hollow_key(words_of)] if weak else [])],
        bargap=_gap(rows),
        showlegend=weak,
        xaxis=names_axis(),
        yaxis=value_axis(range=[0, highest * HEADROOM], tickformat=",d"),
    )


def _hollow_key(words_of: MedianWords) -> Trace:
    return {
        "type": "bar",
        "name": words_of.few.capitalize(),
        "x": [None],
        "y": [None],
        "marker": {"color": WHITE, "line": {"color": BLUE, "width": 1.5}},
        "hoverinfo": "skip",
    }


def _cases_tick(row: Row, words_of: MedianWords) -> str:
    return f"{row['year']}<br>{words_of.cases.text(row['cases'])}"


def _median_words(row: Row, words_of: MedianWords) -> str:
    if row["days"] is None:
        return f"{row['year']}{NARROW}: {words_of.none}"
    weak = f", {words_of.few}" if row["few"] else ""
    median = f"{words_of.unit.text(row['days'])} {words_of.kind}"
    return f"{row['year']}{NARROW}: {median} ({words_of.cases.text(row['cases'])}{weak})"


def _gap(rows: Sequence[Row]) -> float:
    """Between bars, in parts of their step: two bars are no wider than six."""
    return max(0.3, 1 - 0.12 * len(rows))
