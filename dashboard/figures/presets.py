"""What many figures share is sent once, with the configuration of each graph, and named after: half of their bytes.

Only an encoding: figures are drawn whole, a change sends them short, and assets/graphs.js makes them whole again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.figures.base import (
    COMMON_LAYOUT,
    HIDDEN_AXIS,
    NAME_AXIS,
    STEP_AXIS,
    TEXT_TRACE,
    TIME_AXIS,
    VALUE_AXIS,
    Figure,
)

PRESET_KEY = "preset"
PRESETS: Mapping[str, Mapping[str, Any]] = {
    "common": COMMON_LAYOUT,
    "values": VALUE_AXIS,
    "time": TIME_AXIS,
    "names": NAME_AXIS,
    "steps": STEP_AXIS,
    "hidden": HIDDEN_AXIS,
    "words": TEXT_TRACE | {"textposition": "middle right"},
    "above": TEXT_TRACE | {"textposition": "top center"},
    "bars": {"type": "bar", "textposition": "none", "hoverinfo": "text"},
    "rows": {"type": "bar", "orientation": "h", "hoverinfo": "skip"},
    "line": {"type": "scatter", "mode": "lines+markers", "connectgaps": False},
    "mark": {"type": "scatter", "mode": "markers", "hoverinfo": "skip"},
}
_TRACE_PRESETS = ("words", "above", "bars", "rows", "line", "mark")
_AXIS_PRESETS = ("values", "time", "names", "steps", "hidden")


def compact(drawn: Figure) -> Figure:
    """A figure whose layout, axes and traces name what they share with others (`like`) in place of saying it."""
    layout = {
        name: _compact(part, _AXIS_PRESETS) if name.startswith(("xaxis", "yaxis")) else part
        for name, part in drawn["layout"].items()
    }
    return {
        "data": [_compact(trace, _TRACE_PRESETS) for trace in drawn["data"]],
        "layout": _compact(layout, ("common",)),
    }


def _compact(whole: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Without what the look nearest to it says; what it says otherwise stays, and replaces."""
    following = [name for name in names if PRESETS[name].keys() <= whole.keys()]
    owns = {name: _differences(whole, PRESETS[name]) for name in following}
    nearest = min(following, key=lambda name: len(owns[name]), default=None)
    return dict(whole) if nearest is None else {PRESET_KEY: nearest} | owns[nearest]


def _differences(whole: Mapping[str, Any], look: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in whole.items() if key not in look or look[key] != value}
