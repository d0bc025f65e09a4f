"""The picture of a chart: its figure and its captions, from its card."""

from __future__ import annotations

import re

from dashboard.components.chart_card import CardContent
from dashboard.exports.prepared import ChartPicture, Passport

REM_PIXELS = 16  # CSS pixels
MIN_HEIGHT_PIXELS = 420


def chart_picture(card: CardContent, passport: Passport) -> ChartPicture:
    """The picture of a card that is not empty. Its foot has sources, filters, dates, and the code of its passport."""
    height = figure_height(card.height)
    return ChartPicture(card.figure, height, passport.title, passport.subtitle, passport.foot, card.alt)


def figure_height(height: str) -> int:
    """The height of a figure that stands alone, in pixels."""
    return max(MIN_HEIGHT_PIXELS, height_in_pixels(height))


def height_in_pixels(height: str) -> int:
    """The height of a figure on a wide screen: « min(29rem, 90vw) » is 29rem. 0 when it is in no rem."""
    match = re.search(r"([\d.]+)rem", height)
    return round(float(match[1]) * REM_PIXELS) if match else 0
