"""The colours of figures in dark mode, and their names in the style sheets (assets/colours.css).

Figures are always drawn in light colours, which files and paper keep. On screen the browser replaces them in what
plotly draws (assets/figures.js), and a drawing of the server names the variables of the style sheet (`themed_svg`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dashboard.figures.base import (
    BLUE,
    BORDER_COLOUR,
    INK,
    MUTED,
    OCHRE,
    PAGE_COLOUR,
    PLUM,
    RAMP,
    RED,
    RULE,
    TEAL,
    UNSELECTED,
    WHITE,
)


class ThemeColour(NamedTuple):
    """A colour of figures: its variable in the style sheet, its value in light and in dark mode."""

    name: str
    light: str
    dark: str


PALETTE = (
    ThemeColour("ink", INK, "#e8ebf0"),
    ThemeColour("muted", MUTED, "#a9b3c1"),
    ThemeColour("rule", RULE, "#343d4a"),
    ThemeColour("card", WHITE, "#1b212a"),
    ThemeColour("page", PAGE_COLOUR, "#12161c"),
    ThemeColour("blue", BLUE, "#8ab8e6"),
    ThemeColour("ochre", OCHRE, "#d9a441"),
    ThemeColour("teal", TEAL, "#5fc2b5"),
    ThemeColour("plum", PLUM, "#c3a3e0"),
    ThemeColour("red", RED, "#ff8f94"),
    ThemeColour("unselected", UNSELECTED, "#262d37"),
    ThemeColour("border", BORDER_COLOUR, "#5d6877"),
    ThemeColour("ramp-1", RAMP[1], "#2a4057"),
    ThemeColour("ramp-2", RAMP[2], "#44688c"),
    ThemeColour("ramp-3", RAMP[3], "#6a9acb"),
)
"""The first and the last class of the ramp are the card and the blue."""

DARK_COLOURS = {colour.light: colour.dark for colour in PALETTE}
_VARIABLES = {
    f"rgb({', '.join(str(part) for part in bytes.fromhex(colour.light[1:]))})": f"var(--{colour.name})"
    for colour in PALETTE
}
_WRITTEN_COLOUR = re.compile(r"rgb\(\d+, \d+, \d+\)")  # as plotly writes every colour


def themed_svg(svg: str) -> str:
    """A drawing of the server (`drawing.draw_svg`) that follows the mode of the page into which it is put."""
    return _WRITTEN_COLOUR.sub(lambda written: _VARIABLES.get(written[0], written[0]), svg)
