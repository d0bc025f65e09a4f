"""The text that people write between figures: paragraphs, lists and headings of Markdown, and nothing else of it."""

from __future__ import annotations

import re
from itertools import groupby

from dashboard.reports.document import Bullets, Content, Contents, Heading, TextParagraph

_BULLET = re.compile(r"^[-*•]\s+")


def text_contents(text: str) -> Contents:
    """Paragraphs are separated by an empty line; lines that begin with `-` are a list, with `##` a heading. Everything
    else is written as it is: no markup of a text reaches a document.
    """
    return tuple(content for block in re.split(r"\n\s*\n", text) for content in _block_contents(block.strip()))


def _block_contents(block: str) -> list[Content]:
    contents: list[Content] = []
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    for kind, group in groupby(lines, key=_kind):
        if kind == "bullet":
            contents.append(Bullets(tuple(_BULLET.sub("", line) for line in group)))
        elif kind == "heading":
            contents += [Heading(title, 2) for line in group if (title := line.lstrip("# "))]
        else:
            contents.append(TextParagraph(" ".join(group)))
    return contents


def _kind(line: str) -> str:
    if line.startswith("## "):
        return "heading"
    return "bullet" if _BULLET.match(line) else "text"
