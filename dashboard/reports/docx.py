"""Documents as Word files: headings, real tables, drawings with their text alternative."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import zip_longest
from typing import IO, Any

from dashboard.drawing import DrawingBusyError, DrawingError
from dashboard.exports.columns import TableColumn
from dashboard.exports.word import (
    add_check,
    add_drawing,
    add_paragraph,
    add_table,
    is_landscape,
    new_word_document,
    turn_page,
)
from dashboard.exports.word_table import word_table
from dashboard.reports.compose import WIDTH_PIXELS
from dashboard.reports.document import (
    Bullets,
    ChartDrawing,
    CheckList,
    Content,
    Contents,
    Document,
    Heading,
    KeyFigures,
    SideBySide,
    TextParagraph,
    TextTable,
)
from data.i18n import NARROW, count, day_long

STYLES = {"normal": "Normal", "lead": "Normal", "muted": "Caption", "warning": "Quote"}
LEVELS = 2  # of headings
MAX_PORTRAIT_COLUMNS = 9


def write_docx(document: Document, file: IO[bytes]) -> None:
    """Write a report. Raises DrawingBusyError."""
    word = new_word_document(document.title)
    add_paragraph(word, document.title, "Title")
    add_paragraph(word, document.subtitle, "Subtitle")
    add_paragraph(word, f"Édité le {day_long(document.day)}", "Subtitle")
    add_paragraph(word, document.warning, "Quote")
    _add_contents(word, document.contents)
    if document.sources:
        add_paragraph(word, "Sources", "Heading 1")
        _add_bullets(word, Bullets(document.sources))
    if document.link:
        add_paragraph(word, f"{document.link_text}{NARROW}: {document.link}", "Caption")
    word.save(file)


def _add_contents(word: Any, contents: Contents) -> None:
    for content, following in zip_longest(contents, contents[1:]):
        if isinstance(content, Heading) and _is_wide(following):
            turn_page(word, landscape=True)  # the heading goes with its table
        _WRITERS[type(content)](word, content)


def _is_wide(content: Content | None) -> bool:
    """Whether it needs a page in landscape."""
    return isinstance(content, TextTable) and max(map(len, content.rows), default=0) > MAX_PORTRAIT_COLUMNS


def _add_heading(word: Any, content: Heading) -> None:
    add_paragraph(word, content.text, f"Heading {min(content.level, LEVELS)}")


def _add_text(word: Any, content: TextParagraph) -> None:
    add_paragraph(word, content.text, STYLES[content.emphasis])


def _add_bullets(word: Any, content: Bullets) -> None:
    for item in content.items:
        add_paragraph(word, item, "List Bullet")


def _add_checks(word: Any, content: CheckList) -> None:
    for item in content.items:
        add_check(word, item.text, item.detail, "Notes")


def _add_facts(word: Any, content: KeyFigures) -> None:
    columns = tuple(TableColumn(name, name) for name in ("Indicateur", "Valeur", "Précision"))
    rows = [(fact.label, f"{fact.value} {fact.unit}".strip(), fact.status) for fact in content.facts]
    add_table(word, word_table(columns, rows, "Chiffres clés"))
    add_paragraph(word, " ", "Caption")  # two tables that touch are one


def _add_text_table(word: Any, content: TextTable) -> None:
    if not content.rows:
        return
    columns = [
        TableColumn(str(at), header, "value" if at in content.numeric else "text")
        for at, header in enumerate(content.names)
    ]
    is_wide = _is_wide(content)
    if is_wide and not is_landscape(word):
        turn_page(word, landscape=True)
    add_table(word, word_table(columns, content.rows, content.caption))
    if is_wide:
        turn_page(word, landscape=False)
    others = count(content.omitted, "autre ligne", "autres lignes")
    add_paragraph(word, f"Et {others}, dans les fichiers de données." if content.omitted else " ", "Caption")


def _add_chart(word: Any, content: ChartDrawing) -> None:
    add_paragraph(word, content.finding, "Heading 2")
    add_paragraph(word, content.subtitle, "Subtitle")
    reason = content.empty
    if content.svg is not None:
        try:
            add_drawing(word, content.svg, WIDTH_PIXELS, content.alt)
        except DrawingBusyError:
            raise
        except DrawingError as problem:
            reason = str(problem)
    add_paragraph(word, reason, "Normal")
    _add_text_table(word, content.table)
    add_paragraph(word, content.source_line, "Caption")


def _add_columns(word: Any, content: SideBySide) -> None:
    for group in content.groups:
        _add_contents(word, group)


_WRITERS: Mapping[type[Content], Callable[[Any, Any], None]] = {
    Heading: _add_heading,
    TextParagraph: _add_text,
    Bullets: _add_bullets,
    CheckList: _add_checks,
    KeyFigures: _add_facts,
    TextTable: _add_text_table,
    ChartDrawing: _add_chart,
    SideBySide: _add_columns,
}
