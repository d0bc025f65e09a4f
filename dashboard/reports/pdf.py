"""Documents as PDF: paginated, tagged for screen readers (PDF/UA), set by typst without a browser or a network."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import is_dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import IO, Any, Literal

import segno
import typst

from dashboard.drawing.fonts import FOLDER as FONTS
from dashboard.drawing.fonts import drawable_text
from dashboard.reports.document import Document
from data.i18n import day_long

TEMPLATE = Path(__file__).parent / "paper.typ"
STANDARD: Literal["ua-1"] = "ua-1"
MAX_CODE_LETTERS = 1_200  # of an address in a code that telephones read from paper
MAX_SHORT_LINK_LETTERS = 80
ADDRESS_FIELDS = frozenset({"link", "slug"})  # written nowhere
LONG_WORD = re.compile(r"[^\s/-]{25,}")  # wider than a line in the size of titles
BREAK = "\u200b"  # between two letters: a line may end there
OFFICE_FIELDS = frozenset({"native", "typed", "number", "counted", "template"})  # values that other formats need
CHART_LEVEL = 3  # of the heading of a chart, when there are two above it


def write_pdf(document: Document, file: IO[bytes]) -> None:
    """Write a report: cover, contents, pages with their number."""
    file.write(_compile([document], one_page=False))


def write_sheets(documents: Sequence[Document], file: IO[bytes]) -> None:
    """Write sheets: one page of A4 each."""
    file.write(_compile(documents, one_page=True))


def _compile(documents: Iterable[Document], *, one_page: bool) -> bytes:
    inputs = {
        "documents": json.dumps([_as_data(one) for one in documents], ensure_ascii=False),
        "one-page": "yes" if one_page else "no",
    }
    compiler = typst.Compiler(TEMPLATE.read_bytes(), root=str(TEMPLATE.parent), font_paths=_fonts())
    pdf = compiler.compile(
        format="pdf", sys_inputs=inputs, pdf_standards=[STANDARD], timestamp=datetime(2000, 1, 1, tzinfo=UTC)
    )
    assert isinstance(pdf, bytes), "one document"
    return pdf


@cache
def _fonts() -> typst.Fonts:
    """Our own font only: a document looks the same whatever the machine has."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _as_data(document: Document) -> Mapping[str, Any]:
    return {
        **_content(document),
        "contents": _with_levels([_content(one) for one in document.contents]),
        "day": day_long(document.day),
        "code": _code(document.link),
        "short_link": _shortened(document.link),
    }


def _content(value: Any) -> Any:
    """A content with the name of its kind, as JSON."""
    if is_dataclass(value) and not isinstance(value, type):
        names = (name for name in value.__dataclass_fields__ if name not in OFFICE_FIELDS)
        fields = {name: _field(name, getattr(value, name)) for name in names}
        return {"kind": type(value).__name__, **fields}
    if isinstance(value, tuple | list):
        return [_content(one) for one in value]
    if isinstance(value, str):
        return LONG_WORD.sub(lambda word: BREAK.join(word[0]), drawable_text(value))
    return sorted(value) if isinstance(value, frozenset) else value


def _field(name: str, value: Any) -> Any:
    """A field of a content: texts are those that the font can write, since PDF/UA allows no other."""
    if name in ADDRESS_FIELDS:
        return value
    return drawable_text(value) if name == "svg" and value else _content(value)


def _with_levels(contents: list[dict[str, Any]], above: int = 0) -> list[dict[str, Any]]:
    """The contents with the level of each heading: none is skipped, which would lose those who read by headings."""
    for one in contents:
        if one["kind"] in ("Heading", "ChartDrawing"):
            above = one["level"] = min(one.get("level", CHART_LEVEL), above + 1)
        for group in one.get("groups", ()):
            _with_levels(group, above)
    return contents


def _code(link: str) -> str:
    """The address as a code to photograph, as SVG; empty when it is too long to be read."""
    if not link or len(link) > MAX_CODE_LETTERS:
        return ""
    return segno.make(link, error="l", micro=False).svg_inline(border=0, dark="#1b2a3a")


def _shortened(link: str) -> str:
    return link if len(link) <= MAX_SHORT_LINK_LETTERS else f"{link[:MAX_SHORT_LINK_LETTERS]}…"
