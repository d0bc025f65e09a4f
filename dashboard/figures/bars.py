"""Amounts by year, stacked by scheme."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.figures.base import (
    Axis,
    Figure,
    FrameRow,
    Trace,
    bar_gap,
    figure,
    mark_rows,
    name_axis,
    records,
    sums_by,
    text_trace,
    value_axis,
)
from dashboard.figures.colours import bar_marker
from data.i18n import NARROW, number
from data.units import Unit

FIRST_SHORT = 1_000  # written in thousands
MAX_LINES = 6  # of an axis of amounts
MAX_TOTALS = 8  # more bars leave no room for totals


def draw_stacked_years(frame: pd.DataFrame, unit: Unit) -> Figure:
    """Stacked bars. `frame`: `year`, `label` (of each stacked part), `position` (its colour), `amount` (in `unit`),
    `until` (last day counted).
    """
    rows = records(frame)
    ticks = {row["year"]: year_label(row["year"], row["until"]) for row in rows}
    data = [
        _scheme_trace([row for row in rows if row["label"] == label], label, ticks, unit)
        for label in dict.fromkeys(row["label"] for row in rows)
    ]
    totals = sums_by(frame, "year", "amount")
    if len(totals) <= MAX_TOTALS:
        data.append(_total_labels(totals, ticks, unit))
    return figure(
        data,
        barmode="stack",
        bargap=bar_gap(len(totals), 0.25),
        showlegend=True,
        xaxis=name_axis(),
        yaxis=amount_axis(max(*totals.values(), 1) * 1.12, unit),
    )


def amount_axis(highest: float, unit: Unit) -> Axis:
    """A y axis of amounts, from zero, in thousands or millions as the labels of bars."""
    step = next(
        factor * 10**power for power in range(12) for factor in (1, 2, 5) if highest / (factor * 10**power) <= MAX_LINES
    )
    ticks = list(range(0, int(highest) + 1, step))
    small = (f"{tick}{NARROW}{unit.symbol}".rstrip() for tick in ticks)
    texts = [short_amount(tick, unit) if tick >= FIRST_SHORT else text for tick, text in zip(ticks, small, strict=True)]
    return value_axis(range=[0, highest], tickmode="array", tickvals=ticks, ticktext=texts)


def year_label(year: int, until: date) -> str:
    """The label of a year; an unfinished year has its last day counted."""
    return str(year) if until == date(year, 12, 31) else f"{year}<br>au {until:%d/%m}"


def _scheme_trace(rows: list[FrameRow], label: str, ticks: dict[int, str], unit: Unit) -> Trace:
    return {
        "type": "bar",
        "name": label,
        "x": [ticks[row["year"]] for row in rows],
        "y": [row["amount"] for row in rows],
        "marker": bar_marker(rows[0]["position"]),
        "text": [f"{label}, {row['year']}{NARROW}: {unit.text(row['amount'])}" for row in rows],
        "textposition": "none",
        "hoverinfo": "text",
        "meta": mark_rows(rows),
    }


def _total_labels(totals: dict[int, float], ticks: dict[int, str], unit: Unit) -> Trace:
    amounts = [short_amount(amount, unit) if amount else "" for amount in totals.values()]
    return text_trace([ticks[year] for year in totals], list(totals.values()), amounts, "top center", fit="tops")


def short_amount(amount: float, unit: Unit) -> str:
    """225000 euros -> '225 k€', which fits above a bar on a phone; '1,2 M€' above a million."""
    if amount >= 999_500:
        return f"{number(amount / 1_000_000, 1)}{NARROW}M{unit.symbol}"
    return f"{number(amount / 1_000)}{NARROW}k{unit.symbol}" if amount >= FIRST_SHORT else unit.text(amount)
