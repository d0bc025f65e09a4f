"""A page that reads its days only shows what the same page of the whole list would."""

import pytest
from sqlalchemy import Connection, Engine

from data.engine import reading
from data.facts.aggregate import count_lines
from data.indicators import indicator_named
from data.queries.known import read_known
from data.queries.listing import Asked, count_rows, read_rows
from data.queries.proof import proof_rows
from data.queries.window import Window, narrowed
from data.selection import Selection
from tests.conftest import TODAY

SIZE = 5
SLUGS = ("aides-votees", "aides-payees", "aides-annulees", "dossiers-aides", "dossiers-a-verifier")


@pytest.mark.parametrize("sort", ["day", "-day"])
@pytest.mark.parametrize("query", ["", "dep=14", "du=2018-03-10&au=2019-11-20", "typologie=fablab&porteur=prive"])
@pytest.mark.parametrize("slug", SLUGS)
def test_pages_are_those_of_the_whole_list(demo_engine: Engine, slug: str, query: str, sort: str) -> None:
    indicator = indicator_named(slug)
    assert indicator
    with reading(demo_engine) as connection:
        selection, _notices = Selection.from_query(query, read_known(connection, TODAY))
        total = count_lines(connection, indicator.basis, selection)
        assert total == count_rows(connection, _asked(slug, selection, sort))
        for skip in range(0, total, max(SIZE, total // 4)):
            whole = read_rows(connection, _asked(slug, selection, sort), SIZE, skip)
            assert _page(connection, slug, Window(selection, skip, SIZE, sort[0] == "-"), sort) == whole


def _page(connection: Connection, slug: str, window: Window, sort: str) -> object:
    indicator = indicator_named(slug)
    assert indicator
    found = narrowed(connection, indicator.basis, window)
    return read_rows(connection, _asked(slug, found.selection, sort), SIZE, found.skip)


def _asked(slug: str, selection: Selection, sort: str) -> Asked:
    indicator = indicator_named(slug)
    assert indicator
    return Asked(proof_rows(indicator, selection), indicator.fact.key, sort, filled=("day",))
