"""One curve per territory, in panels with the same axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from dashboard.figures.base import (
    TEAL,
    TIME_HOVER,
    Axis,
    Figure,
    FrameRow,
    Trace,
    count_axis,
    figure,
    hidden_axis,
    iso_days,
    mark_rows,
    marker_fill,
    padded_days,
    records,
    text_trace,
    time_axis,
)
from dashboard.figures.scales import axis_text, scale
from data.i18n import number
from data.units import Unit

MAX_COLUMNS = 3  # readable side by side on a phone
PANEL_GAP = 0.1  # between two panels, as a share of the width
TITLE_HEIGHT = 0.22  # above the panels, as a share of the height, shared by all lines
FOOT_HEIGHT = 0.04  # below each panel, as a share of the height
_MARGIN = {"l": 8, "r": 24, "t": 16, "b": 8}  # at the right, half of the last date
_SMALL_FONT = {"size": 11}  # of dates, to fit side by side on a phone
_DATE_FORMATS = [
    {"dtickrange": [None, "M6"], "value": "%b\n%Y"},
    {"dtickrange": ["M12", None], "value": "%Y"},
]


@dataclass(frozen=True)
class CurveStyle:
    """Style of the curves: a flow (`linear`) or a stock in steps (`hv`), with a mark at each value or not.

    `hover` follows the name of the panel in the hover, in plotly's template: `%{text}` is the column `text`. `unit`
    writes the scale and the last values (None: counts).
    """

    colour: str = TEAL
    shape: Literal["linear", "hv"] = "linear"
    marks: bool = True
    hover: str = "%{text}"
    unit: Unit | None = None


def draw_panels(frame: pd.DataFrame, style: CurveStyle) -> Figure:
    """A panel per territory, at most three per line, all on the same axes; the last value is in the title of
    the panel.

    `frame`: `panel` (its title, in the order of drawing), `day`, `value` (None when not known: the curve breaks),
    `is_weak` (a hollow mark), `text` (for the hover).
    """
    rows = records(frame)
    panels = {name: [row for row in rows if row["panel"] == name] for name in dict.fromkeys(frame["panel"].tolist())}
    columns = min(MAX_COLUMNS, len(panels))
    lines = -(-len(panels) // columns)
    scale_of_values = _value_scale([float(row["value"]) for row in rows if row["value"] is not None], style.unit)
    day_range = padded_days(min(frame["day"].tolist()), max(frame["day"].tolist()), parts=40)
    axes: dict[str, Axis] = {}
    for index in range(len(panels)):
        last_row = index + columns >= len(panels)
        x = time_axis(
            domain=_horizontal_domain(index % columns, columns),
            anchor=f"y{_axis_number(index)}",
            range=day_range,
            nticks=3,
        )
        axes[f"xaxis{_axis_number(index)}"] = x | {
            "tickformatstops": _DATE_FORMATS,
            "showticklabels": last_row,
            "tickfont": _SMALL_FONT,
        }
        axes[f"yaxis{_axis_number(index)}"] = scale_of_values | {
            "domain": _vertical_domain(index // columns, lines),
            "anchor": f"x{_axis_number(index)}",
            "showticklabels": index % columns == 0,
        }
    axes |= {"xaxis": hidden_axis(0, 1), "yaxis": hidden_axis(0, 1)}  # of the titles
    curves = [_panel_curve(name, panel_rows, index, style) for index, (name, panel_rows) in enumerate(panels.items())]
    return figure([*curves, _title_trace(panels, columns, lines, style.unit)], margin=_MARGIN, **TIME_HOVER, **axes)


def _value_scale(values: Sequence[float], unit: Unit | None) -> Axis:
    """The axis that all panels share, from zero."""
    if unit is not None:
        return scale(values, unit, ticks=3)
    return count_axis(max([0.0, *values])) | {"nticks": 4}


def _axis_number(index: int) -> int:
    """The number of the axes of a panel, from 2: those of the titles come first, under the others for the pointer."""
    return index + 2


def _horizontal_domain(column: int, columns: int) -> list[float]:
    width = (1 - PANEL_GAP * (columns - 1)) / columns
    return [round(column * (width + PANEL_GAP), 4), round(column * (width + PANEL_GAP) + width, 4)]


def _vertical_domain(line: int, lines: int) -> list[float]:
    """From the top of the figure; each panel is under its title."""
    top = 1 - line / lines
    return [round(top - 1 / lines + FOOT_HEIGHT, 4), round(top - TITLE_HEIGHT / lines, 4)]


def _panel_curve(name: str, rows: Sequence[FrameRow], index: int, style: CurveStyle) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines+markers" if style.marks else "lines",
        "name": name,
        "x": iso_days(row["day"] for row in rows),
        "y": [row["value"] for row in rows],
        "xaxis": f"x{_axis_number(index)}",
        "yaxis": f"y{_axis_number(index)}",
        "connectgaps": False,
        "line": {"shape": style.shape, "color": style.colour, "width": 2},
        "marker": {"color": marker_fill(style.colour, [row["is_weak"] for row in rows]), "size": 5}
        | {"line": {"color": style.colour, "width": 1.2}},
        "text": [row["text"] for row in rows],
        "meta": mark_rows(rows),
        "hovertemplate": f"<b>{name}</b><br>{style.hover}<extra></extra>",
    }


def _last_value(value: float, unit: Unit | None) -> str:
    return axis_text(value, unit) if unit else number(value)


def _title_trace(panels: dict[str, list[FrameRow]], columns: int, lines: int, unit: Unit | None) -> Trace:
    """The names above the panels, each with its last value, on axes that span the whole figure."""
    titles = []
    for name, rows in panels.items():
        known = [row["value"] for row in rows if row["value"] is not None]
        titles.append(f"<b>{name}</b> {_last_value(known[-1], unit) if known else '—'}")
    xs = [_horizontal_domain(index % columns, columns)[0] for index in range(len(panels))]
    ys = [_vertical_domain(index // columns, lines)[1] for index in range(len(panels))]
    return text_trace(xs, ys, titles, "top right", fit="titles", size=11)
