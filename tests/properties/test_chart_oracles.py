"""Every chart × selection: the frame that it draws against the naive recomputation from the raw facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from dashboard.charts import CHARTS, Chart, read_chart
from dashboard.figures.base import records
from data.engine import reading
from data.queries.options import read_filter_options
from data.selection import FilterOptions, Selection
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_files
from tests import naive
from tests.conftest import TODAY, NewEngine
from tests.naive.charts import FRAMES
from tests.properties.contract_world import write_files
from tests.properties.random_world import write_random_world
from tests.sampling import in_turn

pytestmark = [
    pytest.mark.without_coverage,
    pytest.mark.any_engine,  # test_contract.py and test_oracles.py compare the statements of both engines
]

QUERIES = (
    "",
    "dep=14",
    "dep=50,61&au=2019-06-15",
    "porteur=prive,associatif&du=2019-01-01&dispositifs=services-numeriques,emergence",
    "typologie=coworking,fablab&epci=200066827,246100663",
    "unite=journees&dep=27,76&du=2019-03-15&t=61,200066827",
    "du=2018-09-10&au=2020-02-29&porteurs=prive,public",
    "au=2016-01-01",
    "dispositif=emergence&du=2018-01-01&partenaire=aract&partenaires=tes,aract",
    "dep=61&epci=200066827&porteur=public",
)
OF_SMALL_REGIONS = ("", "porteur=prive,associatif&du=2019-01-01", "dep=50,61&au=2021-06-15", "typologie=coworking")
every_chart = pytest.mark.parametrize("chart", CHARTS, ids=lambda one: one.slug)


@dataclass(frozen=True)
class LoadedRegion:
    """A Région in a database, and its raw facts."""

    connection: Connection
    options: FilterOptions
    facts: naive.Facts


def opened(engine: Engine) -> Iterator[LoadedRegion]:
    with reading(engine) as connection:
        yield LoadedRegion(connection, read_filter_options(connection, TODAY), naive.read_facts(connection))


@pytest.fixture(scope="module")
def demonstration(demo_engine: Engine) -> Iterator[LoadedRegion]:
    yield from opened(demo_engine)


@pytest.fixture(scope="module", params=["contract", "drawn 1"])
def small_region(
    request: pytest.FixtureRequest, new_engine: NewEngine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LoadedRegion]:
    """A few places with what the demonstration lacks: funders by default, private places alone, facts of one day."""
    folder = tmp_path_factory.mktemp("region")
    paths = write_files(folder) if request.param == "contract" else write_random_world(folder, int(request.param[-1]))
    with new_engine() as engine:
        load_files(engine, paths, LoadOptions(TODAY, confirm=True))
        yield from opened(engine)


@pytest.mark.parametrize(
    ("chart", "query"), [(chart, query) for chart in CHARTS for query in in_turn(chart.slug, QUERIES, 2)]
)
def test_frame(demonstration: LoadedRegion, chart: Chart, query: str) -> None:
    assert_same(demonstration, chart, query)


@every_chart
def test_frames_of_small_regions(small_region: LoadedRegion, chart: Chart) -> None:
    for query in OF_SMALL_REGIONS:
        assert_same(small_region, chart, query)


@every_chart
def test_some_selections_show_something(demonstration: LoadedRegion, chart: Chart) -> None:
    """An oracle that only ever compares nothing to nothing would prove nothing."""
    connection, options = demonstration.connection, demonstration.options
    selections = (Selection.from_query(query, options)[0] for query in QUERIES)
    shown = [len(read_chart(connection, chart, selection, options).frame) for selection in selections]
    assert sum(rows > 0 for rows in shown) >= 3


def assert_same(region: LoadedRegion, chart: Chart, query: str) -> None:
    """Same rows in the same order, column by column as tables and files show them."""
    selection, _notices = Selection.from_query(query, region.options)
    read = read_chart(region.connection, chart, selection, region.options)
    if read.missing:
        assert not len(read.frame)
        return
    names = [column.name for column in chart.columns]
    found = [{name: _plain(row[name]) for name in names} for row in records(read.frame)]
    frame = FRAMES[chart.slug](region.facts, chart.applied(selection), region.options)
    expected = [{name: _plain(row[name]) for name in names} for row in frame]
    assert len(found) == len(expected), query
    for at, (row, other) in enumerate(zip(found, expected, strict=True)):
        assert row == {name: _close(value) for name, value in other.items()}, f"{query}: row {at}"


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def _close(value: Any) -> Any:
    return pytest.approx(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
