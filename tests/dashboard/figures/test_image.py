"""A picture is the figure on white, at a fixed size, with its words."""

import plotly.graph_objects as go
import pytest

from dashboard.figures.base import figure
from dashboard.figures.image import MIN_HEIGHT_PIXELS, WIDTH_PIXELS, ImageCaptions, standalone_figure

DRAWN = figure([{"type": "scatter", "x": [1, 2], "y": [3, 4]}], annotations=[{"text": "34", "x": 2, "y": 4}])
LONG = "Le label progresse dans quatre départements sur cinq, surtout en Seine-Maritime, " * 3


@pytest.mark.parametrize("finding", ["Le label progresse", LONG])
def test_an_image_is_a_valid_figure_of_a_fixed_size(finding: str) -> None:
    picture = standalone_figure(DRAWN, ImageCaptions(finding, "Lieux labellisés", "Source : registre · Normandie"), 420)
    layout = go.Figure(picture).layout
    assert layout.width == WIDTH_PIXELS
    assert layout.height >= MIN_HEIGHT_PIXELS
    assert layout.paper_bgcolor == "#ffffff"
    assert layout.height - layout.margin.t - layout.margin.b >= 300


def test_an_image_has_its_captions_escaped() -> None:
    picture = standalone_figure(
        DRAWN, ImageCaptions("Moins de <b>5</b> & plus", "Lieux", "Données de démonstration · Source"), 420
    )
    layout = picture["layout"]
    assert "Moins de <\u2060b>5<\u2060/b> & plus" in layout["title"]["text"]
    assert "Lieux" in layout["title"]["text"]
    assert layout["annotations"][0]["text"] == "34"
    assert layout["annotations"][-1]["text"] == "Données de démonstration · Source"


def test_a_long_title_adds_lines_and_height() -> None:
    short, long = (
        standalone_figure(DRAWN, ImageCaptions(text, "Lieux", "Source"), 420)["layout"] for text in ("Court", LONG)
    )
    assert long["title"]["text"].count("<br>") > short["title"]["text"].count("<br>")
    assert long["margin"]["t"] > short["margin"]["t"]
    assert DRAWN["layout"]["paper_bgcolor"] == "rgba(0,0,0,0)"  # the figure itself is not altered
