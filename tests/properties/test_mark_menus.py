"""What the marks of every chart lead to: true under filters, over several Régions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from sqlalchemy import Engine

from dashboard.charts import ALL_CHARTS, Chart
from dashboard.charts.drill import NoDrill
from dashboard.components.list_rows import read_list_page
from dashboard.components.mark_menu import ChartView, MarkAction, read_chart_view, read_mark_menu, read_period_action
from dashboard.components.page import find_page
from dashboard.figures.base import NO_ROW, ROW_NUMBER, records
from dashboard.figures.text import plain_frame
from dashboard.lists import list_named
from dashboard.pages import PAGES
from dashboard.pages.rows import ROWS, requested_listing
from dashboard.requests.page_request import PageRequest, open_request
from dashboard.urls import normalise_path
from data.indicators import indicator_named
from data.queries.options import LoadCache
from data.selection import Selection
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_files
from tests.conftest import TODAY, NewEngine
from tests.dashboard.some_charts import SOME_CHARTS
from tests.properties.random_world import write_random_world

pytestmark = [pytest.mark.without_coverage, pytest.mark.any_engine]

QUERIES = ("", "dep=14,61&du=2018-03-15&au=2020-06-15", "porteur=prive&partenaire=aract&unite=journees")
MAX_ROWS = 5  # of each chart and query, from all over its table
ROWS_ENTRY = re.compile(r"Voir (?:les )?([0-9\u202f]+) ")
every_chart = pytest.mark.parametrize("chart", SOME_CHARTS, ids=lambda one: one.slug)


@pytest.fixture(scope="module", params=["demonstration", "drawn"])
def region(
    request: pytest.FixtureRequest, demo_engine: Engine, new_engine: NewEngine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    if request.param == "demonstration":
        yield demo_engine
        return
    with new_engine() as engine:
        load_files(engine, write_random_world(tmp_path_factory.mktemp("region"), 3), LoadOptions(TODAY, confirm=True))
        yield engine


@every_chart
def test_each_entry_does_what_it_says(region: Engine, chart: Chart) -> None:
    """Every address is understood whole and changes the page; a number is that of the rows of the list there."""
    for query in QUERIES:
        with open_request(region, lambda: TODAY, LoadCache(), chart.pages[0], query) as page_request:
            view = _view(page_request, chart)
            rows = records(view.frame)
            for row in rows[:: len(rows) // MAX_ROWS + 1]:
                menu = read_mark_menu(view, row)
                assert menu.title.strip()
                assert not menu.actions or view.drill.has_actions(row)
                for action in menu.actions:
                    _does_what_it_says(view, action)
            if rows and view.drill.period:
                _chooses_a_period(view, rows[0], rows[-1])


def _view(page_request: PageRequest, chart: Chart) -> ChartView:
    page_and_slug = find_page(PAGES, page_request.path)
    assert page_and_slug
    return read_chart_view(page_and_slug[0], page_request, chart)


def _does_what_it_says(view: ChartView, action: MarkAction) -> None:
    parts = urlsplit(action.href)
    found = find_page(PAGES, parts.path)
    assert found, action
    selection, notices = Selection.from_query(parts.query, view.whole.options)
    assert not notices, (action, notices)
    number = ROWS_ENTRY.match(action.label)
    if number:
        there = PageRequest(
            view.whole.connection, view.whole.options, selection, (), parts.path, parts.query, view.whole.load_cache
        )
        listing = requested_listing(there) if found[0] is ROWS else list_named(parts.fragment.rpartition("title-")[2])
        assert listing, action
        assert read_list_page(listing, there).total == int(number[1].replace("\u202f", "")), action
    elif parts.path == normalise_path(view.whole.path):
        assert selection != view.whole.selection, action


def _chooses_a_period(view: ChartView, first: dict[str, object], last: dict[str, object]) -> None:
    actions = [read_period_action(view, *ends) for ends in ((first, last), (last, first))]
    assert actions[0] == actions[1]
    assert actions[0]
    selection, notices = Selection.from_query(urlsplit(actions[0].href).query, view.whole.options)
    assert not notices, actions[0]
    assert selection.since
    assert selection.since.day == 1
    assert selection.since <= selection.until <= view.whole.selection.until


@every_chart
def test_the_points_of_figures_name_their_rows(demo_engine: Engine, chart: Chart) -> None:
    with open_request(demo_engine, lambda: TODAY, LoadCache(), chart.pages[0], "") as page_request:
        view = _view(page_request, chart)
    named: set[int] = set()
    for trace in chart.draw(plain_frame(view.frame))["data"]:
        numbers = trace.get("meta")
        if not numbers:
            continue
        size = len(trace.get("y") or trace["text"])
        assert len(numbers) <= 2 or len(numbers) == size, trace.get("name")
        first, step = numbers[0], numbers[1] if len(numbers) > 1 else 0
        named |= set(numbers if len(numbers) > 2 else (first + at * step for at in range(size)))
    assert named or isinstance(chart.drill, NoDrill)
    assert named <= {NO_ROW, *(row[ROW_NUMBER] for row in records(view.frame))}


def test_every_chart_says_what_its_marks_lead_to() -> None:
    for chart in ALL_CHARTS:
        if isinstance(chart.drill, NoDrill):
            assert len(chart.drill.reason) > 20, chart.slug
            continue
        drill = chart.drill
        assert drill, f"{chart.slug} says neither what its marks lead to, nor why nowhere"
        assert drill.filters or drill.period, chart.slug
        assert set(drill.filters) <= set(chart.filters), chart.slug
        listing, indicator = list_named(drill.listing or ""), indicator_named(drill.indicator or "")
        assert bool(listing) == bool(drill.listing), chart.slug
        assert bool(indicator) == bool(drill.indicator), chart.slug
        for rows in filter(None, (listing, indicator)):
            assert set(drill.filters) <= set(rows.filters), chart.slug
