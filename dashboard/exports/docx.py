"""A chart as a Word document: its finding, its drawing, its numbers, its sources, the way back to it."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

import segno
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Emu, Pt

from dashboard.drawing import DrawingBusyError, DrawingError, draw_svg
from dashboard.exports.cells import office_text
from dashboard.exports.prepared import ChartPicture, Passport, PreparedExport
from dashboard.exports.word import TEXT_WIDTH, add_drawing, add_paragraph, add_table, new_word_document
from dashboard.exports.word_table import word_table

DRAWING_PIXELS = 900  # CSS pixels: the width of a drawing, so that its texts are 10 points on paper
QR_WIDTH, QR_CELL_WIDTH = Cm(2.4), Cm(2.8)


def write_docx(export: PreparedExport, file: IO[bytes]) -> None:
    """Write the finding as heading, what is measured, the drawing (SVG, with a PNG of 300 dots per inch for those who
    cannot read it), the numbers as a table, the sources, and the code that reopens it all, also as a QR code.

    Raises DrawingBusyError; a chart that cannot be drawn has its reason in the place of the drawing.
    """
    assert export.chart is not None, "only charts make such documents (FORMATS)"
    passport, content = export.passport(), export.chart()
    document = new_word_document(passport.title)
    add_paragraph(document, passport.title, "Heading 1")
    add_paragraph(document, passport.subtitle, "Subtitle")
    if passport.warning:
        add_paragraph(document, passport.warning, "Quote")
    if content.picture is not None:
        _add_picture(document, content.picture)
    rows = list(export.rows)
    if rows:
        add_table(document, word_table(export.columns, rows, passport.title))
    _add_sources(document, passport)
    _add_description(document, passport)
    document.save(file)


def _add_picture(document: Any, picture: ChartPicture) -> None:
    try:
        drawing = draw_svg(picture.figure, DRAWING_PIXELS, picture.height)
        add_drawing(document, drawing, DRAWING_PIXELS, picture.alt)
    except DrawingBusyError:
        raise
    except DrawingError as problem:
        add_paragraph(document, str(problem), "Normal")


def _add_sources(document: Any, passport: Passport) -> None:
    """The sources and the address of the passport, beside its QR code."""
    table = document.add_table(1, 2)
    table.autofit = False
    words, code = table.rows[0].cells
    for at, width in enumerate((TEXT_WIDTH - QR_CELL_WIDTH, QR_CELL_WIDTH)):
        table.columns[at].width = table.rows[0].cells[at].width = Emu(width)
    words.paragraphs[0].style = document.styles["Caption"]
    words.paragraphs[0].add_run(office_text(passport.foot))
    picture = BytesIO()
    segno.make(passport.address, error="m").save(picture, kind="png", scale=8, border=2)
    picture.seek(0)
    shape = code.paragraphs[0].add_run().add_picture(picture, QR_WIDTH)
    shape._inline.docPr.set("descr", f"Code QR de l’adresse {passport.address}")
    code.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _add_description(document: Any, passport: Passport) -> None:
    add_paragraph(document, "À propos de ce document", "Heading 2")
    for term, text in passport.parts:
        paragraph = document.add_paragraph(style="Normal")
        paragraph.paragraph_format.space_after = Pt(3)
        paragraph.add_run(f"{office_text(term)}\u00a0: ").bold = True
        paragraph.add_run(office_text(text))
