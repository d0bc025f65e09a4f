"""Presets: parts that many figures share are sent once, in the configuration of each graph; figures name them
(`preset`), which halves their bytes.

This is only an encoding: figures are drawn whole, `compact` shortens them, and assets/figures.js expands them.
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
    "text": TEXT_TRACE | {"textposition": "middle right"},
    "above": TEXT_TRACE | {"textposition": "top center"},
    "bars": {"type": "bar", "textposition": "none", "hoverinfo": "text"},
    "rows": {"type": "bar", "orientation": "h", "hoverinfo": "skip"},
    "line": {"type": "scatter", "mode": "lines+markers", "connectgaps": False},
    "mark": {"type": "scatter", "mode": "markers", "hoverinfo": "skip"},
}
_TRACE_PRESETS = ("text", "above", "bars", "rows", "line", "mark")
_AXIS_PRESETS = ("values", "time", "names", "steps", "hidden")


def compact(figure: Figure) -> Figure:
    """A figure whose layout, axes and traces name the preset that they share with others instead of repeating it."""
    layout = {
        name: _compact(part, _AXIS_PRESETS) if name.startswith(("xaxis", "yaxis")) else part
        for name, part in figure["layout"].items()
    }
    return {
        "data": [_compact(trace, _TRACE_PRESETS) for trace in figure["data"]],
        "layout": _compact(layout, ("common",)),
    }


def _compact(part: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """The part as the name of the closest preset and the differences from it; unchanged when no preset applies."""
    candidates = [name for name in names if PRESETS[name].keys() <= part.keys()]
    differences = {name: _differences(part, PRESETS[name]) for name in candidates}
    nearest = min(candidates, key=lambda name: len(differences[name]), default=None)
    return dict(part) if nearest is None else {PRESET_KEY: nearest} | differences[nearest]


def _differences(part: Mapping[str, Any], preset: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in part.items() if key not in preset or preset[key] != value}


def expanded(figure: Mapping[str, Any]) -> Figure:
    """The whole figure of a compact one: the inverse of `compact`."""
    layout = {
        name: _expanded(part) if name.startswith(("xaxis", "yaxis")) else part
        for name, part in _expanded(figure["layout"]).items()
    }
    return {"data": [_expanded(trace) for trace in figure["data"]], "layout": layout}


def _expanded(part: Mapping[str, Any]) -> dict[str, Any]:
    if PRESET_KEY not in part:
        return dict(part)
    return {**PRESETS[part[PRESET_KEY]], **{key: value for key, value in part.items() if key != PRESET_KEY}}
