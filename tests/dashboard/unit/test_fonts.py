"""The table of widths is that of the font, and lines are wrapped by it."""

from __future__ import annotations

import hashlib
import json
import re

import pytest
from fontTools.ttLib import TTFont

from dashboard.drawing.fonts import (
    FOLDER,
    FONT_FILES,
    PAGE_FONT_FILES,
    balanced_lines,
    drawable_text,
    text_width,
    wrapped_lines,
)
from dashboard.drawing.scripts import ASSETS

FINDING = "En douze mois, le label progresse dans 4 départements sur 5, surtout en Seine-Maritime (+3)"
TABLES = json.loads((FOLDER / "widths.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FONT_FILES, ids=lambda path: path.stem)
def test_widths_are_those_of_the_font(path: object) -> None:
    font = TTFont(path)
    scale, glyphs, advances = 1000 / font["head"].unitsPerEm, font.getBestCmap(), font["hmtx"].metrics
    table = TABLES[str(path).rpartition("-")[2].removesuffix(".ttf")]
    assert table["advances"] == {chr(code): round(advances[name][0] * scale, 1) for code, name in glyphs.items()}
    assert set("éÉœŒç€«»’…–—−\u202f\u00a0×≤") <= set(table["advances"])
    assert table["pairs"]["To"] < -20  # kerned


def test_page_fonts_are_served_under_their_own_version() -> None:
    style = (ASSETS / "shell.css").read_text(encoding="utf-8")
    for path in PAGE_FONT_FILES.values():
        assert path.stat().st_size < 20_000
        version = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
        assert f'url("/assets/{path.name}?m={version}")' in style, "make font, then write the version into shell.css"
    assert len(re.findall("font-display: optional", style)) == len(PAGE_FONT_FILES)


@pytest.mark.parametrize("wrap", [wrapped_lines, balanced_lines])
@pytest.mark.parametrize("width", [200, 700, 1136])
def test_lines_are_no_wider_than_they_may_be_and_lose_nothing(wrap: object, width: float) -> None:
    lines = wrap(FINDING, width, 26, bold=True)  # type: ignore[operator]
    assert " ".join(lines) == FINDING
    assert all(text_width(line, 26, bold=True) <= width for line in lines)


def test_balanced_lines_leave_no_word_alone() -> None:
    first, second = balanced_lines(FINDING, 1136, 26, bold=True)
    assert wrapped_lines(FINDING, 1136, 26, bold=True)[1] == "(+3)"
    assert text_width(second, 26, bold=True) > 0.6 * text_width(first, 26, bold=True)


def test_a_word_wider_than_the_line_is_cut() -> None:
    lines = wrapped_lines("x" * 100, 100, 20)
    assert "".join(lines) == "x" * 100
    assert all(text_width(line, 20) <= 100 for line in lines)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Café\u202f: 3 → 4", "Café\u202f: 3 → 4"),
        ("Cafe\u0301 ŵ ﬁn №\u20281\ufe0f", "Café w fin No 1"),
        ("Bilan 🎉🎉 2026, שלום\ud800\ufffe", "Bilan □ 2026, □"),
        ("＜b＞", "□b□"),  # no sign of markup comes out of a letter
        ("une\nligne", "une\nligne"),
    ],
)
def test_characters_that_the_font_lacks_are_the_nearest_ones_or_a_square(text: str, drawn: str) -> None:
    assert drawable_text(text) == drawn
