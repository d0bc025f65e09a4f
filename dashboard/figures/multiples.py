"""The same curve for several territories, side by side on the same axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import pandas as pd

from dashboard.figures.base import (
    TEAL,
    Axis,
    Figure,
    FrameRow,
    Trace,
    figure,
    hidden_axis,
    iso_days,
    marker_fill,
    records,
    text_trace,
    time_axis,
    value_axis,
)
from data.i18n import number

MAX_COLUMNS = 3  # what a phone still shows side by side
HEADROOM = 1.15
PANEL_GAP = 0.04  # between two panels, in parts of the width
TITLE_HEIGHT, FOOT_HEIGHT = 0.12, 0.04  # above and below each panel, in parts of the height
_MARGIN = {"l": 8, "r": 24, "t": 16, "b": 8}  # at the right, half of the last date
_SMALL_FONT = {"size": 11}  # dates of panels side by side on a phone
_DATE_FORMATS = [
    {"dtickrange": [None, "M6"], "value": "%b\n%Y"},
    {"dtickrange": ["M12", None], "value": "%Y"},
]


@dataclass(frozen=True)
class CurveStyle:
    """How the curves are drawn: a flow (`linear`) or a stock in steps (`hv`), with a mark at each value or not.

    `hover` is what is said of a value after the name of its panel, in plotly's template: `%{text}` stands for `words`.
    """

    colour: str = TEAL
    shape: Literal["linear", "hv"] = "linear"
    marks: bool = True
    hover: str = "%{text}"


def draw_multiples(frame: pd.DataFrame, look: CurveStyle) -> Figure:
    """A panel for each territory, at most three a row, all on the same axes; the last value stands in its title.

    `frame`: `panel` (its title, in the order of drawing), `day`, `value` (None when not known: the curve breaks),
    `weak` (a hollow mark), `words` (what the hover says of it).
    """
    rows = records(frame)
    panels = {name: [row for row in rows if row["panel"] == name] for name in dict.fromkeys(frame["panel"].tolist())}
    across = min(MAX_COLUMNS, len(panels))
    down = -(-len(panels) // across)
    highest = max([4.0, *(float(row["value"]) for row in rows if row["value"] is not None)])
    span = _padded_range(min(frame["day"].tolist()), max(frame["day"].tolist()))
    axes: dict[str, Axis] = {}
    for at in range(len(panels)):
        last_row = at + across >= len(panels)
        x = time_axis(
            domain=_horizontal_domain(at % across, across), anchor=f"y{_axis_number(at)}", range=span, nticks=3
        )
        axes[f"xaxis{_axis_number(at)}"] = x | {
            "tickformatstops": _DATE_FORMATS,
            "showticklabels": last_row,
            "tickfont": _SMALL_FONT,
        }
        y = value_axis(
            domain=_vertical_domain(at // across, down), anchor=f"x{_axis_number(at)}", nticks=4, tickformat=",d"
        )
        axes[f"yaxis{_axis_number(at)}"] = y | {"range": [0, highest * HEADROOM], "showticklabels": at % across == 0}
    whole = hidden_axis(0, 1)
    axes[f"xaxis{len(panels) + 1}"] = whole | {"anchor": f"y{len(panels) + 1}"}
    axes[f"yaxis{len(panels) + 1}"] = whole | {"anchor": f"x{len(panels) + 1}"}
    curves = [_curve(name, found, at, look) for at, (name, found) in enumerate(panels.items())]
    return figure([*curves, _title_trace(panels, across, down)], margin=_MARGIN, **axes)


def _padded_range(first: date, last: date) -> list[str]:
    """A little wider than the data, lest a mark be cut."""
    pad = max((last - first) / 40, timedelta(days=5))
    return iso_days([first - pad, last + pad])


def _axis_number(at: int) -> str:
    """Plotly calls the first axis `x`, the next ones `x2`, `x3`."""
    return "" if at == 0 else str(at + 1)


def _horizontal_domain(at: int, across: int) -> list[float]:
    width = (1 - PANEL_GAP * (across - 1)) / across
    return [round(at * (width + PANEL_GAP), 4), round(at * (width + PANEL_GAP) + width, 4)]


def _vertical_domain(at: int, down: int) -> list[float]:
    """From the top of the figure, each panel under its title."""
    top = 1 - at / down
    return [round(top - 1 / down + FOOT_HEIGHT, 4), round(top - TITLE_HEIGHT, 4)]


def _curve(name: str, rows: Sequence[FrameRow], at: int, look: CurveStyle) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines+markers" if look.marks else "lines",
        "name": name,
        "x": iso_days(row["day"] for row in rows),
        "y": [row["value"] for row in rows],
        "xaxis": f"x{_axis_number(at)}",
        "yaxis": f"y{_axis_number(at)}",
        "connectgaps": False,
        "line": {"shape": look.shape, "color": look.colour, "width": 2},
        "marker": {"color": marker_fill(look.colour, [row["weak"] for row in rows]), "size": 5}
        | {"line": {"color": look.colour, "width": 1.2}},
        "text": [row["words"] for row in rows],
        "hovertemplate": f"<b>{name}</b><br>{look.hover}<extra></extra>",
    }


def _title_trace(panels: dict[str, list[FrameRow]], across: int, down: int) -> Trace:
    """The names above the panels, each with its last value; on axes that span the whole figure."""
    named = []
    for name, rows in panels.items():
        known = [row["value"] for row in rows if row["value"] is not None]
        named.append(f"<b>{name}</b> {number(known[-1]) if known else '—'}")
    xs = [_horizontal_domain(at % across, across)[0] for at in range(len(panels))]
    ys = [_vertical_domain(at // across, down)[1] for at in range(len(panels))]
    axis = _axis_number(len(panels))
    return text_trace(xs, ys, named, "top right", size=11) | {"xaxis": f"x{axis}", "yaxis": f"y{axis}"}
