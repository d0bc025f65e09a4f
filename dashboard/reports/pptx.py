"""Documents as slides: a chart that PowerPoint edits on each, texts and tables between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from typing import IO, Any

from pptx.util import Emu, Inches, Pt

from dashboard.drawing import svg_to_png
from dashboard.exports.cells import office_text
from dashboard.exports.native_chart import add_native_chart, colour
from dashboard.exports.slides import (
    FOOT_HEIGHT,
    FOOT_SIZES,
    GAP,
    MARGIN,
    SUBTITLE_HEIGHT,
    SUBTITLE_SIZES,
    Box,
    add_text,
    new_presentation,
    new_slide,
    write_title,
)
from dashboard.figures.base import INK, MUTED, OCHRE, WHITE
from dashboard.reports.document import (
    Bullets,
    ChartDrawing,
    CheckList,
    Content,
    Contents,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    SideBySide,
    TextParagraph,
    TextTable,
)
from data.i18n import day_long

FACTS_PER_SLIDE, FACTS_PER_ROW, FACT_HEIGHT = 8, 4, Inches(2.6)
MAX_TABLE_COLUMNS, LINES_PER_SLIDE = 9, 24
MIN_CELL_LETTERS, MAX_CELL_LETTERS = 9, 44
HEADER_FILL = "#EEF2F6"
TEXT_SIZES, VALUE_SIZES, STATUS_SIZES = (18, 16, 14, 12, 10), (36, 30, 24, 18), (12, 11, 10, 9, 8)  # points
CELL_POINTS = 10
CELL_LETTER = Pt(CELL_POINTS * 0.6)  # the width of a letter, in EMU
PNG_SCALE = 2.5  # pixels for each CSS pixel of a drawing
TEXTS_TITLE = "À retenir"  # of a slide of texts before any heading


def write_pptx(document: Document, file: IO[bytes]) -> None:
    """Write a report, in the Région's own template when there is one. Raises DrawingError."""
    presentation = new_presentation(document.template, document.title)
    deck = _Deck(presentation, own=document.template is None)
    lines = (document.subtitle, f"Édité le {day_long(document.day)}", document.warning)
    top = deck.add_slide(document.title, "")
    for line in filter(None, lines):
        add_text(deck.slide, line, (MARGIN, top, deck.width, SUBTITLE_HEIGHT), TEXT_SIZES, _line_colour(line, document))
        top += SUBTITLE_HEIGHT
    deck.add_contents(document.contents)
    if document.sources:
        deck.add_texts("Sources", document.sources)
    presentation.save(file)


def _line_colour(line: str, document: Document) -> str:
    return OCHRE if line == document.warning else MUTED


