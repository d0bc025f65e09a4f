"""One colour and pattern per scheme, family or kind of credits, in every figure and under any filters."""

from __future__ import annotations

from typing import Any

from dashboard.figures.base import PATTERNS, SERIES, WHITE


def bar_marker(position: int) -> dict[str, Any]:
    """The colour and pattern of bars, from a position in the list of all known things (not only the selected ones).
    Hues alone do not differ enough; the pairs repeat after sixteen.
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
