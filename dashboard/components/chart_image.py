"""The picture of a chart: its figure and its captions, from its card."""

from __future__ import annotations

import re

from dashboard.components.chart_card import CardContent
from dashboard.exports.prepared import ChartPicture, Passport

REM_PIXELS = 16  # CSS pixels
WIDE_SCREEN = 1440  # CSS pixels
_HEIGHT = re.compile(r"([\d.]+)rem(?:, ([\d.]+)vw)?")
MIN_HEIGHT_PIXELS = 420


def chart_picture(card: CardContent, passport: Passport) -> ChartPicture:
    """The picture of a card that is not empty. Its foot has sources, filters, dates, and the code of its passport."""
    height = figure_height(card.height)
    return ChartPicture(card.figure, height, passport.title, passport.subtitle, passport.foot, card.alt)


def figure_height(height: str) -> int:
    """The height of a figure that stands alone, in pixels."""
    return max(MIN_HEIGHT_PIXELS, height_in_pixels(height))


def height_in_pixels(height: str, screen: int = WIDE_SCREEN) -> int:
    """The height of a figure on a screen of that width in CSS pixels: `20rem`, `min(29rem, 90vw)`. 0 when it is in no
    rem.
    """
    match = _HEIGHT.search(height)
    if not match:
        return 0
    pixels, screen_percent = float(match[1]) * REM_PIXELS, match[2]
    return round(min(pixels, float(screen_percent) * screen / 100) if screen_percent else pixels)
