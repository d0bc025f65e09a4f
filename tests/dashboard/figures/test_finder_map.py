"""The map of the finder: what it must show is within it, and a label stands once where several places are."""

from dashboard.figures.finder_map import MAP_HEIGHT, MAP_WIDTH, MapPoint, draw_finder_map
from dashboard.figures.map import to_kilometres
from dashboard.figures.text import plain_text

SQUARE = {"50": "[[[-2,48.5],[-0.7,48.5],[-0.7,49.7],[-2,49.7],[-2,48.5]]]"}
ORIGIN = MapPoint(-1.09, 49.11, "Saint-Lô <b>")
NEAR, SAME, FAR = MapPoint(-1.4, 49.0, "1"), MapPoint(-1.4, 49.0, "2"), MapPoint(1.0, 49.4)


def is_within(point: MapPoint, layout: dict[str, dict[str, list[float]]]) -> bool:
    east, north = to_kilometres(point.lon, point.lat)
    (left, right), (low, high) = layout["xaxis"]["range"], layout["yaxis"]["range"]
    return left < east < right and low < north < high


def test_around_a_commune_the_labelled_places_are_shown() -> None:
    figure = draw_finder_map([NEAR, SAME, FAR], ORIGIN, SQUARE)
    layout = figure["layout"]
    assert is_within(ORIGIN, layout)
    assert is_within(NEAR, layout)
    assert not is_within(FAR, layout)
    dots, ring, labelled = figure["data"]
    assert len(dots["x"]) == 1
    assert labelled["text"] == ["<b>1, 2</b>"]
    assert ring["text"] == [plain_text(ORIGIN.label)]
    assert "<b>" not in ring["text"][0]
    width, height = (high - low for low, high in (layout["xaxis"]["range"], layout["yaxis"]["range"]))
    assert abs(height / width - MAP_HEIGHT / MAP_WIDTH) < 0.01


def test_without_a_commune_the_outlines_are_shown_and_without_them_the_places() -> None:
    corner = MapPoint(-1.99, 49.69)
    assert is_within(corner, draw_finder_map([NEAR], None, SQUARE)["layout"])
    bare = draw_finder_map([MapPoint(-1.4, 49.0), FAR], None, {})["layout"]
    assert bare["shapes"] == []
    assert is_within(FAR, bare)
    assert is_within(NEAR, bare)
    assert draw_finder_map([], None, {})["data"][0]["x"] == []
