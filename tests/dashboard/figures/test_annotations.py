"""Annotations on time axes: which ones, where they are drawn, and that no text ever overlaps another."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from dashboard.charts import ALL_CHARTS, CHARTS, Chart
from dashboard.components.chart_card import CardContent, chart_card, chart_table, read_card
from dashboard.drawing.fonts import text_width
from dashboard.elements.serializer import serialize
from dashboard.elements.tags import Element
from dashboard.figures.annotations import LABEL_SIZE, MAX_LABELS, NARROWEST_PIXELS, TimeAnnotation, draw_annotations
from dashboard.figures.base import figure, time_axis, value_axis
from data.queries.annotations import Annotation, annotations_between
from data.queries.sources import read_provenance
from data.selection import FilterOptions
from tests.dashboard.conftest import select

pytestmark = pytest.mark.fewer_on_postgresql(4)

FIRST, LAST = date(2020, 1, 1), date(2021, 12, 31)
WITH_DAYS = tuple(chart for chart in CHARTS if chart.time_column)
DAYS = st.dates(date(2019, 1, 1), date(2022, 12, 31))
ANNOTATIONS = st.lists(
    st.builds(
        lambda start, length, words: TimeAnnotation(start, start + timedelta(days=length), " ".join(words)),
        DAYS,
        st.integers(0, 900),
        st.lists(st.sampled_from(["Premier", "confinement", "élections", "de", "l’Orne"]), min_size=1, max_size=5),
    ),
    max_size=8,
)


def two_years() -> dict[str, Any]:
    line = {"type": "scatter", "x": [FIRST.isoformat(), LAST.isoformat()], "y": [1, 2]}
    return figure([line], xaxis=time_axis(), yaxis=value_axis(range=[0, 2.5]))


@given(ANNOTATIONS)
@settings(max_examples=150, deadline=None)
def test_marks_stay_on_the_axis_and_labels_apart_on_every_screen(annotations: list[TimeAnnotation]) -> None:
    layout = draw_annotations(two_years(), annotations)["layout"]
    on_axis = [one for one in annotations if one.starts <= LAST and one.ends >= FIRST]
    shapes, labels = layout.get("shapes", ()), layout.get("annotations", ())
    assert len(shapes) == len(on_axis)
    assert all(FIRST.isoformat() <= shape["x0"] <= shape["x1"] <= LAST.isoformat() for shape in shapes)
    assert len(labels) <= MAX_LABELS
    assert bool(labels) == any(text_width(one.label, LABEL_SIZE) <= NARROWEST_PIXELS for one in on_axis)
    for width in (NARROWEST_PIXELS, 260, 700, 1200):
        boxes = []
        for label in labels:
            left = label["x"] * width + label["xshift"]
            right = left + text_width(label["text"], LABEL_SIZE)
            assert -1 <= left <= right <= width + 1
            boxes.append((left, right, label["yshift"]))
        if len(boxes) == MAX_LABELS:
            (start, end, row), (other_start, other_end, other_row) = boxes
            assert row != other_row or end < other_start or other_end < start


def test_a_chart_declares_its_axis_of_days(connection: Connection, options: FilterOptions) -> None:
    drawn = 0
    for chart in ALL_CHARTS:
        frame = chart.read(connection, chart.applied(select("au=2020-12-31", options)), options)
        if frame.empty:
            continue
        layout = chart.draw(frame)["layout"]
        axes = [layout[name] for name in layout if name.startswith("xaxis") and layout[name].get("type") == "date"]
        heights = [layout[axis.get("anchor", "y").replace("y", "yaxis")] for axis in axes]
        is_curve = any(axis.get("visible", True) for axis in heights)  # no calendar
        is_curve = is_curve and all(column.kind != "year" for column in chart.columns)
        assert is_curve == (chart.time_span(frame) is not None), chart.slug
        drawn += is_curve
    assert drawn > len(WITH_DAYS)


def text_of(element: Element) -> str:
    return json.dumps(serialize(element), ensure_ascii=False)


def shown(chart: Chart, query: str, connection: Connection, options: FilterOptions) -> CardContent:
    return read_card(connection, chart, select(query, options), options, read_provenance(connection))


@pytest.mark.parametrize("chart", WITH_DAYS, ids=lambda chart: chart.slug)
def test_the_address_hides_and_shows_them_in_figure_text_and_table(
    chart: Chart, connection: Connection, options: FilterOptions
) -> None:
    card, hidden = (shown(chart, query, connection, options) for query in ("", "reperes=masques"))
    assert "shapes" in card.figure["layout"]
    assert "shapes" not in hidden.figure["layout"]
    name = "Premier confinement"
    for one, is_named in ((card, True), (hidden, False)):
        assert (name in one.alt, name in one.caption, name in text_of(chart_table(one))) == (is_named,) * 3
        assert name in text_of(chart_card(one)), "named in the card, to be shown again"
    assert card.annotations.switch_query == "reperes=masques"
    assert hidden.annotations.switch_query == ""
    assert hidden.finding == card.finding


def test_those_of_another_theme_or_territory_are_left_out(options: FilterOptions) -> None:
    day = date(2020, 6, 1)
    everywhere, orne = Annotation(day, day, "a"), Annotation(day, day, "b", territories=("61",))
    honfleur = Annotation(day, day, "c", territories=("200066827",))  # in the Calvados and the Eure
    aid = Annotation(day, day, "d", themes=("aides",))

    def kept(query: str, theme: str = "label") -> str:
        found = annotations_between(
            (everywhere, orne, honfleur, aid), (FIRST, LAST), (theme,), select(query, options), options
        )
        return "".join(one.text for one in found)

    assert kept("") == "abc"
    assert kept("", "aides") == "abcd"
    assert kept("dep=61") == "ab"
    assert kept("dep=27,50") == "ac"
    assert kept("epci=200068450") == "ab", "Argentan is in the Orne"
    assert kept("epci=200066827") == "ac"
