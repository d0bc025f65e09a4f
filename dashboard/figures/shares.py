"""What came of what was expected, territory by territory."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.figures.base import MUTED, TEAL, WHITE, Figure, Row, Trace, figure, hidden_axis, records, words
from data.i18n import NARROW, number, percent
from data.units import Unit

BAR, ABOVE = 0.34, 0.74  # the middle of a bar and of its words, in its row


def draw_shares(frame: pd.DataFrame, units: Mapping[str, Unit]) -> Figure:
    """A bar for each territory, from the top: what came, then hatched what is missing; its words stand above it.

    `frame`: `name`, `answered`, `expected`, `missing`; `units` are those of what came (`answered`) and of what is
    `missing`.
    """
    rows = records(frame)
    return figure(
        [
            _bars(rows, "answered", units, {"color": TEAL, "line": {"color": WHITE, "width": 1}}),
            _bars(
                rows, "missing", units, {"color": WHITE, "line": {"color": MUTED, "width": 1}} | {"pattern": _HATCHED}
            ),
            _words(rows),
        ],
        barmode="stack",
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        xaxis=hidden_axis(0, max(row["expected"] for row in rows)),
        yaxis=hidden_axis(0, len(rows)),
    )


_HATCHED = {"shape": "/", "fgcolor": MUTED, "bgcolor": WHITE, "size": 6, "solidity": 0.2}


def _bars(rows: list[Row], name: str, units: Mapping[str, Unit], marker: Mapping[str, object]) -> Trace:
    return {
        "type": "bar",
        "orientation": "h",
        "x": [row[name] for row in rows],
        "y": [len(rows) - 1 - at + BAR for at in range(len(rows))],
        "width": 0.4,
        "marker": dict(marker),
        "text": [f"{row['name']}{NARROW}: {units[name].text(row[name])}" for row in rows],
        "textposition": "none",
        "hoverinfo": "text",
    }


def _words(rows: list[Row]) -> Trace:
    said = [
        f"<b>{row['name']}</b>{NARROW}: {number(row['answered'])} sur {number(row['expected'])}"
        f" ({percent(row['answered'] / row['expected'])})"
        for row in rows
    ]
    return words([0] * len(rows), [len(rows) - 1 - at + ABOVE for at in range(len(rows))], said, "middle right")
