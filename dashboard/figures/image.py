"""A figure as a picture that stands alone: its title, what it measures, its sources and date are drawn with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from dashboard.figures.base import INK, MUTED, WHITE, Figure
from dashboard.figures.text import plain_text

WIDTH_PIXELS = 1200  # CSS pixels
MIN_HEIGHT_PIXELS = 675  # of the whole picture
MARGIN_PIXELS = 32
LETTER_WIDTH_RATIO = 0.53  # width of a letter, as a share of its height: what a line holds is known before it is drawn
TITLE_SIZE, SUBTITLE_SIZE, FOOTER_SIZE = 26, 16, 13
LINE_HEIGHT_RATIO = 1.3  # height of a line, as a share of that of its letters
GAP_PIXELS = 14
TITLE_RISE_PIXELS = 18  # plotly hangs several lines by the middle of the first
AXIS_LABEL_PIXELS = 28  # width of the labels of the axis: wider ones push it by themselves


@dataclass(frozen=True)
class ImageCaptions:
    """The texts around a figure: above it the finding and what is measured (`subtitle`), below it the `footer`."""

    finding: str
    subtitle: str
    foot: str


def standalone_figure(drawn: Figure, words: ImageCaptions, height: int) -> Figure:
    """The figure on white, at a fixed size, with its words; `height` is that of the figure itself."""
    title, subtitle, foot = (
        _wrapped_lines(text, size)
        for text, size in (
            (words.finding, TITLE_SIZE * 1.06),
            (words.subtitle, SUBTITLE_SIZE),
            (words.foot, FOOTER_SIZE),
        )
    )
    layout: Mapping[str, Any] = drawn["layout"]
    given = {"l": 8, "r": 16, "t": 16, "b": 8} | layout.get("margin", {})
    head = MARGIN_PIXELS + _height(title, TITLE_SIZE) + _height(subtitle, SUBTITLE_SIZE) + GAP_PIXELS
    tail = _height(foot, FOOTER_SIZE) + MARGIN_PIXELS
    legend = 34 if layout.get("showlegend") else 0
    axes = 46  # ticks and title of the axis below
    plot = max(height, MIN_HEIGHT_PIXELS - head - tail)
    return {
        "data": drawn["data"],
        "layout": {
            **layout,
            "width": WIDTH_PIXELS,
            "height": head + plot + tail,
            "autosize": False,
            "paper_bgcolor": WHITE,
            "margin": {
                "l": max(given["l"], MARGIN_PIXELS + AXIS_LABEL_PIXELS),
                "r": max(given["r"], MARGIN_PIXELS),
                "t": head + max(given["t"], legend),
                "b": tail + max(given["b"], axes),
            },
            "title": _title(title, subtitle),
            "annotations": [
                *layout.get("annotations", ()),
                _footer(foot, max(given["r"], MARGIN_PIXELS), max(given["b"], axes)),
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
    """Hung from the right edge of the axes: their left edge moves with the width of their labels."""
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
