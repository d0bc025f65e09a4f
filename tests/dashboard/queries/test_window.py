"""A page that reads its days only shows what the same page of the whole list would."""

import pytest
from sqlalchemy import Connection, Engine

from data.engine import reading
from data.indicators import INDICATORS, Indicator
from data.queries.listing import ListQuery, count_rows, read_rows
from data.queries.measures import count_single_rows
from data.queries.options import read_filter_options
from data.queries.proof import proof_rows
from data.queries.window import PageWindow, narrow_to_page_days
from data.selection import Selection
from tests.conftest import TODAY

pytestmark = [pytest.mark.without_coverage, pytest.mark.fewer_on_postgresql(4)]

SIZE = 5
LONG = [one for one in INDICATORS if one.proof.line_measure]


@pytest.mark.parametrize("sort", ["day", "-day"])
@pytest.mark.parametrize("query", ["", "dep=14", "du=2018-03-10&au=2019-11-20", "typologie=fablab&porteur=prive"])
@pytest.mark.parametrize("indicator", LONG, ids=lambda one: one.slug)
def test_pages_by_window_equal_the_whole_list(demo_engine: Engine, indicator: Indicator, query: str, sort: str) -> None:
    measure = indicator.proof.line_measure
    assert measure
    with reading(demo_engine) as connection:
        selection, _notices = Selection.from_query(query, read_filter_options(connection, TODAY))
        period = indicator.proof.period(selection)
        total = count_single_rows(connection, measure, period)
        whole = _read_window_page(connection, indicator, selection, sort)
        assert total == count_rows(connection, whole)
        for skip in range(0, total, max(SIZE, total // 4)):
            found = narrow_to_page_days(connection, measure, PageWindow(period, skip, SIZE, sort[0] == "-"))
            page = _read_window_page(connection, indicator, selection, sort, found.selection)
            assert read_rows(connection, page, SIZE, found.skip) == read_rows(connection, whole, SIZE, skip)


@pytest.mark.parametrize("query", ["", "dep=14", "du=2018-03-10&au=2019-11-20", "typologie=fablab&porteur=prive"])
@pytest.mark.parametrize("indicator", [one for one in INDICATORS if one.proof.bulk_rows], ids=lambda one: one.slug)
def test_bulk_rows_equal_the_rows(demo_engine: Engine, indicator: Indicator, query: str) -> None:
    with reading(demo_engine) as connection:
        selection, _notices = Selection.from_query(query, read_filter_options(connection, TODAY))
        rows, bulk = (
            ListQuery(proof_rows(connection, indicator, selection, in_bulk=in_bulk), indicator.proof.key, "-day")
            for in_bulk in (False, True)
        )
        assert read_rows(connection, bulk, 1_000, 0) == read_rows(connection, rows, 1_000, 0)


def _read_window_page(
    connection: Connection, indicator: Indicator, selection: Selection, sort: str, page: Selection | None = None
) -> ListQuery:
    rows = proof_rows(connection, indicator, selection, page)
    return ListQuery(rows, indicator.proof.key, sort, not_null=("day",))
