"""The first response to an address: the whole page as HTML with its charts drawn, and the same page as data for the
scripts that take over (assets/first_view.js).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from dash.development.base_component import Component
from plotly.io.json import to_json_plotly

from dashboard.components.chart_image import WIDE_SCREEN, height_in_pixels
from dashboard.components.page import Site, page_title
from dashboard.components.shell import app_shell
from dashboard.drawing import DrawingError
from dashboard.elements.component_html import component_html
from dashboard.figures.palette import themed_svg
from dashboard.figures.presets import expanded
from dashboard.requests.page_request import PageRequest

DRAWING_SECONDS = 0.5  # for all the charts of a page: those that are not drawn by then are drawn by the browser

DrawSvg = Callable[[Mapping[str, Any], int, int, float], str]  # figure, width, height, seconds to wait -> SVG


class DrawingSize(NamedTuple):
    """A drawing for the cards of some screens, chosen by the style sheet (assets/cards.css)."""

    css_class: str
    width: int  # CSS pixels of the chart
    screen: int  # CSS pixels


SIZES = (DrawingSize("drawing drawing-narrow", 312, 375), DrawingSize("drawing drawing-wide", 540, WIDE_SCREEN))


@dataclass(frozen=True)
class FirstResponse:
    """A page before any script: its title, its HTML, its layout as JSON; `is_complete`: all of its charts are drawn."""

    title: str
    html: str
    layout: str
    is_complete: bool


def write_first_response(site: Site, page_request: PageRequest, draw: DrawSvg | None) -> FirstResponse:
    """The first response to a request, from one layout."""
    layout = app_shell(page_request, site)
    drawings = GraphDrawings(draw, time.monotonic() + DRAWING_SECONDS) if draw else None
    html = component_html(layout, drawings.draw_graph if drawings else lambda _props: "")
    is_complete = drawings is None or drawings.is_complete
    return FirstResponse(page_title(site, page_request), html, layout_json(layout), is_complete)


def layout_json(layout: Component) -> str:
    """The layout as JSON that cannot end the script element around it."""
    return str(to_json_plotly(layout)).replace("<", "\\u003c")


class GraphDrawings:
    """Draws the graphs of one page until a deadline (monotonic seconds); none after the first failure."""

    def __init__(self, draw: DrawSvg, deadline: float) -> None:
        self._draw, self._deadline = draw, deadline
        self.is_complete = True

    def draw_graph(self, props: Mapping[str, Any]) -> str:
        """The drawings of a dcc.Graph, one for each size, as HTML; empty when it was not drawn."""
        if not self.is_complete:
            return ""
        figure = expanded(props["figure"])
        try:
            return "".join(self._drawing(figure, size, props["style"]["height"]) for size in SIZES)
        except DrawingError:  # the browser will draw it
            self.is_complete = False
            return ""

    def _drawing(self, figure: Mapping[str, Any], size: DrawingSize, height: str) -> str:
        seconds = max(0.0, self._deadline - time.monotonic())
        svg = self._draw(figure, size.width, height_in_pixels(height, size.screen), seconds)
        return f'<div class="{size.css_class}">{themed_svg(svg)}</div>'
