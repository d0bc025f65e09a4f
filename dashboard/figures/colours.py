"""Colours of things: a scheme, a family, a kind of credits has one, wherever it is drawn and whatever the filters."""

from __future__ import annotations

from typing import Any

from dashboard.figures.base import PATTERNS, SERIES, WHITE


def marker_of(position: int) -> dict[str, Any]:
    """The colour and pattern of bars of the thing at this position in the whole list of those that are known, never in
    what a filter left of it: hues alone do not differ enough, and pairs repeat after sixteen.
    """
    turn, at = divmod(position, len(SERIES))
    colour = SERIES[at]
    return {
        "color": colour,
        "line": {"color": WHITE, "width": 1.5},
        "pattern": {
            "shape": PATTERNS[(at + turn) % len(PATTERNS)],
            "bgcolor": colour,
            "fgcolor": WHITE,
            "size": 7,
            "solidity": 0.15,
            "fgopacity": 0.7,
        },
    }
