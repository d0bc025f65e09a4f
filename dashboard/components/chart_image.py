"""The JSON from which the browser makes the image of a chart: the standalone figure with its captions."""

from __future__ import annotations

import re
from typing import Any

from dashboard.components.chart_card import CardContent
from dashboard.exports.prepared import Passport
from dashboard.figures.image import ImageCaptions, standalone_figure
from dashboard.figures.policy import GRAPH_CONFIG

REM_PIXELS = 16  # CSS pixels
MIN_HEIGHT_PIXELS = 420


def chart_image(card: CardContent, passport: Passport) -> dict[str, Any]:
    """`data` and `layout` in plotly's vocabulary, and the French `config`. The foot has sources, filters, dates, and
    what the passport of the image says of them.
    """
    captions = ImageCaptions(passport.title, passport.subtitle, passport.foot)
    figure = standalone_figure(card.figure, captions, figure_height(card.chart.height))
    return {**figure, "config": {name: GRAPH_CONFIG[name] for name in ("locale", "locales")}}


def figure_height(height: str) -> int:
    """The height of a figure in pixels: « min(29rem, 90vw) » is 29rem on a wide screen."""
    match = re.search(r"([\d.]+)rem", height)
    return max(MIN_HEIGHT_PIXELS, round(float(match[1]) * REM_PIXELS)) if match else MIN_HEIGHT_PIXELS
