"""Figures drawn on the server: plotly.js in V8, in a process of its own (`draw_svg`, `draw_png`), and the font of every
drawing.
"""

from dashboard.drawing.drawer import draw_png, draw_svg
from dashboard.drawing.errors import DrawingError

__all__ = ["DrawingError", "draw_png", "draw_svg"]
