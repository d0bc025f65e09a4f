"""Agreements in time, and the territories that they cover."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from dashboard.figures.base import (
    BLUE,
    INK,
    MUTED,
    RAMP,
    RED,
    ROW_NUMBER,
    TIME_AXIS,
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
from dashboard.figures.matrix import matrix_axes
from data.i18n import MONTHS_SHORT, NARROW, number
from data.queries.partner_coverage import NOT_COVERED, PARTLY, WHOLLY
from data.types import month_after, month_number, month_start

MAX_TIME_LABELS = 4  # that fit at 320 px
MIN_YEARLY_MONTHS = 30  # shortest window whose labels are years
MAX_TWO_LINE_ROWS = 6  # with the status under the name; more rows show the name alone
MONTH_STEPS = (1, 2, 3, 6, 12)
BAR_HEIGHT, TEXT_HEIGHT = 0.24, 0.7  # of the middle of a bar and of its text, in its row
DAY_MILLISECONDS = 86_400_000
LARGE_SQUARE_PIXELS, SMALL_SQUARE_PIXELS, MAX_LARGE_ROWS = 32, 20, 8


@dataclass(frozen=True)
class TimelineWindow:
    """The period of a timeline: from `since` (None: from its first row) to `last`; `day` is that of the statuses."""

    since: date | None
    day: date
    last: date

    def bounds(self, rows: list[FrameRow]) -> tuple[date, date]:
        """Its first and last days."""
        first = self.since or min([row["since"] for row in rows if row["since"]], default=self.day)
        return min(first, self.day - timedelta(days=1)), self.last


def draw_agreement_timeline(frame: pd.DataFrame) -> Figure:
    """A row per partner, with its status above: a bar per agreement, an open circle where it is approached, dots where
    the dates are not known. `frame`: `partner`, `since`, `until`, `purpose` (None: no agreement), `status`, `mark`
    (agreement, approached or undated); its attribute `window` is a `TimelineWindow`.
    """
    rows, window = records(frame), frame.attrs["window"]
    first, last = window.bounds(rows)
    partners = list(dict.fromkeys(row["partner"] for row in rows))
    heights = {partner: len(partners) - 1 - at for at, partner in enumerate(partners)}
    has_room = len(partners) <= MAX_TWO_LINE_ROWS
    status_line = {row["partner"]: f"<br>{row['status']}" for row in rows} if has_room else {}
    agreements = [row for row in rows if row["purpose"] is not None]
    others = [row for row in rows if row["purpose"] is None]
    marks = [
        {"type": "line", "x0": window.day.isoformat(), "x1": window.day.isoformat(), "y0": 0, "y1": len(partners)}
        | {"line": {"color": MUTED, "width": 1, "dash": "dot"}, "layer": "below"}
    ]
    return figure(
        [
            _agreement_bars(agreements, heights, first, last),
            *(_open_mark(row, heights, first, window.day) for row in others),
            text_trace(
                [first.isoformat()] * len(partners),
                [heights[partner] + TEXT_HEIGHT for partner in partners],
                [f"<b>{partner}</b>{status_line.get(partner, '')}" for partner in partners],
                "middle right",
                fit="rows",
            ),
        ],
        margin={"l": 8, "r": 16, "t": 4, "b": 8},
        shapes=marks,
        xaxis=TIME_AXIS | {"range": [first.isoformat(), last.isoformat()]} | _time_ticks(first, last),
        yaxis=hidden_axis(0, len(partners)),
    )


def _agreement_bars(rows: list[FrameRow], heights: dict[str, int], first: date, last: date) -> Trace:
    starts = [max(row["since"], first) for row in rows]
    ends = [min(row["until"] or last, last) for row in rows]
    return {
        "type": "bar",
        "orientation": "h",
        "base": [start.isoformat() for start in starts],
        "x": [((end - start).days + 1) * DAY_MILLISECONDS for start, end in zip(starts, ends, strict=True)],
        "y": [heights[row["partner"]] + BAR_HEIGHT for row in rows],
        "width": 0.3,
        "marker": {"color": BLUE, "line": {"color": WHITE, "width": 1.5}},
        "hovertext": [row["purpose"] for row in rows],
        "meta": mark_rows(rows),
        "hoverinfo": "text",
    }


def _open_mark(row: FrameRow, heights: dict[str, int], first: date, day: date) -> Trace:
    """A circle on the first day, or dots from it to the date for an agreement without known dates."""
    start = max(row["since"] or first, first).isoformat()
    height = heights[row["partner"]] + BAR_HEIGHT
    is_undated = row["mark"] == "undated"
    return {
        "type": "scatter",
        "mode": "lines" if is_undated else "markers",
        "x": [start, day.isoformat()] if is_undated else [start],
        "y": [height, height] if is_undated else [height],
        "line": {"color": BLUE, "width": 3, "dash": "dot"},
        "marker": {"symbol": "circle-open", "size": 14, "color": BLUE, "line": {"width": 2.5, "color": BLUE}},
        "cliponaxis": False,
        "meta": [row[ROW_NUMBER]],
        "hoverinfo": "skip",  # the text above has the status
    }


def _time_ticks(first: date, last: date) -> dict[str, Any]:
    """First days of years, or of months in a short window, as few as a phone shows apart."""
    months = (last.year - first.year) * 12 + last.month - first.month
    if months >= MIN_YEARLY_MONTHS:
        step = -(-(last.year - first.year) // MAX_TIME_LABELS) or 1
        years = [year for year in range(first.year, last.year + 1) if (last.year - year) % step == 0]
        days = [date(year, 1, 1) for year in years if date(year, 1, 1) >= first]
        return {
            "tickmode": "array",
            "tickvals": [day.isoformat() for day in days],
            "ticktext": [f"{day:%Y}" for day in days],
        }
    step = next((one for one in MONTH_STEPS if months // one <= MAX_TIME_LABELS - 1), MONTH_STEPS[-1])
    start = month_number(first) if first.day == 1 else month_after(month_number(first), 1)
    shown = [month_after(start, at) for at in range(0, months + 1, step)]
    days = [day for day in (month_start(month) for month in shown) if day <= last]
    return {
        "tickmode": "array",
        "tickvals": [day.isoformat() for day in days],
        "ticktext": [f"{MONTHS_SHORT[day.month - 1]}<br>{day.year}" for day in days],
    }


_CLEAR = "rgba(0,0,0,0)"
_STYLES = {  # by extent, and whether there is any activity: symbol, fill, line, text; in the order of the legend
    (WHOLLY, True): ("square", RAMP[1], BLUE, INK),
    (WHOLLY, False): ("square", WHITE, RED, RED),
    (PARTLY, True): ("circle", RAMP[1], BLUE, INK),
    (PARTLY, False): ("circle", WHITE, RED, RED),
    (NOT_COVERED, True): ("square", _CLEAR, _CLEAR, MUTED),
    (NOT_COVERED, False): ("square", _CLEAR, _CLEAR, MUTED),
}


def draw_coverage_matrix(frame: pd.DataFrame) -> Figure:
    """A square where an agreement covers the territory, a circle where it covers a part, red without any activity; the
    number of activities everywhere. `frame`: `row`, `column`, `actions`, `extent`, `state` (both in words).
    """
    cells = records(frame)
    rows = list(dict.fromkeys(cell["row"] for cell in cells))
    columns = list(dict.fromkeys(cell["column"] for cell in cells))
    size = LARGE_SQUARE_PIXELS if len(rows) <= MAX_LARGE_ROWS else SMALL_SQUARE_PIXELS
    cells_by_style = {
        style: shown
        for style in _STYLES
        if (shown := [cell for cell in cells if (cell["extent"], cell["actions"] > 0) == style])
    }
    axes = matrix_axes(rows, columns)
    traces = [_state_trace(shown, style, rows, columns, size) for style, shown in cells_by_style.items()]
    return figure(
        traces,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        showlegend=True,
        xaxis=axes["xaxis"] | {"side": "bottom"},  # the legend is above
        yaxis=axes["yaxis"],
    )


def _state_trace(
    cells: list[FrameRow], style: tuple[str, bool], rows: list[str], columns: list[str], size: int
) -> Trace:
    symbol, fill, line, ink = _STYLES[style]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": cells[0]["state"],
        "x": [columns.index(cell["column"]) for cell in cells],
        "y": [len(rows) - 1 - rows.index(cell["row"]) for cell in cells],
        "marker": {"symbol": symbol, "size": size, "color": fill, "line": {"color": line, "width": 1.5}, "opacity": 1},
        "text": [number(cell["actions"]) for cell in cells],
        "meta": mark_rows(cells),
        "textposition": "middle center",
        "textfont": {"size": 12, "color": ink},
        "cliponaxis": False,
        "customdata": [f"{cell['row']}, {cell['column']}" for cell in cells],
        "hovertemplate": f"%{{customdata}}{NARROW}: %{{text}}<extra></extra>",
    }
