"""Amounts by year, stacked by scheme."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from dashboard.figures.base import INK, PATTERNS, SERIES, WHITE, Figure, Trace, figure, value_axis
from data.i18n import NARROW, euros, number

MAX_TOTALS = 8  # more bars than this leave no room for a total above each


def draw_stacked_years(frame: pd.DataFrame) -> Figure:
    """Stacked bars. `frame`: `year`, `label` (what is stacked), `amount` (euros), `until` (last day counted)."""
    labels = list(dict.fromkeys(frame["label"]))
    ticks = _year_ticks(frame)
    data = [_stack(frame[frame["label"] == label], label, index, ticks) for index, label in enumerate(labels)]
    totals = frame.groupby("year", sort=True)["amount"].sum()
    if len(totals) <= MAX_TOTALS:
        data.append(_totals(totals, ticks))
    return figure(
        data,
        barmode="stack",
        bargap=0.25,
        showlegend=True,
        xaxis={"type": "category", "automargin": True, "fixedrange": True, "showgrid": False},
        yaxis=value_axis(tickformat=",d", ticksuffix=f"{NARROW}€", range=[0, max(float(totals.max()), 1) * 1.12]),
    )


def _year_ticks(frame: pd.DataFrame) -> dict[int, str]:
    """The name of each bar; a year not over says until when it is counted."""
    untils = dict(zip(frame["year"], frame["until"], strict=True))
    return {
        year: str(year) if until == date(year, 12, 31) else f"{year}<br>au {until:%d/%m}"
        for year, until in untils.items()
    }


def _stack(rows: pd.DataFrame, label: str, index: int, ticks: dict[int, str]) -> Trace:
    colour, pattern = SERIES[index % len(SERIES)], PATTERNS[index % len(PATTERNS)]
    return {
        "type": "bar",
        "name": label,
        "x": [ticks[year] for year in rows["year"]],
        "y": list(rows["amount"]),
        "marker": {
            "color": colour,
            "line": {"color": WHITE, "width": 1.5},
            "pattern": {
                "shape": pattern,
                "bgcolor": colour,
                "fgcolor": WHITE,
                "size": 7,
                "solidity": 0.15,
                "fgopacity": 0.7,
            },
        },
        "text": [
            f"{label}, {year}{NARROW}: {euros(amount)}"
            for year, amount in zip(rows["year"], rows["amount"], strict=True)
        ],
        "textposition": "none",
        "hoverinfo": "text",
    }


def _totals(totals: Any, ticks: dict[int, str]) -> Trace:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [ticks[year] for year in totals.index],
        "y": list(totals),
        "text": [thousands(amount) if amount else "" for amount in totals],
        "textposition": "top center",
        "textfont": {"color": INK, "size": 12},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def thousands(amount: float) -> str:
    """225000 -> '225 k€', short enough to stand above a bar on a phone; '1,2 M€' above a million."""
    if amount >= 999_500:
        return f"{number(amount / 1_000_000, 1)}{NARROW}M€"
    return f"{number(amount / 1_000)}{NARROW}k€" if amount >= 1_000 else euros(amount)
