"""Documents of Word: pages, styles in the colours of the site, French, and drawings with their alternative."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from dashboard.drawing import svg_to_png
from dashboard.exports.cells import office_text
from dashboard.figures.base import INK, MUTED, OCHRE

LANGUAGE = "fr-FR"
FONT = "Calibri"
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = Cm(21), Cm(29.7), Cm(2)
TEXT_WIDTH = Cm(17)
DOTS_PER_INCH = 300
SVG_NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
LOOKS = {  # style -> points, colour
    "Normal": (10, INK),
    "Title": (26, INK),
    "Heading 1": (18, INK),
    "Heading 2": (12, INK),
    "Subtitle": (11, MUTED),
    "Caption": (8, MUTED),
    "Quote": (10, OCHRE),
}
_CHECK_NAMESPACE = "http://schemas.microsoft.com/office/word/2010/wordml"
_CHECK_BOX = (
    f'<w:sdt {nsdecls("w")} xmlns:w14="{_CHECK_NAMESPACE}"><w:sdtPr><w14:checkbox><w14:checked w14:val="0"/>'
    '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/>'
    '</w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" '
    'w:hAnsi="MS Gothic"/></w:rPr><w:t>\u2610</w:t></w:r></w:sdtContent></w:sdt>'
)
BOLD_STYLES = frozenset({"Title", "Heading 1", "Heading 2", "Quote"})


def new_word_document(title: str) -> Any:
    """An empty document on A4, in French."""
    document: Any = Document()
    section = document.sections[0]
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    properties = document.core_properties
    properties.title, properties.author = office_text(title), "Région Normandie"
    properties.language, properties.comments = LANGUAGE, ""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    for name, (points, code) in LOOKS.items():
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(points)
        style.font.color.rgb = RGBColor.from_string(code[1:].upper())
        style.font.italic, style.font.bold = False, name in BOLD_STYLES
        for spacing in style.element.rPr.findall(qn("w:spacing")):
            style.element.rPr.remove(spacing)  # between the letters of a subtitle
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    document.styles["Subtitle"].paragraph_format.keep_with_next = True
    return document


def add_paragraph(document: Any, text: str, style: str) -> None:
    """Add a paragraph, unless its text is empty."""
    if text:
        document.add_paragraph(office_text(text), style)


def add_check(document: Any, text: str, detail: str, notes_label: str) -> None:
    """Add a text after an empty box, which Word ticks at a click, its detail in small, and a dotted line for notes; no
    page parts them.
    """
    paragraph = document.add_paragraph(style="Normal")
    paragraph._p.append(parse_xml(_CHECK_BOX))
    paragraph.add_run(f" {office_text(text)}")
    small = document.add_paragraph(office_text(detail), "Caption")
    for one in (paragraph, small):
        one.paragraph_format.keep_with_next = True
        one.paragraph_format.space_after = Pt(2)
    line = document.add_paragraph(f"{notes_label}\t", "Caption")
    line.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def add_table(document: Any, table: Any) -> None:
    """Add the element of a table (word_table.py)."""
    document.element.body.append(table)
    document.element.body.append(document.element.body.sectPr)  # the properties of the section come last


def turn_page(document: Any, *, landscape: bool) -> None:
    """Begin a page of this orientation."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    sides = (PAGE_HEIGHT, PAGE_WIDTH) if landscape else (PAGE_WIDTH, PAGE_HEIGHT)
    section.page_width, section.page_height = sides


def is_landscape(document: Any) -> bool:
    """Whether what is added now goes on a page in landscape."""
    return bool(document.sections[-1].orientation == WD_ORIENT.LANDSCAPE)


def add_drawing(document: Any, svg: str, pixels: int, alt: str) -> None:
    """Add a drawing that is so many CSS pixels wide, as wide as the text: as SVG, and as PNG of 300 dots per inch for
    those who cannot read it. Raises DrawingError.
    """
    image = svg_to_png(svg, TEXT_WIDTH.inches * DOTS_PER_INCH / pixels)
    shape = document.add_picture(BytesIO(image), TEXT_WIDTH)
    shape._inline.docPr.set("descr", office_text(alt))
    name = PackURI(f"/word/media/drawing{len(document.inline_shapes)}.svg")
    part = Part(name, "image/svg+xml", svg.encode(), document.part.package)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    shape._inline.graphic.graphicData.pic.blipFill.blip.append(
        parse_xml(
            f'<a:extLst {nsdecls("a", "r")}><a:ext uri="{SVG_EXTENSION}">'
            f'<asvg:svgBlip xmlns:asvg="{SVG_NAMESPACE}" r:embed="{relation}"/></a:ext></a:extLst>'
        )
    )
