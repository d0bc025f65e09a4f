"""« Unité » drives every figure of the page of attendance, and its words."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from dashboard.charts import CHARTS
from dashboard.components.chart_card import CardContent, read_card
from dashboard.pages.attendance.page import PATH, read_headline
from dashboard.pages.attendance.tiles import read_attendance_tiles
from dashboard.requests.page_request import PageRequest
from data.engine import reading
from data.indicators import INDICATORS
from data.indicators.attendance import VISITES
from data.queries.indicators import read_value
from data.queries.options import LoadCache, read_filter_options
from data.selection import Selection
from tests import naive
from tests.conftest import TODAY
from tests.naive.attendance import VALUES

UNITS = ("personnes", "journees")
_CHARTS = tuple(chart for chart in CHARTS if PATH in chart.pages)


@pytest.fixture
def connection(demo_engine: Engine) -> Iterator[Connection]:
    with reading(demo_engine) as opened:
        yield opened


def _open_request(connection: Connection, query: str) -> PageRequest:
    options = read_filter_options(connection, TODAY)
    selection, notices = Selection.from_query(query, options)
    assert not notices
    return PageRequest(connection, options, selection, notices, PATH, query, LoadCache())


def _cards(page_request: PageRequest) -> list[CardContent]:
    return [
        read_card(page_request.connection, chart, page_request.selection, page_request.options, page_request.provenance)
        for chart in _CHARTS
    ]


@pytest.mark.parametrize("unit", UNITS)
def test_no_text_names_visits_under_another_unit(connection: Connection, unit: str) -> None:
    page_request = _open_request(connection, f"unite={unit}")
    headline = read_headline(page_request)
    texts = [headline.title, *map(str, headline.lines)]
    for tile in read_attendance_tiles(connection, page_request.selection):
        texts += [tile.label, tile.name, tile.unit, tile.status]
    for shown in _cards(page_request):
        texts += [shown.finding, shown.alt, shown.chart.subtitle, json.dumps(shown.figure, ensure_ascii=False)]
        texts += [column.header for column in shown.chart.columns]
    assert [text for text in texts if "visite" in text.lower()] == []


def test_every_chart_of_the_page_follows_the_unit(connection: Connection) -> None:
    """Their frames differ from those in visits, except where both have nothing to show."""
    visits, days = (_cards(_open_request(connection, query)) for query in ("", "unite=journees"))
    for one, other in zip(visits, days, strict=True):
        assert not one.frame.equals(other.frame), one.chart.slug


@pytest.mark.parametrize("unit", UNITS)
def test_every_tile_of_the_page_follows_the_unit(connection: Connection, unit: str) -> None:
    page_request = _open_request(connection, f"unite={unit}")
    facts = naive.read_facts(connection)
    for tile in read_attendance_tiles(connection, page_request.selection):
        selection, _notices = Selection.from_query(tile.query, page_request.options)
        value = VALUES[tile.slug](facts, selection)
        assert tile.value == tile.indicator.unit.value_text(value), tile.slug


def test_the_words_of_an_indicator_follow_the_unit(connection: Connection) -> None:
    page_request = _open_request(connection, "unite=personnes")
    worded = VISITES.in_selected_unit(page_request.selection)
    assert (worded.slug, worded.label, worded.unit.code) == ("visites", "Personnes", "personnes")
    assert "personnes" in worded.definition
    assert (
        read_value(connection, VISITES, page_request.selection).value
        != read_value(connection, VISITES, page_request.selection.with_codes("unite", ())).value
    )
    for indicator in INDICATORS:
        assert indicator.in_selected_unit(Selection((), None, TODAY)).label == indicator.label
