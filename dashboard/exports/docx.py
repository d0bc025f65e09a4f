"""A chart as a Word document: its finding, its drawing, its numbers, its sources, the way back to it."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

import segno
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Emu, Pt, RGBColor

from dashboard.drawing import DrawingBusyError, DrawingError, draw_svg, svg_to_png
from dashboard.exports.cells import office_text
from dashboard.exports.prepared import ChartPicture, Passport, PreparedExport
from dashboard.exports.word_table import word_table
from dashboard.figures.base import INK, MUTED, OCHRE

LANGUAGE = "fr-FR"
FONT = "Calibri"
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = Cm(21), Cm(29.7), Cm(2)
TEXT_WIDTH = Cm(17)
DRAWING_PIXELS = 900  # CSS pixels: the width of a drawing, so that its texts are 10 points on paper
DOTS_PER_INCH = 300
QR_WIDTH, QR_CELL_WIDTH = Cm(2.4), Cm(2.8)
SVG_NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"


def write_docx(export: PreparedExport, file: IO[bytes]) -> None:
    """Write the finding as heading, what is measured, the drawing (SVG, with a PNG of 300 dots per inch for those who
    cannot read it), the numbers as a table, the sources, and the code that reopens it all, also as a QR code.

    Raises DrawingBusyError; a chart that cannot be drawn has its reason in the place of the drawing.
    """
    assert export.chart is not None, "only charts make such documents (FORMATS)"
    passport, content = export.passport(), export.chart()
    document = _new_document(passport)
    _paragraph(document, passport.title, "Heading 1")
    _paragraph(document, passport.subtitle, "Subtitle")
    if passport.warning:
        _paragraph(document, passport.warning, "Quote")
    if content.picture is not None:
        _add_drawing(document, content.picture)
    rows = list(export.rows)
    if rows:
        document.element.body.append(word_table(export.columns, rows, passport.title))
        document.element.body.append(document.element.body.sectPr)  # the properties of the section come last
    _add_sources(document, passport)
    _add_description(document, passport)
    document.save(file)


def _new_document(passport: Passport) -> Any:
    document: Any = Document()
    section = document.sections[0]
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    properties = document.core_properties
    properties.title, properties.author = office_text(passport.title), "Région Normandie"
    properties.language, properties.comments = LANGUAGE, ""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    looks = {"Normal": (10, INK), "Heading 1": (18, INK), "Subtitle": (11, MUTED), "Caption": (8, MUTED)}
    for name, (points, code) in (looks | {"Quote": (10, OCHRE), "Heading 2": (12, INK)}).items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = (
            FONT,
            Pt(points),
            RGBColor.from_string(code[1:].upper()),
        )
        style.font.italic, style.font.bold = False, name in ("Heading 1", "Heading 2", "Quote")
        for spacing in style.element.rPr.findall(qn("w:spacing")):
            style.element.rPr.remove(spacing)  # between the letters of a subtitle
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    return document


def _paragraph(document: Any, text: str, style: str) -> None:
    if text:
        document.add_paragraph(office_text(text), style)


def _add_drawing(document: Any, picture: ChartPicture) -> None:
    """The drawing in the text, as SVG and as PNG."""
    try:
        drawing = draw_svg(picture.figure, DRAWING_PIXELS, picture.height)
        image = svg_to_png(drawing, TEXT_WIDTH.inches * DOTS_PER_INCH / DRAWING_PIXELS)
    except DrawingBusyError:
        raise
    except DrawingError as problem:
        _paragraph(document, str(problem), "Normal")
        return
    shape = document.add_picture(BytesIO(image), TEXT_WIDTH)
    shape._inline.docPr.set("descr", office_text(picture.alt))
    name = PackURI(f"/word/media/drawing{len(document.inline_shapes)}.svg")
    part = Part(name, "image/svg+xml", drawing.encode(), document.part.package)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    shape._inline.graphic.graphicData.pic.blipFill.blip.append(
        parse_xml(
            f'<a:extLst {nsdecls("a", "r")}><a:ext uri="{SVG_EXTENSION}">'
            f'<asvg:svgBlip xmlns:asvg="{SVG_NAMESPACE}" r:embed="{relation}"/></a:ext></a:extLst>'
        )
    )


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
    _paragraph(document, "À propos de ce document", "Heading 2")
    for term, text in passport.parts:
        paragraph = document.add_paragraph(style="Normal")
        paragraph.paragraph_format.space_after = Pt(3)
        paragraph.add_run(f"{office_text(term)}\u00a0: ").bold = True
        paragraph.add_run(office_text(text))
