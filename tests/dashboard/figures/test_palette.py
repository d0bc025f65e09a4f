"""Light and dark: one declaration of each colour in Python and in the style sheet, readable in both modes."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import Connection

import dashboard
from dashboard.charts import CHARTS
from dashboard.figures.base import BLUE, OCHRE, RED, TEAL
from dashboard.figures.palette import DARK_COLOURS, PALETTE, themed_svg
from data.selection import FilterOptions
from tests.dashboard.conftest import select

ASSETS = Path(dashboard.__file__).parent / "assets"
HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")
PAIRS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", (ASSETS / "colours.css").read_text(encoding="utf-8")
    )
}
FALLBACKS = dict(
    re.findall(r"--([\w-]+): (#\w{6});", (ASSETS / "colours.css").read_text(encoding="utf-8").partition("@supports")[2])
)
MODES = pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
TEXTS = ("ink", "muted", "blue", "ochre", "teal", "plum", "red")
RAMP = ("card", "ramp-1", "ramp-2", "ramp-3", "blue")
TEXT_PAIRS = (  # text, ground
    *((text, ground) for text in TEXTS for ground in ("card", "page", "unselected")),
    ("demo-ink", "demo-page"),
    ("on-blue", "blue"),
    ("ink", "ramp-1"),
    ("ink", "ramp-2"),
    ("card", "ramp-3"),
    ("card", "blue"),
    ("card", "red"),
)
MARK_PAIRS = (*((name, "card") for name in ("strong-rule", "ramp-3")), ("strong-rule", "page"))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@MODES
def test_texts_and_marks_are_readable(mode: int) -> None:
    for pairs, least in ((TEXT_PAIRS, 4.5), (MARK_PAIRS, 3)):
        found = {pair: contrast(*(PAIRS[name][mode] for name in pair)) for pair in pairs}
        assert {pair: ratio for pair, ratio in found.items() if ratio < least} == {}


@MODES
def test_the_ramp_leaves_the_card_step_by_step(mode: int) -> None:
    colours = [PAIRS[name][mode] for name in RAMP]
    away = [contrast(colour, colours[0]) for colour in colours]
    assert away == sorted(away)
    assert all(contrast(*neighbours) >= 1.2 for neighbours in pairwise(colours))


def test_figures_and_style_sheet_have_the_same_colours() -> None:
    assert {colour.name: (colour.light, colour.dark) for colour in PALETTE}.items() <= PAIRS.items()
    assert len(DARK_COLOURS) == len(PALETTE)
    for sheet in ASSETS.glob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert sheet.name == "colours.css" or not HEX.findall(re.sub(r"#[\w-]+(?=[^;{}]*{)", "", text)), sheet.name


def test_every_colour_of_a_figure_has_a_dark_one(connection: Connection, options: FilterOptions) -> None:
    selection = select("", options)
    frames = [(chart, chart.read(connection, selection, options)) for chart in CHARTS]
    text = " ".join(repr(chart.draw(frame)) for chart, frame in frames if len(frame))
    assert "rgb" not in text.replace("rgba(0,0,0,0)", "")  # the browser replaces hexadecimal colours only
    used = {colour[:7] for colour in HEX.findall(text)}  # without opacity
    assert {BLUE, OCHRE, TEAL, RED} < used <= set(DARK_COLOURS)


def test_a_drawing_names_the_variables_of_the_style_sheet() -> None:
    drawn = '<path style="fill: rgb(31, 78, 121); stroke: rgb(255, 255, 255)"/><rect fill="rgb(148, 98, 0)"/>'
    assert themed_svg(drawn) == ('<path style="fill: var(--blue); stroke: var(--card)"/><rect fill="var(--ochre)"/>')
    assert themed_svg('<g style="fill: rgb(0, 0, 0)"/>') == '<g style="fill: rgb(0, 0, 0)"/>'


def test_older_browsers_have_every_colour_of_the_light_mode() -> None:
    assert {name: light for name, (light, _dark) in PAIRS.items()} == FALLBACKS
