"""What was never loaded is unknown: every figure, chart and list, without each source in turn."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select, update

from dashboard.charts import Chart, read_chart
from dashboard.components.chart_card import read_card
from dashboard.components.list_rows import list_query, read_list_page
from dashboard.components.listing import empty_list_text
from dashboard.components.parts import tile_with_cause
from dashboard.lists import LISTS, Listing
from dashboard.lists.state import read_list_state
from dashboard.pages.territories.changes import SUBJECTS, changes_content
from dashboard.pages.territories.territory import TERRITORY, read_tiles
from dashboard.reports.trees import text_of
from dashboard.requests.page_request import PageRequest
from data.engine import open_engine, reading
from data.indicators import INDICATORS, Indicator, groupings_of
from data.queries.indicators import read_breakdown, read_value
from data.queries.listing import stream_rows
from data.queries.options import LoadCache, read_filter_options
from data.queries.sources import read_provenance
from data.schema import VERSION_TABLES, load
from data.selection import FilterOptions, Selection
from data.sources import SOURCES, source_named
from etl.rollups import refresh_all
from tests.conftest import TODAY
from tests.dashboard.some_charts import SOME_CHARTS
from tests.databases import Databases
from tests.sampling import turn_of

pytestmark = [pytest.mark.any_engine, pytest.mark.without_coverage]
LOADED = [one.name for one in SOURCES if one.name not in ("aids-scdl", "activities-openagenda")]
NEEDS = {"aids": ("aid-steps",), "places": ("labels", "attendance")}  # what no row is accepted of without it
QUERIES = ("au=2020-12-31", "dep=14,50&porteur=public,associatif&du=2019-01-01&au=2020-10-31")


def without(connection: Connection, *names: str) -> None:
    """Take the rows and the loads of some sources away, as if they had never come."""
    loads = select(load.c.load_id).where(load.c.source.in_(names))
    for table in VERSION_TABLES:
        connection.execute(
            update(table).where(table.c.load_id.in_(loads), table.c.ended_by.is_(None)).values(ended_by=1)
        )
    connection.execute(update(load).where(load.c.source.in_(names)).values(status="rolled_back"))
    refresh_all(connection, TODAY)


@pytest.fixture(scope="module", params=LOADED)
def missing(request: pytest.FixtureRequest, databases: Databases, ready_demo: str) -> Iterator[tuple[str, Connection]]:
    """The name of a source, and the demonstration without it."""
    url = databases.copy(ready_demo)
    engine = open_engine(url)
    with engine.begin() as connection:
        without(connection, request.param, *NEEDS.get(request.param, ()))
    with reading(engine) as connection:
        yield request.param, connection
    engine.dispose()
    databases.drop(url)


@pytest.fixture(scope="module")
def whole(demo_engine: Engine) -> Iterator[Connection]:
    with reading(demo_engine) as connection:
        yield connection


def selections(options: FilterOptions) -> list[Selection]:
    return [Selection.from_query(query, options)[0] for query in QUERIES]


def says(name: str, text: str | None) -> bool:
    """Whether a text names the source, or one of those that could not come without it."""
    return any(source_named(one).never_loaded_text in (text or "") for one in (name, *NEEDS.get(name, ())))


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda one: one.slug)
def test_a_figure_without_its_source_is_unknown_and_others_are_unchanged(
    indicator: Indicator, missing: tuple[str, Connection], whole: Connection
) -> None:
    name, connection = missing
    options = read_filter_options(whole, TODAY)
    for selection in selections(options)[turn_of(f"{indicator.slug} {name}", 2) :][:1]:
        before, after = read_value(whole, indicator, selection), read_value(connection, indicator, selection)
        if name in indicator.required_sources and not source_named(name).supplements:
            assert after.value is None
            assert says(name, after.reason)
        elif name != "places" and after.value is not None and not source_named(name).supplements:
            assert after.value == before.value or says(name, after.note), "it rests on a source that it does not name"
        if says(name, after.reason):
            for grouping in groupings_of(indicator):
                parts = read_breakdown(connection, indicator, selection, grouping, options)
                assert all(part.value is None for part in parts.values())


@pytest.mark.parametrize("chart", SOME_CHARTS, ids=lambda one: one.slug)
def test_a_chart_without_its_source_is_empty_with_the_reason(
    chart: Chart, missing: tuple[str, Connection], whole: Connection
) -> None:
    name, connection = missing
    options = read_filter_options(whole, TODAY)
    for selection in selections(options)[:1]:
        _chart, frame, reason = read_chart(connection, chart, selection, options)
        if reason:
            shown = read_card(connection, chart, selection, options, read_provenance(connection))
            assert not len(frame)
            assert says(name, shown.finding[:1].lower() + shown.finding[1:])
            assert shown.empty
            assert "filtre" not in shown.empty
        elif name != "places" and not source_named(name).supplements:
            same = frame.astype(str).equals(read_chart(whole, chart, selection, options).frame.astype(str))
            line = read_card(connection, chart, selection, options, read_provenance(connection)).source_line
            assert same or says(name, line), "it rests on a source that it does not name"


@pytest.mark.parametrize("listing", LISTS, ids=lambda one: one.slug)
def test_a_list_without_its_source_is_empty_or_lacks_its_columns(
    listing: Listing, missing: tuple[str, Connection], whole: Connection
) -> None:
    name, connection = missing
    if not listing.sources:
        pytest.skip("it shows what was loaded")
    for query in QUERIES[:1]:
        shown = read_list_page(listing, page_request(connection, query))
        if shown.missing:
            assert says(name, shown.missing)
            assert says(name, empty_list_text(shown)[:1].lower() + empty_list_text(shown)[1:])
            assert not shown.total
            continue
        if source_named(name).supplements or name == "places":
            continue
        before, after = (rows_of(listing, page_request(one, query)) for one in (whole, connection))
        changed = {
            column.name
            for key in before.keys() & after.keys()
            for column in listing.columns
            if before[key][column.name] != after[key][column.name]
        }
        unknown = {column.name for column in listing.columns if all(row[column.name] is None for row in after.values())}
        named = name in listing.optional  # its source line says that it was never loaded
        assert (changed <= unknown and before.keys() == after.keys()) or named


def test_what_changed_and_what_is_compared_on_a_sheet_are_unknown_without_their_source(
    missing: tuple[str, Connection], whole: Connection
) -> None:
    name, connection = missing
    if source_named(name).supplements:
        pytest.skip("it is never necessary")
    path = f"/territoires/{('61', '200023414')[turn_of(name, 2)]}"
    before, after = (TERRITORY.narrow(page_request(one, "", path)) for one in (whole, connection))
    for subject in SUBJECTS:
        found = [text_of(sentence) for sentence in subject.read(before)]
        content = text_of(changes_content(after))
        if name in subject.sources:
            assert says(name, content.lower())
            assert re.search(rf"ce qui a changé pour [^.]*{subject.name}[^.]* n’est pas connu", content)
            assert not re.search(rf"Rien de nouveau pour [^.]*{subject.name}", content)
        elif name != "places":
            assert [text_of(sentence) for sentence in subject.read(after)] == found
    for tile, known in zip(read_tiles(after), read_tiles(before), strict=True):
        if name in tile.indicator.required_sources:
            assert tile_with_cause(after, tile).comparison == ()
        elif name != "places":
            assert tile.comparison == known.comparison


def page_request(connection: Connection, query: str, path: str = "/") -> PageRequest:
    options = read_filter_options(connection, TODAY)
    return PageRequest(connection, options, Selection.from_query(query, options)[0], (), path, query, LoadCache())


def rows_of(listing: Listing, page_request: PageRequest) -> dict[tuple[Any, ...], Any]:
    rows = stream_rows(
        page_request.connection, list_query(listing, page_request, read_list_state(listing, page_request.query))
    )
    return {tuple(row[name] for name in listing.key): dict(row) for row in rows}


def test_a_loaded_source_without_a_row_left_gives_zero(demo_copy: Engine) -> None:
    """Zero is said of a source that came: its rows may all have ended since."""
    labels = next(table for table in VERSION_TABLES if table.name == "label_event")
    with demo_copy.begin() as connection:
        connection.execute(update(labels).values(ended_by=1))
        refresh_all(connection, TODAY)
        options = read_filter_options(connection, TODAY)
        labelled = next(one for one in INDICATORS if one.slug == "lieux-labellises")
        assert read_value(connection, labelled, Selection.from_query("", options)[0]).value == 0


def test_every_source_has_a_never_loaded_text() -> None:
    for source in SOURCES:
        assert source.never_loaded_text.startswith(source.label)
        assert source.supplements == "" or source_named(source.supplements)
    assert source_named("aids").never_loaded_text == "délibérations non chargées"
