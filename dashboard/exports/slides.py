"""Slides of PowerPoint: their size or template, titles and texts at sizes that fit, in French."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from dashboard.exports.cells import office_text
from dashboard.exports.native_chart import colour
from dashboard.exports.slide_template import open_template, title_layout
from dashboard.figures.base import INK

Box = tuple[int, int, int, int]  # left, top, width, height in EMU

WIDE_SLIDE = (Inches(13.333), Inches(7.5))  # 16:9
MARGIN, GAP = Inches(0.5), Inches(0.12)
TITLE_HEIGHT, SUBTITLE_HEIGHT, WARNING_HEIGHT, FOOT_HEIGHT = Inches(1.15), Inches(0.56), Inches(0.32), Inches(0.8)
TITLE_SIZES, SUBTITLE_SIZES, FOOT_SIZES = (30, 26, 22, 19, 16, 13, 11), (16, 14, 12, 10), (11, 10, 9, 8, 7)  # points
LETTER_WIDTH_RATIO = 0.6  # of a letter to its height, on the side of wide: fonts of a machine differ
LINE_HEIGHT_RATIO = 1.22
LANGUAGE = "fr-FR"


def new_presentation(template: bytes | None, title: str) -> Any:
    """An empty presentation in French, in the Région's own template when there is one."""
    presentation = _wide_presentation() if template is None else open_template(BytesIO(template))
    presentation.core_properties.title = office_text(title)
    presentation.core_properties.language = LANGUAGE
    return presentation


def _wide_presentation() -> Any:
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = WIDE_SLIDE
    return presentation


def new_slide(presentation: Any) -> Any:
    """A slide with its title alone: places that stay empty would show « Cliquez pour ajouter du texte »."""
    slide = presentation.slides.add_slide(title_layout(presentation))
    for place in list(slide.placeholders):
        if place.shape_id != slide.shapes.title.shape_id:
            place.element.getparent().remove(place.element)
    return slide


def write_title(slide: Any, text: str, width: int, own: bool) -> int:
    """Write the title, whole whatever its length; returns where it ends. `own`: the place of the title is ours, and not
    that of a template.
    """
    title = slide.shapes.title
    if own or title.top + title.height > title.part.package.presentation_part.presentation.slide_height / 3:
        title.left, title.top, title.width, title.height = MARGIN, Inches(0.35), width, TITLE_HEIGHT
    frame = title.text_frame
    _write(frame, text, fitting_size(text, title.width, title.height, TITLE_SIZES))
    if own:
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        frame.paragraphs[0].font.bold = True
        frame.paragraphs[0].font.color.rgb = colour(INK)
        frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    return int(title.top + title.height)


def add_text(slide: Any, text: str, box: Box, sizes: tuple[int, ...], code: str) -> None:
    """Add a paragraph in a box, in the colour of a code, at the largest of some sizes (points) at which it fits."""
    shape = slide.shapes.add_textbox(*(Emu(length) for length in box))
    _write(shape.text_frame, text, fitting_size(text, box[2], box[3], sizes))
    shape.text_frame.paragraphs[0].font.color.rgb = colour(code)


def _write(frame: Any, text: str, points: int) -> None:
    """One paragraph in French, wrapped, at a size that fits: Office does not shrink text until it is edited."""
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    run = frame.paragraphs[0].add_run()
    run.text = office_text(text)
    run.font.language_id = MSO_LANGUAGE_ID.FRENCH
    frame.paragraphs[0].font.size = run.font.size = Pt(points)


def fitting_size(text: str, width: int, height: int, sizes: tuple[int, ...]) -> int:
    """The largest of some sizes (points) at which a text fits in a box (EMU); the smallest when none does."""
    box_width, box_height = Emu(width).pt, Emu(height).pt
    for size in sizes:
        letters = max(1, int(box_width / (size * LETTER_WIDTH_RATIO)))
        if (len(text) // letters + 1) * size * LINE_HEIGHT_RATIO <= box_height:
            return size
    return sizes[-1]
