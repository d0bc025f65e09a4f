"""A database with facts, for the tests that only read."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Connection, Engine

from data.engine import reading, writing
from data.queries.options import read_filter_options
from data.selection import FilterOptions, Selection
from tests.conftest import NewEngine
from tests.dashboard.facts import Facts, fill, some_facts

ON = date(2021, 1, 15)


@pytest.fixture(scope="session")
def facts() -> Facts:
    return some_facts()


@pytest.fixture(scope="session")
def facts_engine(new_engine: NewEngine, facts: Facts) -> Iterator[Engine]:
    """A prepared database filled with the facts; never written by a test."""
    with new_engine() as engine:
        with writing(engine) as connection:
            fill(connection, facts)
        yield engine


@pytest.fixture
def connection(facts_engine: Engine) -> Iterator[Connection]:
    with reading(facts_engine) as connection:
        yield connection


@pytest.fixture
def options(connection: Connection) -> FilterOptions:
    return read_filter_options(connection, ON)


def select(query: str, options: FilterOptions) -> Selection:
    """The selection of a query that must be understood whole."""
    selection, notices = Selection.from_query(query, options)
    assert not notices, notices
    return selection
