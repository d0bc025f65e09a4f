"""Every chart × selection: the frame that it draws against the naive recomputation from the raw facts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from dashboard.charts import CHARTS, Chart, read_chart
from dashboard.figures.base import records
from data.engine import reading
from data.queries.options import read_filter_options
from data.selection import FilterOptions, Selection
from tests import naive
from tests.conftest import TODAY
from tests.naive.charts import FRAMES

pytestmark = pytest.mark.any_engine  # statements are compared between engines by test_contract.py

QUERIES = (
    "",
    "dep=14",
    "dep=50,61&au=2019-06-15",
    "porteur=prive,associatif&du=2019-01-01",
    "typologie=coworking,fablab&epci=200066827,246100663",
    "unite=journees&dep=27,76&du=2019-03-15",
    "du=2018-09-10&au=2020-02-29",
    "au=2016-01-01",
    "dispositif=emergence&du=2018-01-01&partenaire=aract",
    "dep=61&epci=200066827&porteur=public",
)


@pytest.fixture(scope="module")
def facts(demo_engine: Engine) -> naive.Facts:
    with reading(demo_engine) as connection:
        return naive.read_facts(connection)


@pytest.fixture
def connection(demo_engine: Engine) -> Iterator[Connection]:
    with reading(demo_engine) as opened:
        yield opened


@pytest.fixture
def options(connection: Connection) -> FilterOptions:
    return read_filter_options(connection, TODAY)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("chart", CHARTS, ids=lambda one: one.slug)
def test_frame(connection: Connection, facts: naive.Facts, options: FilterOptions, chart: Chart, query: str) -> None:
    """Same rows in the same order, column by column as tables and files show them."""
    selection, _notices = Selection.from_query(query, options)
    read = read_chart(connection, chart, selection, options)
    names = [column.name for column in chart.columns]
    found = [{name: _plain(row[name]) for name in names} for row in records(read.frame)]
    naive_rows = FRAMES[chart.slug](facts, chart.applied(selection), options)
    expected = [{name: _plain(row[name]) for name in names} for row in naive_rows]
    assert len(found) == len(expected)
    for at, (row, other) in enumerate(zip(found, expected, strict=True)):
        assert row == {name: _close(value) for name, value in other.items()}, f"row {at}"


@pytest.mark.parametrize("chart", CHARTS, ids=lambda one: one.slug)
def test_some_selection_shows_something(connection: Connection, options: FilterOptions, chart: Chart) -> None:
    """An oracle that only ever compares nothing to nothing would prove nothing."""
    selections = (Selection.from_query(query, options)[0] for query in QUERIES)
    shown = [len(read_chart(connection, chart, selection, options).frame) for selection in selections]
    assert sum(rows > 0 for rows in shown) >= 3


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def _close(value: Any) -> Any:
    return pytest.approx(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
