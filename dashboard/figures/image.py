"""A figure as a standalone image, with its title, subtitle, sources and date drawn in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from dashboard.figures.base import INK, MUTED, WHITE, Figure
from dashboard.figures.text import plain_text

WIDTH_PIXELS = 1200  # CSS pixels
MIN_HEIGHT_PIXELS = 675  # of the whole image
MARGIN_PIXELS = 32
LETTER_WIDTH_RATIO = 0.53  # of a letter to its height: lines are wrapped before drawing
TITLE_SIZE, SUBTITLE_SIZE, FOOTER_SIZE = 26, 16, 13
LINE_HEIGHT_RATIO = 1.3  # of a line to its letters
GAP_PIXELS = 14
TITLE_RISE_PIXELS = 18  # plotly aligns several lines on the middle of the first
AXIS_LABEL_PIXELS = 28  # expected width; plotly adds room for wider ones


@dataclass(frozen=True)
class ImageCaptions:
    """The texts around a figure: above it the finding and what is measured (`subtitle`), below it the `footer`."""

    finding: str
    subtitle: str
    foot: str


def standalone_figure(figure: Figure, captions: ImageCaptions, height: int) -> Figure:
    """The figure on white, at a fixed size, with its captions; `height` is that of the plot itself."""
    title, subtitle, footer = (
        _wrapped_lines(text, size)
        for text, size in (
            (captions.finding, TITLE_SIZE * 1.06),
            (captions.subtitle, SUBTITLE_SIZE),
            (captions.foot, FOOTER_SIZE),
        )
    )
    layout: Mapping[str, Any] = figure["layout"]
    margin = {"l": 8, "r": 16, "t": 16, "b": 8} | layout.get("margin", {})
    header_height = MARGIN_PIXELS + _height(title, TITLE_SIZE) + _height(subtitle, SUBTITLE_SIZE) + GAP_PIXELS
    footer_height = _height(footer, FOOTER_SIZE) + MARGIN_PIXELS
    legend_height = 34 if layout.get("showlegend") else 0
    axis_height = 46  # ticks and title of the axis below
    plot_height = max(height, MIN_HEIGHT_PIXELS - header_height - footer_height)
    return {
        "data": figure["data"],
        "layout": {
            **layout,
            "width": WIDTH_PIXELS,
            "height": header_height + plot_height + footer_height,
            "autosize": False,
            "paper_bgcolor": WHITE,
            "margin": {
                "l": max(margin["l"], MARGIN_PIXELS + AXIS_LABEL_PIXELS),
                "r": max(margin["r"], MARGIN_PIXELS),
                "t": header_height + max(margin["t"], legend_height),
                "b": footer_height + max(margin["b"], axis_height),
            },
            "title": _title(title, subtitle),
            "annotations": [
                *layout.get("annotations", ()),
                _footer(footer, max(margin["r"], MARGIN_PIXELS), max(margin["b"], axis_height)),
            ],
        },
    }


def _wrapped_lines(text: str, size: float) -> list[str]:
    width = int((WIDTH_PIXELS - 2 * MARGIN_PIXELS) / (size * LETTER_WIDTH_RATIO))
    return [plain_text(line) for line in wrap(text, width, break_long_words=True)] or [""]


def _height(lines: list[str], size: float) -> int:
    return round(len(lines) * size * LINE_HEIGHT_RATIO)


def _title(title: list[str], subtitle: list[str]) -> dict[str, Any]:
    style = f'style="font-size: {SUBTITLE_SIZE}px; color: {MUTED}"'
    return {
        "text": "<br>".join(
            [*(f"<b>{line}</b>" for line in title), *(f"<span {style}>{line}</span>" for line in subtitle)]
        ),
        "font": {"size": TITLE_SIZE, "color": INK},
        "x": 0,
        "xref": "container",
        "xanchor": "left",
        "y": 1,
        "yref": "container",
        "yanchor": "top",
        "pad": {"l": MARGIN_PIXELS, "t": MARGIN_PIXELS + TITLE_RISE_PIXELS},
        "automargin": False,
    }


def _footer(lines: list[str], right: float, below: float) -> dict[str, Any]:
    """Anchored to the right edge of the axes, since their left edge depends on the width of the labels."""
    return {
        "text": "<br>".join(lines),
        "xref": "paper",
        "yref": "paper",
        "x": 1,
        "xanchor": "right",
        "xshift": right - MARGIN_PIXELS,
        "y": 0,
        "yanchor": "top",
        "yshift": -below,
        "width": WIDTH_PIXELS - 2 * MARGIN_PIXELS,
        "align": "left",
        "showarrow": False,
        "font": {"size": FOOTER_SIZE, "color": MUTED},
    }
