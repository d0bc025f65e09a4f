"""A chart as a slide: its finding, a chart that PowerPoint edits, its sources."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

from pptx import Presentation
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from dashboard.exports.cells import office_text
from dashboard.exports.native_chart import add_native_chart, colour
from dashboard.exports.picture import png_drawing
from dashboard.exports.prepared import ChartPicture, Passport, PreparedExport
from dashboard.exports.slide_template import open_template, title_layout
from dashboard.figures.base import INK, MUTED
from dashboard.figures.base import OCHRE as WARNING

WIDE_SLIDE = (Inches(13.333), Inches(7.5))  # 16:9
MARGIN, GAP = Inches(0.5), Inches(0.12)
TITLE_HEIGHT, SUBTITLE_HEIGHT, WARNING_HEIGHT, FOOT_HEIGHT = Inches(1.15), Inches(0.56), Inches(0.32), Inches(0.8)
TITLE_SIZES, SUBTITLE_SIZES, FOOT_SIZES = (30, 26, 22, 19, 16, 13, 11), (16, 14, 12, 10), (11, 10, 9, 8, 7)  # points
LETTER_WIDTH_RATIO = 0.6  # of a letter to its height, on the side of wide: fonts of a machine differ
LINE_HEIGHT_RATIO = 1.22
LANGUAGE = "fr-FR"
DRAWING_PIXELS = 1136  # CSS pixels: the width of a drawing


def write_pptx(export: PreparedExport, file: IO[bytes]) -> None:
    """Write one slide: the finding as title, what is measured, the chart or the reason why there is none, the sources.

    The notes of the speaker hold the description of the file. The template of the Région, when there is one, gives the
    size, the fonts and the background.
    """
    assert export.chart is not None, "only charts make slides (FORMATS)"
    passport = export.passport()
    presentation = _new_presentation(export.template)
    presentation.core_properties.title = office_text(passport.title)
    presentation.core_properties.language = LANGUAGE
    slide = _new_slide(presentation)
    width, height = presentation.slide_width, presentation.slide_height
    inside = width - 2 * MARGIN
    top = _write_title(slide, passport, inside, own=export.template is None)
    _add_text(slide, passport.subtitle, (MARGIN, top, inside, SUBTITLE_HEIGHT), SUBTITLE_SIZES, MUTED)
    foot_top = height - FOOT_HEIGHT - GAP
    _add_text(slide, passport.foot, (MARGIN, foot_top, inside, FOOT_HEIGHT), FOOT_SIZES, MUTED)
    top += SUBTITLE_HEIGHT
    if passport.warning:
        _add_text(slide, passport.warning, (MARGIN, top, inside, WARNING_HEIGHT), SUBTITLE_SIZES[1:], WARNING)
        top += WARNING_HEIGHT
    _add_content(slide, export, (MARGIN, top, inside, foot_top - GAP - top))
    slide.notes_slide.notes_text_frame.text = "\n".join(f"{term} : {text}" for term, text in _notes(passport))
    presentation.save(file)


def _new_presentation(template: bytes | None) -> Any:
    if template is not None:
        return open_template(BytesIO(template))
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = WIDE_SLIDE
    return presentation


def _new_slide(presentation: Any) -> Any:
    """A slide with its title alone: places that stay empty would show « Cliquez pour ajouter du texte »."""
    slide = presentation.slides.add_slide(title_layout(presentation))
    for place in list(slide.placeholders):
        if place.shape_id != slide.shapes.title.shape_id:
            place.element.getparent().remove(place.element)
    return slide


def _notes(passport: Passport) -> list[tuple[str, str]]:
    return [(office_text(term), office_text(text)) for term, text in passport.parts]


def _write_title(slide: Any, passport: Passport, width: int, own: bool) -> int:
    """Write the title, whole whatever its length; returns where it ends. `own`: the place of the title is ours, and not
    that of a template.
    """
    title = slide.shapes.title
    if own or title.top + title.height > title.part.package.presentation_part.presentation.slide_height / 3:
        title.left, title.top, title.width, title.height = MARGIN, Inches(0.35), width, TITLE_HEIGHT
    frame = title.text_frame
    _write(frame, passport.title, fitting_size(passport.title, title.width, title.height, TITLE_SIZES))
    if own:
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        frame.paragraphs[0].font.bold = True
        frame.paragraphs[0].font.color.rgb = colour(INK)
        frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    return int(title.top + title.height)


def _add_text(slide: Any, text: str, box: tuple[int, int, int, int], sizes: tuple[int, ...], code: str) -> None:
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


def _add_content(slide: Any, export: PreparedExport, box: tuple[int, int, int, int]) -> None:
    assert export.chart is not None
    content = export.chart()
    if content.table is not None:
        frame = add_native_chart(slide, content.table, box)
        frame._element.nvGraphicFramePr.cNvPr.set("descr", office_text(content.alt))
    elif content.picture is not None:
        _add_picture(slide, content.picture, box)


def _add_picture(slide: Any, picture: ChartPicture, box: tuple[int, int, int, int]) -> None:
    """The drawing of the chart, as large as the box."""
    left, top, width, height = box
    pixels = round(DRAWING_PIXELS * height / width)
    image = slide.shapes.add_picture(BytesIO(png_drawing(picture, DRAWING_PIXELS, pixels)), left, top, width, height)
    image._element.nvPicPr.cNvPr.set("descr", office_text(picture.alt))
