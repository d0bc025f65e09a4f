"""What the browser needs to make a picture of a chart: the figure as the server draws it, with its words."""

from __future__ import annotations

import re
from typing import Any

from dashboard.components.chart_card import CardContent
from dashboard.figures.image import Words, image_of
from dashboard.figures.policy import GRAPH_CONFIG

REM = 16  # CSS pixels
LEAST = 420


def chart_image(shown: CardContent) -> dict[str, Any]:
    """`data` and `layout` in plotly's vocabulary, and the French `config`. The source line says filters and dates."""
    words = Words(shown.finding, shown.measured, shown.source_line)
    drawn = image_of(shown.figure, words, height_of(shown.chart.height))
    return {**drawn, "config": {name: GRAPH_CONFIG[name] for name in ("locale", "locales")}}


def height_of(height: str) -> int:
    """The height of a figure in pixels: « min(29rem, 90vw) » is 29rem on a screen that is wide enough."""
    found = re.search(r"([\d.]+)rem", height)
    return max(LEAST, round(float(found[1]) * REM)) if found else LEAST
