"""A chart as a picture that stands alone: its finding, what is measured, the drawing, its sources and dates."""

from __future__ import annotations

from html import escape
from typing import IO

from dashboard.drawing import draw_svg, svg_to_png
from dashboard.drawing.fonts import FONT_FAMILY, balanced_lines, font_faces, wrapped_lines
from dashboard.exports.prepared import ChartPicture, PreparedExport
from dashboard.figures.base import INK, MUTED, WHITE

WIDTH_PIXELS = 1200  # CSS pixels
MIN_HEIGHT_PIXELS = 675  # of the whole picture
MARGIN_PIXELS = 32
INSIDE_PIXELS = WIDTH_PIXELS - 2 * MARGIN_PIXELS
TITLE_SIZE, SUBTITLE_SIZE, FOOT_SIZE = 26, 16, 13
LINE_HEIGHT_RATIO = 1.3  # of a line to its letters
GAP_PIXELS = 14
PNG_SCALE = 2  # pixels of a PNG for each CSS pixel


def write_png(export: PreparedExport, file: IO[bytes]) -> None:
    """Write the picture at twice its size, for screens and paper. Raises DrawingError."""
    assert export.picture is not None, "only charts have a picture (FORMATS)"
    file.write(svg_to_png(picture_svg(export.picture()), PNG_SCALE))


def write_svg(export: PreparedExport, file: IO[bytes]) -> None:
    """Write the picture with its font inside. Raises DrawingError."""
    assert export.picture is not None, "only charts have a picture (FORMATS)"
    file.write(picture_svg(export.picture(), font_faces()).encode())


def png_drawing(picture: ChartPicture, width: int, height: int) -> bytes:
    """The drawing alone, for a document that writes its title and its sources itself. Raises DrawingError."""
    return svg_to_png(draw_svg(picture.figure, width, height), PNG_SCALE)


def picture_svg(picture: ChartPicture, style: str = "") -> str:
    """The picture as one SVG document, as high as its texts and its chart need. Raises DrawingError."""
    title = balanced_lines(picture.title, INSIDE_PIXELS, TITLE_SIZE, bold=True)
    subtitle = balanced_lines(picture.subtitle, INSIDE_PIXELS, SUBTITLE_SIZE)
    foot = wrapped_lines(picture.foot, INSIDE_PIXELS, FOOT_SIZE)
    subtitle_top = MARGIN_PIXELS + _height(title, TITLE_SIZE)
    chart_top = subtitle_top + _height(subtitle, SUBTITLE_SIZE) + GAP_PIXELS
    foot_height = GAP_PIXELS + _height(foot, FOOT_SIZE) + MARGIN_PIXELS
    chart_height = max(picture.height, MIN_HEIGHT_PIXELS - chart_top - foot_height)
    height = chart_top + chart_height + foot_height
    chart = draw_svg(picture.figure, INSIDE_PIXELS, chart_height)
    parts = (
        f"<title>{escape(picture.title)}</title><desc>{escape(picture.alt)}</desc>",
        f"<style>{style}</style>" if style else "",
        f'<rect width="{WIDTH_PIXELS}" height="{height}" fill="{WHITE}"/>',
        _text(title, MARGIN_PIXELS, TITLE_SIZE, f'fill="{INK}" font-weight="700"'),
        _text(subtitle, subtitle_top, SUBTITLE_SIZE, f'fill="{MUTED}"'),
        chart.replace("<svg ", f'<svg x="{MARGIN_PIXELS}" y="{chart_top}" ', 1),
        _text(foot, chart_top + chart_height + GAP_PIXELS, FOOT_SIZE, f'fill="{MUTED}"'),
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH_PIXELS}" height="{height}" '
        f'viewBox="0 0 {WIDTH_PIXELS} {height}" role="img" lang="fr" font-family="{FONT_FAMILY}, sans-serif">'
        f"{''.join(parts)}</svg>"
    )


def _height(lines: list[str], size: float) -> int:
    return round(len(lines) * size * LINE_HEIGHT_RATIO)


def _text(lines: list[str], top: float, size: float, look: str) -> str:
    """Lines of text from `top` downwards."""
    baselines = (round(top + size * (1 + number * LINE_HEIGHT_RATIO), 1) for number in range(len(lines)))
    spans = "".join(
        f'<tspan x="{MARGIN_PIXELS}" y="{y}">{escape(line)}</tspan>' for line, y in zip(lines, baselines, strict=True)
    )
    return f'<text font-size="{size}" {look}>{spans}</text>'