@dataclass
class _Deck:
    """Slides in the making. `heading` is the last one met: the title of slides of texts."""

    presentation: Any
    own: bool
    slide: Any = None
    heading: str = TEXTS_TITLE
    follows_table: bool = False

    @property
    def width(self) -> int:
        return int(self.presentation.slide_width - 2 * MARGIN)

    def add_slide(self, title: str, foot: str) -> int:
        """A new slide; returns where its title ends."""
        self.slide = new_slide(self.presentation)
        top = write_title(self.slide, title, self.width, own=self.own)
        if foot:
            add_text(self.slide, foot, self._foot_box(), FOOT_SIZES, MUTED)
        return top + GAP

    @property
    def foot_top(self) -> int:
        return int(self.presentation.slide_height - FOOT_HEIGHT - GAP)

    def _foot_box(self) -> Box:
        return MARGIN, self.foot_top, self.width, FOOT_HEIGHT

    def add_contents(self, contents: Contents) -> None:
        """Slides of all contents; texts that follow each other share theirs."""
        texts: list[str] = []
        for content in contents:
            if isinstance(content, TextParagraph) and content.emphasis == "muted" and self.follows_table:
                add_text(self.slide, content.text, self._foot_box(), FOOT_SIZES, MUTED)
                continue
            self.follows_table = isinstance(content, TextTable)
            if isinstance(content, TextParagraph | Bullets | CheckList):
                texts += _lines(content)
                continue
            self.add_texts(self.heading, tuple(texts))
            texts = []
            self._writers()[type(content)](content)
        self.add_texts(self.heading, tuple(texts))

    def _writers(self) -> Mapping[type[Content], Callable[[Any], None]]:
        return {
            Heading: self._keep_heading,
            KeyFigures: self._add_facts,
            TextTable: self._add_table,
            ChartDrawing: self._add_chart,
            SideBySide: self._add_columns,
        }

    def _keep_heading(self, content: Heading) -> None:
        self.heading = content.text

    def add_texts(self, title: str, texts: tuple[str, ...]) -> None:
        """A slide of paragraphs; none without texts."""
        if not texts:
            return
        top = self.add_slide(title, "")
        add_text(self.slide, "\n".join(texts), (MARGIN, top, self.width, self.foot_top - top), TEXT_SIZES, INK)

    def _add_columns(self, content: SideBySide) -> None:
        for group in content.groups:
            self.add_contents(group)

    def _add_facts(self, content: KeyFigures) -> None:
        for start in range(0, len(content.facts), FACTS_PER_SLIDE):
            some = content.facts[start : start + FACTS_PER_SLIDE]
            top = self.add_slide(self.heading, "")
            across = min(len(some), FACTS_PER_ROW)
            column = (self.width - (across - 1) * MARGIN) // across
            for at, fact in enumerate(some):
                row, place = divmod(at, across)
                left = MARGIN + place * (column + MARGIN)
                self._add_fact(fact, (left, top + row * FACT_HEIGHT, column, FACT_HEIGHT))

    def _add_fact(self, fact: KeyFigure, box: Box) -> None:
        left, top, width, height = box
        add_text(self.slide, fact.label, (left, top, width, height // 4), TEXT_SIZES, MUTED)
        add_text(self.slide, fact.value, (left, top + height // 4, width, height // 3), VALUE_SIZES, INK)
        status = " · ".join(text for text in (fact.unit, fact.status) if text)
        add_text(self.slide, status, (left, top + height * 7 // 12, width, height // 3), STATUS_SIZES, MUTED)

    def _add_table(self, content: TextTable) -> None:
        """Slides of as many rows as fit; of more columns than a slide can show, the first ones."""
        headers = content.headers[:MAX_TABLE_COLUMNS]
        rows = [row[:MAX_TABLE_COLUMNS] for row in content.rows]
        widths = _shares([headers, *rows] if headers else rows)
        pages = list(_pages(rows, [share * self.width / CELL_LETTER for share in widths]))
        for number, page in enumerate(pages, start=1):
            place = f" ({number} sur {len(pages)})" if len(pages) > 1 else ""
            top = self.add_slide(f"{self.heading}{place}", "")
            lines = [headers, *page] if headers else page
            frame = self.slide.shapes.add_table(
                len(lines), len(widths), MARGIN, top, self.width, Inches(0.3) * len(lines)
            )
            for column, share in zip(frame.table.columns, widths, strict=True):
                column.width = Emu(round(share * self.width))
            for at, line in enumerate(lines):
                for across, text in enumerate(line):
                    _write_cell(frame.table.cell(at, across), text, is_header=bool(headers) and at == 0)

    def _add_chart(self, content: ChartDrawing) -> None:
        top = self.add_slide(content.finding, content.source_line)
        add_text(self.slide, content.subtitle, (MARGIN, top, self.width, SUBTITLE_HEIGHT), SUBTITLE_SIZES, MUTED)
        top += SUBTITLE_HEIGHT
        box = (MARGIN, top, self.width, self.foot_top - GAP - top)
        if content.native is not None:
            frame = add_native_chart(self.slide, content.native, box)
            frame._element.nvGraphicFramePr.cNvPr.set("descr", office_text(content.alt))
        elif content.svg is not None:
            self._add_picture(content.svg, content, box)
        else:
            add_text(self.slide, content.empty, box, TEXT_SIZES, INK)

    def _add_picture(self, svg: str, content: ChartDrawing, box: Box) -> None:
        """The drawing as large as the box allows, in its middle."""
        left, top, width, height = box
        wide = min(width, round(height / content.aspect))
        image = BytesIO(svg_to_png(svg, PNG_SCALE))
        picture = self.slide.shapes.add_picture(image, left + (width - wide) // 2, top, wide)
        picture._element.nvPicPr.cNvPr.set("descr", office_text(content.alt))


def _lines(content: TextParagraph | Bullets | CheckList) -> list[str]:
    """The lines of a content of texts."""
    if isinstance(content, TextParagraph):
        return [content.text]
    if isinstance(content, CheckList):
        return [f"□ {item.text}" for item in content.items]
    return [f"– {item}" for item in content.items]


def _shares(lines: list[tuple[str, ...]]) -> list[float]:
    """The share of the width of each column, by its longest text within bounds."""
    longest = [max(len(text) for text in column) for column in zip(*lines, strict=True)]
    letters = [min(max(one, MIN_CELL_LETTERS), MAX_CELL_LETTERS) + 4 for one in longest]
    return [one / sum(letters) for one in letters]


def _pages(rows: list[tuple[str, ...]], letters: list[float]) -> Iterator[list[tuple[str, ...]]]:
    """The rows by slide, so many lines on each; `letters`: of a line of each column."""
    page: list[tuple[str, ...]] = []
    lines = 0
    for row in rows:
        height = max(ceil(len(text) / max(width, 1)) for text, width in zip(row, letters, strict=True))
        if page and lines + height > LINES_PER_SLIDE:
            yield page
            page, lines = [], 0
        page.append(row)
        lines += height
    if page:
        yield page


def _write_cell(cell: Any, text: str, *, is_header: bool) -> None:
    cell.text = office_text(text)
    cell.margin_top = cell.margin_bottom = Emu(0)
    cell.fill.solid()
    cell.fill.fore_color.rgb = colour(HEADER_FILL if is_header else WHITE)
    for paragraph in cell.text_frame.paragraphs:
        paragraph.font.size, paragraph.font.bold = Pt(CELL_POINTS), is_header
        paragraph.font.color.rgb = colour(INK)
