"""A table of Word, written as XML: a document of a thousand cells would take seconds one cell after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from dashboard.exports.cells import office_text
from dashboard.exports.columns import TableColumn, cell_text

HEADER_FILL, RULE_COLOUR = "EEF2F6", "C8CED6"
HALF_POINTS, SMALL_HALF_POINTS = 17, 14  # 8.5 points; 7 for tables of many columns
MANY_COLUMNS = 7
TEXT_TWIPS = 9638  # twentieths of a point: 17 cm
MAX_LETTERS, PADDING_LETTERS = 40, 3  # of a text on one line, and around it
LINE_LETTERS = 112  # on the whole width


def word_table(columns: Sequence[TableColumn], rows: Iterable[Sequence[Any]], caption: str) -> Any:
    """The element of the table: values as on screen, a header row that is repeated on each page, rows that no page
    cuts. `caption` is its text alternative.
    """
    texts = [[cell_text(column, value) for column, value in zip(columns, row, strict=True)] for row in rows]
    widths = _widths([[column.header for column in columns], *texts])
    size = HALF_POINTS if len(columns) < MANY_COLUMNS else SMALL_HALF_POINTS
    header = "".join(
        _cell(column.header, column, width, size, is_header=True) for column, width in zip(columns, widths, strict=True)
    )
    lines = (
        "".join(_cell(text, column, width, size) for column, text, width in zip(columns, line, widths, strict=True))
        for line in texts
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{line}</w:tr>" for line in lines)
    return parse_xml(
        f"<w:tbl {nsdecls('w')}>{_properties(caption)}<w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{header}</w:tr>{body}</w:tbl>"
    )


def _widths(lines: Sequence[Sequence[str]]) -> list[int]:
    """The widths of the columns, in twentieths of a point: their longest word, then what is left by their texts."""
    texts = list(zip(*lines, strict=True))
    least = [max(len(word) for text in column for word in (text.split() or [""])) + PADDING_LETTERS for column in texts]
    wanted = [min(max(map(len, column)), MAX_LETTERS) + PADDING_LETTERS for column in texts]
    more = [max(want - need, 0) for need, want in zip(least, wanted, strict=True)]
    spare = min(max(LINE_LETTERS - sum(least), 0) / max(sum(more), 1), 1)
    letters = [need + spare * extra for need, extra in zip(least, more, strict=True)]
    return [round(TEXT_TWIPS * width / sum(letters)) for width in letters]


def _properties(caption: str) -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE_COLOUR}"/>'
        for side in ("top", "bottom", "insideH")
    )
    described = escape(office_text(caption), {'"': "&quot;"})
    return (
        '<w:tblPr><w:tblW w:w="5000" w:type="pct"/>'
        f"<w:tblBorders>{sides}</w:tblBorders>"
        '<w:tblLayout w:type="autofit"/><w:tblLook w:firstRow="1" w:noVBand="1"/>'
        f'<w:tblDescription w:val="{described}"/></w:tblPr>'
    )


def _cell(text: str, column: TableColumn, width: int, size: int, *, is_header: bool = False) -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{HEADER_FILL}"/>' if is_header else ""
    side = "right" if column.kind in ("value", "year") else "left"
    bold = "<w:b/>" if is_header else ""
    look = f'<w:pPr><w:spacing w:before="20" w:after="20"/><w:jc w:val="{side}"/></w:pPr>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}</w:tcPr><w:p>{look}'
        f'<w:r><w:rPr>{bold}<w:sz w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(office_text(text))}</w:t></w:r></w:p></w:tc>'
    )
