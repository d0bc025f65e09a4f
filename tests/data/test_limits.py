"""A statement has a time limit: it is stopped, and the connection serves again."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from data.engine import open_engine, reading
from data.limits import STATEMENT_SECONDS, is_time_limit_error

ENDLESS = text(
    "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 900000000) "
    "SELECT count(*) FROM numbers"
)


@pytest.fixture
def limited(engine: Engine) -> Iterator[Engine]:
    opened = open_engine(engine.url, statement_seconds=0.5)
    yield opened
    opened.dispose()


def test_a_statement_is_stopped_at_its_limit(limited: Engine) -> None:
    start = monotonic()
    with reading(limited) as connection, pytest.raises(DBAPIError) as stopped:
        connection.execute(ENDLESS)
    assert is_time_limit_error(stopped.value)
    assert monotonic() - start < 30, "far from its end, however busy the machine"
    with reading(limited) as connection:
        assert connection.scalar(text("SELECT 1")) == 1


def test_a_failure_of_another_kind_is_none(limited: Engine) -> None:
    with reading(limited) as connection, pytest.raises(DBAPIError) as failed:
        connection.execute(text("SELECT nothing FROM nowhere"))
    assert not is_time_limit_error(failed.value)
    assert not is_time_limit_error(TimeoutError())


def test_a_statement_may_have_a_limit_of_its_own(limited: Engine) -> None:
    if limited.dialect.name == "postgresql":
        pytest.skip("there each fetch of a list read row by row is a statement")
    start = monotonic()
    with reading(limited) as connection, pytest.raises(DBAPIError) as stopped:
        connection.execute(ENDLESS, execution_options={STATEMENT_SECONDS: 1.5})
    assert is_time_limit_error(stopped.value)
    assert monotonic() - start >= 1.5
