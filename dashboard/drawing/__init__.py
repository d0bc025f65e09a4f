"""Figures drawn on the server: plotly.js in V8, in a process of its own, and the font of every drawing."""

from dashboard.drawing.drawer import draw_png, draw_svg, start_drawing, svg_to_png
from dashboard.drawing.errors import DrawingBusyError, DrawingError

__all__ = ["DrawingBusyError", "DrawingError", "draw_png", "draw_svg", "start_drawing", "svg_to_png"]
