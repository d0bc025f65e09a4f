"""Activities by period, steps that follow one another, what was done of what was asked, places followed or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.figures.base import (
    BLUE,
    INK,
    LEGEND,
    MUTED,
    RAMP,
    RED,
    SERIES,
    TEAL,
    WHITE,
    Figure,
    Row,
    Trace,
    figure,
    hidden_axis,
    names_axis,
    records,
    sums_by,
    value_axis,
    words,
)
from dashboard.figures.colours import marker_of
from dashboard.figures.territories import short
from data.i18n import NARROW, number

BAR, ABOVE = 0.32, 0.72  # the middle of a bar and of its words, in its row
HEADROOM = 1.12
FIRST = "T1 "
MOST_TICKS = 6  # names of periods that a phone has room for
ROOM = 1.15  # of the longest bar, so that what is asked for stands inside


def draw_periods(frame: pd.DataFrame) -> Figure:
    """Stacked bars. `frame`: `period` (its name, in order), `family`, `position` (its colour), `actions`."""
    rows = records(frame)
    periods = list(dict.fromkeys(row["period"] for row in rows))
    ticks = _ticks(periods)
    highest = max([4.0, *sums_by(frame, "period", "actions").values()])
    return figure(
        [
            _family([row for row in rows if row["family"] == family], family)
            for family in dict.fromkeys(row["family"] for row in rows)
        ],
        barmode="stack",
        bargap=0.2,
        showlegend=True,
        xaxis=names_axis(tickmode="array", tickvals=list(ticks), ticktext=list(ticks.values())),
        yaxis=value_axis(tickformat=",d", range=[0, highest * HEADROOM]),
    )


def _ticks(periods: list[str]) -> dict[str, str]:
    """The periods to name, and their names: the year stands under its first quarter."""
    firsts = {period: period.removeprefix(FIRST) for period in periods if period.startswith(FIRST)}
    named = firsts if len(firsts) > 1 else {period: period for period in periods}
    step = -(-len(named) // MOST_TICKS)
    return dict(list(named.items())[(step - 1) // 2 :: step])


def _family(rows: list[Row], name: str) -> Trace:
    return {
        "type": "bar",
        "name": name,
        "x": [row["period"] for row in rows],
        "y": [row["actions"] for row in rows],
        "marker": marker_of(rows[0]["position"]),
        "hovertemplate": f"{name}, %{{x}}{NARROW}: %{{y}}<extra></extra>",
    }


def draw_steps(frame: pd.DataFrame) -> Figure:
    """A bar for each step, from the top, its words above it. `frame`: `count`, `words` (before, in bold, after)."""
    rows = records(frame)
    most = max([1, *(row["count"] for row in rows)])
    bars = _bars(rows, [row["count"] for row in rows], {"color": [BLUE, SERIES[1], TEAL][: len(rows)]})
    return figure([bars, _words_above(rows)], **_bare(len(rows), most))


def draw_partner_targets(frame: pd.DataFrame) -> Figure:
    """A bar for what was done against a mark for what was asked.

    `frame`: `share` (done of asked), `words` (before, in bold, after).
    """
    rows = records(frame)
    most = max([1.0, *(float(row["share"]) for row in rows)]) * ROOM
    asked = {
        "type": "scatter",
        "mode": "markers",
        "x": [1] * len(rows),
        "y": _heights(rows, BAR),
        "marker": {"symbol": "diamond", "size": 12, "color": RED, "line": {"color": WHITE, "width": 1}},
        "hoverinfo": "skip",
    }
    bars = _bars(rows, [row["share"] for row in rows], {"color": BLUE})
    return figure([bars, asked, _words_above(rows)], **_bare(len(rows), most))


def _bars(rows: list[Row], values: list[Any], marker: dict[str, Any]) -> Trace:
    return {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": _heights(rows, BAR),
        "width": 0.38,
        "marker": marker,
        "hoverinfo": "skip",  # the words above say it all
    }


def _words_above(rows: list[Row]) -> Trace:
    return words(
        [0] * len(rows),
        _heights(rows, ABOVE),
        [f"{before}<b>{strong}</b>{after}" for before, strong, after in (row["words"] for row in rows)],
        "middle right",
    )


def _heights(rows: list[Row], within: float) -> list[float]:
    return [len(rows) - 1 - at + within for at in range(len(rows))]


def _bare(rows: int, most: float) -> dict[str, Any]:
    """No axis: the words say the numbers."""
    margin = {"l": 4, "r": 4, "t": 4, "b": 4}
    return {"xaxis": hidden_axis(0, most), "yaxis": hidden_axis(0, rows), "margin": margin}


_PARTS = (
    ("recent", {"color": BLUE}, WHITE),
    ("older", {"color": RAMP[1], "line": {"color": BLUE, "width": 1}}, INK),
    (
        "never",
        {"color": WHITE, "line": {"color": MUTED, "width": 1}}
        | {"pattern": {"shape": "/", "fgcolor": MUTED, "bgcolor": WHITE, "size": 7, "solidity": 0.12}},
        INK,
    ),
)


def draw_follow_up(frame: pd.DataFrame, names: Mapping[str, str]) -> Figure:
    """Stacked bars, from the top. `frame`: `name`, `recent`, `older`, `never` (numbers of places); `names` are those of
    these three in the legend.
    """
    rows = records(frame)
    heights = _heights(rows, 0.5)
    data: list[Trace] = [
        {
            "type": "bar",
            "orientation": "h",
            "name": names[key],
            "x": [row[key] for row in rows],
            "y": heights,
            "width": 0.62,
            "marker": marker,
            "text": [f"<b>{number(row[key])}</b>" if row[key] else "" for row in rows],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "textfont": {"color": ink, "size": 12},
            "hoverinfo": "skip",  # its name and its number stand there
        }
        for key, marker, ink in _PARTS
    ]
    most = max(row["recent"] + row["older"] + row["never"] for row in rows)
    ticks = {"tickmode": "array", "tickvals": heights, "ticktext": [short(row["name"]) for row in rows]}
    axis = {"range": [0, len(rows)], "automargin": True, "fixedrange": True, "showgrid": False, "zeroline": False}
    return figure(
        data,
        barmode="stack",
        showlegend=True,
        legend=LEGEND | {"traceorder": "normal"},  # as the parts stand, from the left
        xaxis=hidden_axis(0, max(1, most) * 1.01),
        yaxis=axis | ticks | {"tickfont": {"color": INK, "size": 12}},
    )
