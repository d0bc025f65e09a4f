"""Amounts compared: by step, by rank, against envelopes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.figures.bars import amount_axis, short_amount
from dashboard.figures.base import (
    BLUE,
    HEADROOM,
    MUTED,
    NO_ROW,
    ROW_NUMBER,
    RULE,
    UNSELECTED,
    Figure,
    FrameRow,
    Trace,
    figure,
    hidden_axis,
    mark_rows,
    name_axis,
    records,
    sums_by,
    text_trace,
)
from dashboard.figures.colours import bar_marker
from dashboard.figures.rows import BAR_THICKNESS, ROW_MARGIN, row_axis, row_heights
from data.i18n import NARROW, count, percent
from data.units import Unit

MAX_BARS = 8  # more leave no room for their labels
MAX_ENVELOPES = 12


def draw_aid_cascade(frame: pd.DataFrame, unit: Unit) -> Figure:
    """Stacked bars, one per step, with its share of the amount voted. `frame`: `stage` (in French), `label` (of each
    stacked part), `position` (its colour), `amount` (in `unit`), `share` (of the amount voted; None without any).
    """
    rows = records(frame)
    totals = sums_by(frame, "stage", "amount")
    names = {row["stage"]: _stage_label(row) for row in rows}
    labels = list(dict.fromkeys(row["label"] for row in rows))
    data = [_scheme_trace([row for row in rows if row["label"] == label], label, names, unit) for label in labels]
    amounts = [short_amount(total, unit) for total in totals.values()]
    data.append(text_trace(list(names.values()), list(totals.values()), amounts, "top center", fit="tops"))
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
        "marker": bar_marker(rows[0]["position"]),
        "meta": mark_rows(rows),
    }


def draw_ranked_amounts(frame: pd.DataFrame, unit: Unit) -> Figure:
    """Horizontal bars, the largest on top. `frame`: `label`, `amount` (in `unit`), `text` (hover), largest first;
    beyond MAX_BARS, the others are added together.
    """
    rows = records(frame)
    bar_rows, other_rows = rows[:MAX_BARS], rows[MAX_BARS:]
    if other_rows:
        others_amount = sum(row["amount"] for row in other_rows)
        name = count(len(other_rows), "autre", "autres")
        bar_rows = [
            *bar_rows,
            {"label": name, "amount": others_amount, "text": f"{name}{NARROW}: {unit.text(others_amount)}"}
            | {ROW_NUMBER: NO_ROW},
        ]
    amounts, heights = [row["amount"] for row in bar_rows], row_heights(len(bar_rows))
    texts = [row["text"] for row in bar_rows]
    look = {"orientation": "h", "marker": {"color": BLUE}, "width": BAR_THICKNESS, "meta": mark_rows(bar_rows)}
    bars = _bar_trace(amounts, heights, texts, **look)
    amount_labels = text_trace(
        amounts, heights, [f" {short_amount(amount, unit)}" for amount in amounts], "middle right", fit="ends"
    )
    return figure(
        [bars, amount_labels],
        margin=ROW_MARGIN,
        xaxis=hidden_axis(0, max(*amounts, 1)),
        yaxis=row_axis([row["label"] for row in bar_rows]),
    )


@dataclass(frozen=True)
class EnvelopeLabels:
    """Labels of an envelope (« enveloppe », « de l’enveloppe ») and of the use of each kind of credits (« votées »).
    The order of `used` is that of the colours: each kind keeps its own.
    """

    unit: Unit
    envelope: str
    of_envelope: str
    used: Mapping[str, str]


def draw_envelopes(frame: pd.DataFrame, labels: EnvelopeLabels) -> Figure:
    """The used amount (full) inside the envelope (hollow), by exercice and kind of credits. `frame`: `year`, `credit`,
    `envelope`, `used` (both in the unit of `labels`), `share`; the last MAX_ENVELOPES only.
    """
    rows = records(frame)[-MAX_ENVELOPES:]
    positions = [[str(row["year"]) for row in rows], [row["credit"] for row in rows]]
    kinds = [kind for kind in labels.used if kind in {row["credit"] for row in rows}]
    highest = max(max(row["envelope"], row["used"]) for row in rows)
    envelope_bars = _bar_trace(
        positions,
        [row["envelope"] for row in rows],
        [f"{_envelope_label(row)}{NARROW}: {labels.envelope} de {labels.unit.text(row['envelope'])}" for row in rows],
        name=labels.envelope,
        meta=mark_rows(rows),
        width=0.86,
        marker={"color": UNSELECTED, "line": {"color": MUTED, "width": 1}},
    )
    used = [_used_trace([row for row in rows if row["credit"] == kind], kind, labels) for kind in kinds]
    tops = [max(row["envelope"], row["used"]) for row in rows]
    return figure(
        [
            envelope_bars,
            *used,
            text_trace(positions, tops, [percent(row["share"]) for row in rows], "top center", fit="tops"),
        ],
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
            f"{percent(row['share'])} {labels.of_envelope}"
            for row in rows
        ],
        name=f"{kind} {verb}",
        meta=mark_rows(rows),
        width=0.5,
        marker=bar_marker(list(labels.used).index(kind)),
    )


def _envelope_label(row: FrameRow) -> str:
    return f"{row['credit']} {row['year']}"


def _bar_trace(x: Any, y: Any, texts: list[str], **more: Any) -> Trace:
    shared = {"type": "bar", "text": texts, "textposition": "none", "hoverinfo": "text"}
    return {"x": x, "y": y, **shared, **more}
