"""What would follow a curve if its rhythm went on: a dashed line, a light band, their words at its end."""

from __future__ import annotations

from dashboard.figures.base import BLUE, FrameRow, Trace, iso_days, text_trace
from data.i18n import NARROW, number

BAND_COLOUR = "rgba(31,78,121,0.14)"  # of BLUE
LABEL_PIXELS = 84  # pixels at the right, for the words


def projection_traces(last: FrameRow, due: FrameRow, name: str, why: str) -> list[Trace]:
    """From the last known row (`day`, `labelled`) to the row of the due date (`projected`, `low`, `high`): its `name`
    stands at its end, and `why` it goes there is said of its line.
    """
    ends = iso_days([last["day"], due["day"]])
    band = {
        "type": "scatter",
        "mode": "lines",
        "x": [ends[0], ends[1], ends[1]],
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
        "x": ends,
        "y": [last["labelled"], due["projected"]],
        "line": {"color": BLUE, "width": 2, "dash": "dash"},
        "hovertemplate": f"%{{x|%d/%m/%Y}}{NARROW}: %{{y:.0f}} {why}<extra></extra>",
    }
    said = [f" {name}<br> {number(due['projected'])} ({number(due['low'])}–{number(due['high'])})"]
    return [band, line, text_trace(ends[1:], [due["projected"]], said, "middle right", color=BLUE)]
