"""Declarations received and missing, by territory."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.figures.base import (
    MUTED,
    TEAL,
    WHITE,
    Figure,
    FrameRow,
    Trace,
    figure,
    hidden_axis,
    mark_rows,
    records,
    text_trace,
)
from dashboard.figures.rows import row_heights
from data.i18n import NARROW, number, percent
from data.units import Unit

BAR_HEIGHT, TEXT_HEIGHT = 0.34, 0.74  # of the middle of a bar and of its text, in its row


def draw_declarations(frame: pd.DataFrame, units: Mapping[str, Unit]) -> Figure:
    """A bar per territory, from the top: received, then hatched missing declarations, with a label above it.

    `frame`: `name`, `answered`, `expected`, `missing`; `units` are those of `answered` and `missing`.
    """
    rows = records(frame)
    return figure(
        [
            _bar_trace(rows, "answered", units, {"color": TEAL, "line": {"color": WHITE, "width": 1}}),
            _bar_trace(
                rows, "missing", units, {"color": WHITE, "line": {"color": MUTED, "width": 1}} | {"pattern": _HATCHING}
            ),
            _row_labels(rows),
        ],
        barmode="stack",
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        xaxis=hidden_axis(0, max(row["expected"] for row in rows) * 1.01),
        yaxis=hidden_axis(0, len(rows)),
    )


_HATCHING = {"shape": "/", "fgcolor": MUTED, "bgcolor": WHITE, "size": 6, "solidity": 0.2}


def _bar_trace(rows: list[FrameRow], name: str, units: Mapping[str, Unit], marker: Mapping[str, object]) -> Trace:
    return {
        "type": "bar",
        "orientation": "h",
        "x": [row[name] for row in rows],
        "y": row_heights(len(rows), BAR_HEIGHT),
        "width": 0.4,
        "marker": dict(marker),
        "meta": mark_rows(rows),
        "text": [f"{row['name']}{NARROW}: {units[name].text(row[name])}" for row in rows],
        "textposition": "none",
        "hoverinfo": "text",
    }


def _row_labels(rows: list[FrameRow]) -> Trace:
    texts = [
        f"<b>{row['name']}</b>{NARROW}: {number(row['answered'])} sur {number(row['expected'])}"
        f" ({percent(row['answered'] / row['expected'])})"
        for row in rows
    ]
    return text_trace([0] * len(rows), row_heights(len(rows), TEXT_HEIGHT), texts, "middle right", fit="rows")
