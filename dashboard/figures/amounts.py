"""Amounts compared: from step to step, from one to another, against envelopes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.figures.bars import amount_axis, short_amount
from dashboard.figures.base import (
    BLUE,
    INK,
    MUTED,
    RULE,
    UNSELECTED,
    Figure,
    FrameRow,
    Trace,
    figure,
    hidden_axis,
    name_axis,
    records,
    sums_by,
    text_trace,
)
from dashboard.figures.colours import marker_of
from data.i18n import NARROW, count, percent
from data.units import Unit

HEADROOM = 1.15
MIN_BARS = 3  # fewer would be as thick as the card: room is left under them
MAX_BARS = 8  # more leave no room for their names
MAX_ENVELOPES = 12


def draw_cascade(frame: pd.DataFrame, unit: Unit) -> Figure:
    """Stacked bars, one for each step, with its share of what was voted. `frame`: `stage` (in French), `label` (what
    is stacked), `position` (its colour), `amount` (in `unit`), `share` (of all that was voted; None when nothing was).
    """
    rows = records(frame)
    totals = sums_by(frame, "stage", "amount")
    names = {row["stage"]: _stage_label(row) for row in rows}
    labels = list(dict.fromkeys(row["label"] for row in rows))
    data = [_scheme_trace([row for row in rows if row["label"] == label], label, names, unit) for label in labels]
    amounts = [short_amount(one, unit) for one in totals.values()]
    data.append(text_trace(list(names.values()), list(totals.values()), amounts, "top center"))
    return figure(
        data,
        barmode="stack",
        bargap=0.3,
        showlegend=len(labels) > 1,
        xaxis=name_axis(),
        yaxis=amount_axis(max(*totals.values(), 1) * HEADROOM, unit),
    )


def _stage_label(row: FrameRow) -> str:
    return row["stage"] if row["share"] is None else f"{row['stage']}<br>{percent(row['share'])}"


def _scheme_trace(rows: list[FrameRow], label: str, names: dict[str, str], unit: Unit) -> Trace:
    return {
        "type": "bar",
        "name": label,
        "x": [names[row["stage"]] for row in rows],
        "y": [row["amount"] for row in rows],
        "hovertemplate": f"{label}{NARROW}: %{{y:,.0f}}{NARROW}{unit.symbol}<extra></extra>",
        "marker": marker_of(rows[0]["position"]),
    }


def draw_ranked(frame: pd.DataFrame, unit: Unit) -> Figure:
    """Horizontal bars, the largest above. `frame`: `label`, `amount` (in `unit`), `words` (to be read), largest first;
    beyond the first ones, the others are added together.
    """
    rows = records(frame)
    shown, others = rows[:MAX_BARS], rows[MAX_BARS:]
    if others:
        rest = sum(row["amount"] for row in others)
        name = count(len(others), "autre", "autres")
        shown = [*shown, {"label": name, "amount": rest, "words": f"{name}{NARROW}: {unit.text(rest)}"}]
    shown = shown[::-1]
    places = [row["label"] for row in shown]
    amounts = [row["amount"] for row in shown]
    bars = _bar_trace(amounts, places, [row["words"] for row in shown], orientation="h", marker={"color": BLUE})
    ends = text_trace(amounts, places, [f" {short_amount(amount, unit)}" for amount in amounts], "middle right")
    return figure(
        [bars, ends],
        bargap=0.35,
        xaxis=hidden_axis(0, max(*amounts, 1) * 1.22),
        yaxis=name_axis(
            tickfont={"color": INK},
            range=[min(-0.5, len(shown) - MIN_BARS - 0.5), len(shown) - 0.5],
            ticklabelstandoff=6,
        ),
    )


@dataclass(frozen=True)
class EnvelopeLabels:
    """What is given (« enveloppe », « de l’enveloppe »), and how each kind of credits is used (« votées »), in the
    order of colours: each kind has its own, whichever were voted.
    """

    unit: Unit
    given: str
    of_given: str
    used: Mapping[str, str]


def draw_envelopes(frame: pd.DataFrame, labels: EnvelopeLabels) -> Figure:
    """What was used (full) within what was given (hollow), by exercice and kind of credits. `frame`: `year`, `credit`,
    `envelope`, `used` (both in the unit of `words_of`), `share`; the last ones only when there are many.
    """
    rows = records(frame)[-MAX_ENVELOPES:]
    at = [[str(row["year"]) for row in rows], [row["credit"] for row in rows]]
    kinds = [kind for kind in labels.used if kind in {row["credit"] for row in rows}]
    highest = max(max(row["envelope"], row["used"]) for row in rows)
    given = _bar_trace(
        at,
        [row["envelope"] for row in rows],
        [f"{_envelope_label(row)}{NARROW}: {labels.given} de {labels.unit.text(row['envelope'])}" for row in rows],
        name=labels.given,
        width=0.86,
        marker={"color": UNSELECTED, "line": {"color": MUTED, "width": 1}},
    )
    used = [_used_trace([row for row in rows if row["credit"] == kind], kind, labels) for kind in kinds]
    tops = [max(row["envelope"], row["used"]) for row in rows]
    return figure(
        [given, *used, text_trace(at, tops, [percent(row["share"]) for row in rows], "top center")],
        barmode="overlay",
        showlegend=True,
        xaxis=name_axis(type="multicategory", dividercolor=RULE),
        yaxis=amount_axis(max(highest, 1) * HEADROOM, labels.unit),
    )


def _used_trace(rows: list[FrameRow], kind: str, labels: EnvelopeLabels) -> Trace:
    verb = labels.used[kind]
    return _bar_trace(
        [[str(row["year"]) for row in rows], [row["credit"] for row in rows]],
        [row["used"] for row in rows],
        [
            f"{_envelope_label(row)} {verb}{NARROW}: {labels.unit.text(row['used'])}, "
            f"{percent(row['share'])} {labels.of_given}"
            for row in rows
        ],
        name=f"{kind} {verb}",
        width=0.5,
        marker=marker_of(list(labels.used).index(kind)),
    )


def _envelope_label(row: FrameRow) -> str:
    return f"{row['credit']} {row['year']}"


def _bar_trace(x: Any, y: Any, said: list[str], **more: Any) -> Trace:
    shared = {"type": "bar", "text": said, "textposition": "none", "hoverinfo": "text"}
    return {"x": x, "y": y, **shared, **more}
