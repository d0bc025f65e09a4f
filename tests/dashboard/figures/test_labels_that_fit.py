"""Labels of figures, as the server draws them with the page's own code (assets/figure_labels.js)."""

import html
import re

import pandas as pd
import pytest

from dashboard.charts.heights import height_of_panels, height_of_rows
from dashboard.drawing import draw_svg
from dashboard.figures.amounts import draw_ranked_amounts
from dashboard.figures.base import Figure, count_axis
from dashboard.figures.territories import draw_remote_population
from data.units import EUROS, PEOPLE

LONG = "Seine Normandie Agglomération"
TOO_LONG = "Pont-Audemer / Val de Risle, Roumois Seine et Pays de Honfleur-Beuzeville"

pytestmark = pytest.mark.any_engine


def remote(*names: str) -> Figure:
    rows = [(name, 78_776 - 1_000 * rank, 100_000) for rank, name in enumerate(names)]
    return draw_remote_population(pd.DataFrame(rows, columns=["name", "far", "people"], dtype=object), PEOPLE)


def texts(svg: str) -> list[str]:
    """Each text drawn, its lines joined by « | »."""
    found = re.findall(r"<text [^>]*>(.*?)</text>", svg)
    lines = [re.findall(r"<tspan class=\"line\"[^>]*>(.*?)</tspan>", text) or [text] for text in found]
    return ["|".join(html.unescape(re.sub(r"<[^>]+>", "", line)) for line in one) for one in lines]


@pytest.mark.parametrize(("width", "expected"), [(700, LONG), (300, "Seine Normandie|Agglomération")])
def test_a_name_is_whole_where_there_is_room(width: int, expected: str) -> None:
    assert expected in texts(draw_svg(remote(LONG, "Orne"), width, 90))


def test_a_name_without_room_ends_with_an_ellipsis() -> None:
    drawn = texts(draw_svg(remote(TOO_LONG, *"ABCDEFGHI"), 320, 150))
    (name,) = [text for text in drawn if text.startswith("Pont")]
    assert name.endswith("…")
    assert "|" not in name, "no second line between rows so near"


@pytest.mark.parametrize("width", [280, 700])
def test_the_value_of_the_longest_bar_is_inside(width: int) -> None:
    svg = draw_svg(remote("Orne", "Eure"), width, 90)
    (x,) = [float(at) for at in re.findall(r"<text [^>]*transform=\"translate\(([\d.]+)[^>]*>78\u202f776<", svg)]
    bars = [float(end) for end in re.findall(r'd="M0,[\d.]+V[\d.]+H([\d.]+)', svg)]
    assert bars
    assert max(bars) > width * 0.2
    assert x + 40 < width


def test_a_few_bars_stay_thin_in_a_high_figure() -> None:
    frame = pd.DataFrame([("Région", 269_000, ""), ("Union", 1_000, "")], columns=["label", "amount", "text"])
    svg = draw_svg(draw_ranked_amounts(frame, EUROS), 1136, 420)
    edges = [(float(top), float(foot)) for top, foot in re.findall(r'd="M0,([\d.]+)V([\d.]+)H', svg)]
    assert len(edges) == 2
    assert all(abs(top - foot) <= 25 for top, foot in edges)


def test_a_card_is_as_high_as_its_rows_need() -> None:
    height = height_of_rows(2, 0.5)
    assert [height(pd.DataFrame({"name": ["x"] * rows})) for rows in (1, 2, 99)] == ["2.5rem", "4.5rem", "34rem"]
    panels = [pd.DataFrame({"panel": list(names)}) for names in ("A", "ABC", "ABCDE")]
    assert [height_of_panels(frame) for frame in panels] == ["11rem", "11rem", "21rem"]


@pytest.mark.parametrize(("highest", "step"), [(0, 1), (3, 1), (4, 1), (40, None)])
def test_counts_have_no_line_between_whole_numbers(highest: float, step: int | None) -> None:
    axis = count_axis(highest)
    assert axis.get("dtick") == step
    assert highest <= axis["range"][1] <= max(highest, 1) * 1.2, "no empty axis above few places"
