"""« Unité » drives every figure of the page of attendance, and its words."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from dashboard.charts import CHARTS
from dashboard.components.chart_card import Shown, read_shown
from dashboard.pages.attendance.page import PATH, said
from dashboard.pages.attendance.tiles import read_attendance_tiles
from dashboard.requests.page_request import Asked
from data.engine import reading
from data.indicators import INDICATORS
from data.indicators.attendance import VISITES
from data.queries.indicators import read_value
from data.queries.known import Kept, read_known
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


def _asked(connection: Connection, query: str) -> Asked:
    known = read_known(connection, TODAY)
    selection, notices = Selection.from_query(query, known)
    assert not notices
    return Asked(connection, known, selection, notices, PATH, query, Kept())


def _shown(asked: Asked) -> list[Shown]:
    return [read_shown(asked.connection, chart, asked.selection, asked.known, asked.provenance) for chart in _CHARTS]


@pytest.mark.parametrize("unit", UNITS)
def test_nothing_speaks_of_visits_under_another_unit(connection: Connection, unit: str) -> None:
    asked = _asked(connection, f"unite={unit}")
    headline = said(asked)
    texts = [headline.title, *headline.lines]
    for tile in read_attendance_tiles(connection, asked.selection):
        texts += [tile.label, tile.name, tile.unit, tile.status]
    for shown in _shown(asked):
        texts += [shown.finding, shown.alt, shown.chart.measured, json.dumps(shown.figure, ensure_ascii=False)]
        texts += [column.header for column in shown.chart.columns]
    assert [text for text in texts if "visite" in text.lower()] == []


def test_every_chart_of_the_page_follows_the_unit(connection: Connection) -> None:
    """Their frames differ from those in visits, except where both have nothing to show."""
    visits, days = (_shown(_asked(connection, query)) for query in ("", "unite=journees"))
    for one, other in zip(visits, days, strict=True):
        assert not one.frame.equals(other.frame), one.chart.slug


@pytest.mark.parametrize("unit", UNITS)
def test_every_tile_of_the_page_follows_the_unit(connection: Connection, unit: str) -> None:
    asked = _asked(connection, f"unite={unit}")
    facts = naive.read_facts(connection)
    for tile in read_attendance_tiles(connection, asked.selection):
        selection, _notices = Selection.from_query(tile.query, asked.known)
        value = VALUES[tile.slug](facts, selection)
        assert tile.value == tile.indicator.unit.figure(value), tile.slug


def test_the_words_of_an_indicator_follow_the_unit(connection: Connection) -> None:
    asked = _asked(connection, "unite=personnes")
    worded = VISITES.worded_for(asked.selection)
    assert (worded.slug, worded.label, worded.unit.code) == ("visites", "Personnes", "personnes")
    assert "personnes" in worded.definition
    assert (
        read_value(connection, VISITES, asked.selection).value
        != read_value(connection, VISITES, asked.selection.choosing("unite", ())).value
    )
    for indicator in INDICATORS:
        assert indicator.worded_for(Selection((), None, TODAY)).label == indicator.label
