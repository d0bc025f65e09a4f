"""A figure as a picture that stands alone: its title, what it measures, its sources and date are drawn with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from dashboard.figures.base import INK, MUTED, WHITE, Figure
from dashboard.figures.text import plain

WIDTH = 1200  # CSS pixels
LEAST = 675  # of the whole picture
EDGE = 32
LETTER = 0.53  # width of a letter, as a share of its height: what a line holds is known before it is drawn
TITLE, MEASURED, FOOT = 26, 16, 13
LINE = 1.3  # height of a line, as a share of that of its letters
GAP = 14
RISE = 18  # plotly hangs several lines by the middle of the first
LABELS = 28  # width of the labels of the axis: wider ones push it by themselves


@dataclass(frozen=True)
class Words:
    """What is written around a figure: above it the finding and what is measured, below it the foot."""

    finding: str
    measured: str
    foot: str


def image_of(drawn: Figure, words: Words, height: int) -> Figure:
    """The figure on white, at a fixed size, with its words; `height` is that of the figure itself."""
    title, measured, foot = (
        _lines(text, size)
        for text, size in ((words.finding, TITLE * 1.06), (words.measured, MEASURED), (words.foot, FOOT))
    )
    layout: Mapping[str, Any] = drawn["layout"]
    given = {"l": 8, "r": 16, "t": 16, "b": 8} | layout.get("margin", {})
    head = EDGE + _height(title, TITLE) + _height(measured, MEASURED) + GAP
    tail = _height(foot, FOOT) + EDGE
    legend = 34 if layout.get("showlegend") else 0
    axes = 46  # ticks and title of the axis below
    plot = max(height, LEAST - head - tail)
    return {
        "data": drawn["data"],
        "layout": {
            **layout,
            "width": WIDTH,
            "height": head + plot + tail,
            "autosize": False,
            "paper_bgcolor": WHITE,
            "margin": {
                "l": max(given["l"], EDGE + LABELS),
                "r": max(given["r"], EDGE),
                "t": head + max(given["t"], legend),
                "b": tail + max(given["b"], axes),
            },
            "title": _title(title, measured),
            "annotations": [*layout.get("annotations", ()), _foot(foot, max(given["r"], EDGE), max(given["b"], axes))],
        },
    }


def _lines(text: str, size: float) -> list[str]:
    width = int((WIDTH - 2 * EDGE) / (size * LETTER))
    return [plain(line) for line in wrap(text, width, break_long_words=True)] or [""]


def _height(lines: list[str], size: float) -> int:
    return round(len(lines) * size * LINE)


def _title(title: list[str], measured: list[str]) -> dict[str, Any]:
    style = f'style="font-size: {MEASURED}px; color: {MUTED}"'
    return {
        "text": "<br>".join(
            [*(f"<b>{line}</b>" for line in title), *(f"<span {style}>{line}</span>" for line in measured)]
        ),
        "font": {"size": TITLE, "color": INK},
        "x": 0,
        "xref": "container",
        "xanchor": "left",
        "y": 1,
        "yref": "container",
        "yanchor": "top",
        "pad": {"l": EDGE, "t": EDGE + RISE},
        "automargin": False,
    }


def _foot(lines: list[str], right: float, below: float) -> dict[str, Any]:
    """Hung from the right edge of the axes: their left edge moves with the width of their labels."""
    return {
        "text": "<br>".join(lines),
        "xref": "paper",
        "yref": "paper",
        "x": 1,
        "xanchor": "right",
        "xshift": right - EDGE,
        "y": 0,
        "yanchor": "top",
        "yshift": -below,
        "width": WIDTH - 2 * EDGE,
        "align": "left",
        "showarrow": False,
        "font": {"size": FOOT, "color": MUTED},
    }
