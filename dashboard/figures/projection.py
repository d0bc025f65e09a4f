"""The projection of a curve at its recent pace: a dashed line, a light band, a label at its end."""

from __future__ import annotations

from dashboard.figures.base import BLUE, FrameRow, Trace, iso_days, text_trace
from data.i18n import number

BAND_COLOUR = f"{BLUE}24"  # opacity 0.14
LABEL_PIXELS = 84  # at the right, for the label


def projection_traces(last: FrameRow, due: FrameRow, name: str) -> list[Trace]:
    """Traces from the last known row (`day`, `labelled`) to the row of the due date (`projected`, `low`, `high`):
    `name` is the label at the end.
    """
    days = iso_days([last["day"], due["day"]])
    band = {
        "type": "scatter",
        "mode": "lines",
        "x": [days[0], days[1], days[1]],
        "y": [last["labelled"], due["high"], due["low"]],
        "fill": "toself",
        "fillcolor": BAND_COLOUR,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }
    line = {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": days,
        "y": [last["labelled"], due["projected"]],
        "line": {"color": BLUE, "width": 2, "dash": "dash"},
        "hoverinfo": "skip",  # the text at its end has the numbers
    }
    texts = [f" {name}<br> {number(due['projected'])} ({number(due['low'])}–{number(due['high'])})"]
    return [band, line, text_trace(days[1:], [due["projected"]], texts, "middle right", color=BLUE)]
