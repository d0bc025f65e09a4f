"""What the browser needs to make a picture of a chart: the figure as the server draws it, with its words."""

from __future__ import annotations

import re
from typing import Any

from dashboard.components.chart_card import CardContent
from dashboard.figures.image import ImageCaptions, standalone_figure
from dashboard.figures.policy import GRAPH_CONFIG

REM_PIXELS = 16  # CSS pixels
MIN_HEIGHT_PIXELS = 420


def chart_image(card: CardContent) -> dict[str, Any]:
    """`data` and `layout` in plotly's vocabulary, and the French `config`. The source line says filters and dates."""
    words = ImageCaptions(card.finding, card.subtitle, card.source_line)
    drawn = standalone_figure(card.figure, words, figure_height(card.chart.height))
    return {**drawn, "config": {name: GRAPH_CONFIG[name] for name in ("locale", "locales")}}


def figure_height(height: str) -> int:
    """The height of a figure in pixels: « min(29rem, 90vw) » is 29rem on a screen that is wide enough."""
    found = re.search(r"([\d.]+)rem", height)
    return max(MIN_HEIGHT_PIXELS, round(float(found[1]) * REM_PIXELS)) if found else MIN_HEIGHT_PIXELS
