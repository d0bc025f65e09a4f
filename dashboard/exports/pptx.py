"""A chart as a slide: its finding, a chart that PowerPoint edits, its sources."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

from dashboard.exports.cells import office_text
from dashboard.exports.native_chart import add_native_chart
from dashboard.exports.picture import png_drawing
from dashboard.exports.prepared import ChartPicture, Passport, PreparedExport
from dashboard.exports.slides import (
    FOOT_HEIGHT,
    FOOT_SIZES,
    GAP,
    MARGIN,
    SUBTITLE_HEIGHT,
    SUBTITLE_SIZES,
    WARNING_HEIGHT,
    add_text,
    new_presentation,
    new_slide,
    write_title,
)
from dashboard.figures.base import MUTED
from dashboard.figures.base import OCHRE as WARNING

DRAWING_PIXELS = 1136  # CSS pixels: the width of a drawing


def write_pptx(export: PreparedExport, file: IO[bytes]) -> None:
    """Write one slide: the finding as title, what is measured, the chart or the reason why there is none, the sources.

    The notes of the speaker hold the description of the file. The template of the Région, when there is one, gives the
    size, the fonts and the background.
    """
    assert export.chart is not None, "only charts make slides (FORMATS)"
    passport = export.passport()
    presentation = new_presentation(export.template, passport.title)
    slide = new_slide(presentation)
    width, height = presentation.slide_width, presentation.slide_height
    inside = width - 2 * MARGIN
    top = write_title(slide, passport.title, inside, own=export.template is None)
    add_text(slide, passport.subtitle, (MARGIN, top, inside, SUBTITLE_HEIGHT), SUBTITLE_SIZES, MUTED)
    foot_top = height - FOOT_HEIGHT - GAP
    add_text(slide, passport.foot, (MARGIN, foot_top, inside, FOOT_HEIGHT), FOOT_SIZES, MUTED)
    top += SUBTITLE_HEIGHT
    if passport.warning:
        add_text(slide, passport.warning, (MARGIN, top, inside, WARNING_HEIGHT), SUBTITLE_SIZES[1:], WARNING)
        top += WARNING_HEIGHT
    _add_content(slide, export, (MARGIN, top, inside, foot_top - GAP - top))
    slide.notes_slide.notes_text_frame.text = "\n".join(f"{term} : {text}" for term, text in _notes(passport))
    presentation.save(file)


def _notes(passport: Passport) -> list[tuple[str, str]]:
    return [(office_text(term), office_text(text)) for term, text in passport.parts]


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
