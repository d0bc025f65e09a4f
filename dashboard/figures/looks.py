"""What many figures share is sent once, with the configuration of each graph, and named after: half of their bytes.

Only an encoding: figures are drawn whole, a change sends them short, and assets/graphs.js makes them whole again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.figures.base import COMMON, HIDDEN, NAMES, STEPS, TIME, VALUES, WORDS, Figure

LIKE = "like"
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "common": COMMON,
    "values": VALUES,
    "time": TIME,
    "names": NAMES,
    "steps": STEPS,
    "hidden": HIDDEN,
    "words": WORDS | {"textposition": "middle right"},
    "above": WORDS | {"textposition": "top center"},
    "bars": {"type": "bar", "textposition": "none", "hoverinfo": "text"},
    "rows": {"type": "bar", "orientation": "h", "hoverinfo": "skip"},
    "line": {"type": "scatter", "mode": "lines+markers", "connectgaps": False},
    "mark": {"type": "scatter", "mode": "markers", "hoverinfo": "skip"},
}
_TRACES = ("words", "above", "bars", "rows", "line", "mark")
_AXES = ("values", "time", "names", "steps", "hidden")


def short(drawn: Figure) -> Figure:
    """A figure whose layout, axes and traces name what they share with others (`like`) in place of saying it."""
    layout = {
        name: _short(part, _AXES) if name.startswith(("xaxis", "yaxis")) else part
        for name, part in drawn["layout"].items()
    }
    return {"data": [_short(trace, _TRACES) for trace in drawn["data"]], "layout": _short(layout, ("common",))}


def _short(whole: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Without what the look nearest to it says; what it says otherwise stays, and replaces."""
    following = [name for name in names if LOOKS[name].keys() <= whole.keys()]
    owns = {name: _own(whole, LOOKS[name]) for name in following}
    nearest = min(following, key=lambda name: len(owns[name]), default=None)
    return dict(whole) if nearest is None else {LIKE: nearest} | owns[nearest]


def _own(whole: Mapping[str, Any], look: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in whole.items() if key not in look or look[key] != value}
