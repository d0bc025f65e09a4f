"""The font of pages and drawings, Inter (SIL Open Font License, `fonts/LICENSE.txt`), and the widths of its texts.

`make font` writes its files.
"""

from __future__ import annotations

import base64
import json
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from dashboard.drawing.scripts import ASSETS

FONT_FAMILY = "Inter"
FOLDER = Path(__file__).parent / "fonts"
PAGE_FONT_FILES = {400: ASSETS / "inter-regular.woff2", 700: ASSETS / "inter-bold.woff2"}  # by weight
FONT_FILES = (FOLDER / "inter-regular.ttf", FOLDER / "inter-bold.ttf")
BALANCE_STEPS = (0.0, 0.1, 0.2, 0.3, 0.5, 0.7)  # widths that are tried, from the narrowest to the whole one
MISSING = "□"  # in place of characters that the font lacks
INVISIBLE = frozenset({"Mn", "Me", "Cc", "Cf", "Cs", "Cn"})  # categories of Unicode that leave no mark of their own
UNKNOWN_ADVANCE = 620  # of a character that the font lacks, in thousandths of its size


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line of text, in the unit of `size`, the height of its letters."""
    metrics = _metrics()["bold" if bold else "regular"]
    advances, pairs = metrics["advances"], metrics["pairs"]
    advance = sum(advances.get(character, UNKNOWN_ADVANCE) for character in text)
    kerning = sum(pairs.get(left + right, 0) for left, right in pairwise(text))
    return float(advance + kerning) * size / 1000


def wrapped_lines(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """The text in lines no wider than `width`, cut between words; a longer word than that is cut between letters."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.extend(_pieces(word, width, size, bold=bold))
    return lines


def balanced_lines(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """The same number of lines, of nearly the same width: none holds a word alone while another is full."""
    lines = wrapped_lines(text, width, size, bold=bold)
    longest_word = max(text_width(word, size, bold=bold) for word in text.split(" "))
    narrowest = min(width, max(longest_word, text_width(text, size, bold=bold) / len(lines)))
    for share in BALANCE_STEPS:
        balanced = wrapped_lines(text, narrowest + (width - narrowest) * share, size, bold=bold)
        if len(balanced) == len(lines):
            return balanced
    return lines


def drawable_text(text: str) -> str:
    """The text in characters of the font: « ŵ » is « w », « ﬁ » is « fi », and a run of others, « □ »."""
    known = _metrics()["regular"]["advances"]
    if known.keys() >= set(text) - {"\n"}:
        return text
    composed = unicodedata.normalize("NFC", text)
    letters = (letter if letter in known or letter == "\n" else _nearest(letter, known) for letter in composed)
    return re.sub(f"{MISSING}{{2,}}", MISSING, "".join(letters))


def _nearest(letter: str, known: Mapping[str, float]) -> str:
    """The letters and digits that a character is made of; no sign, which markup could need."""
    parts = "".join(part for part in unicodedata.normalize("NFKD", letter) if part in known and part.isalnum())
    if parts or unicodedata.category(letter) in INVISIBLE:
        return parts
    return " " if letter.isspace() else MISSING


def _pieces(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    """A word, in as many pieces as it needs; never empty."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and text_width(pieces[-1] + letter, size, bold=bold) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


@cache
def _metrics() -> Mapping[str, Any]:
    """By weight: `advances` of characters and `pairs` of kerned ones, in thousandths of the size."""
    metrics: Mapping[str, Any] = json.loads((FOLDER / "widths.json").read_text(encoding="utf-8"))
    return metrics


@cache
def font_faces() -> str:
    """The rules of style that carry the font, for readers who lack it."""
    return "".join(_font_face(weight, path) for weight, path in PAGE_FONT_FILES.items())


def _font_face(weight: int, path: Path) -> str:
    content = base64.b64encode(path.read_bytes()).decode()
    return (
        f"@font-face{{font-family:{FONT_FAMILY};font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{content}) format('woff2')}}"
    )
