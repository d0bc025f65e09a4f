"""Days, months and money as the database keeps them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Connection, Engine, MetaData, Table, func, insert, select
from sqlalchemy.exc import StatementError

from data import types
from data.types import Cents, Coded, Day

days = st.dates(date(1, 1, 1), date(9998, 12, 31))
months = st.builds(lambda year, month: year * 100 + month, st.integers(1900, 2200), st.integers(1, 12))
WORDS = ("", "visits", "people")


@given(day=days)
def test_a_day_is_stored_as_yyyymmdd(day: date) -> None:
    assert types.day_of(types.day_number(day)) == day


@given(first=days, second=days)
def test_day_numbers_sort_as_days_do(first: date, second: date) -> None:
    assert (first < second) == (types.day_number(first) < types.day_number(second))


@pytest.mark.parametrize("number", [0, 20200230, 20201301, 1])
def test_a_number_that_is_no_day(number: int) -> None:
    with pytest.raises(ValueError, match=r"."):
        types.day_of(number)


@given(month=months)
def test_the_end_of_a_month_is_the_eve_of_the_next(month: int) -> None:
    following = types.month_after(month, 1)
    assert types.month_end(month) + timedelta(days=1) == date(following // 100, following % 100, 1)
    assert types.month_number(types.month_end(month)) == month


@given(month=months, count=st.integers(-600, 600))
def test_months_can_be_walked_back(month: int, count: int) -> None:
    assert types.month_after(types.month_after(month, count), -count) == month


@given(first=months, count=st.integers(0, 60))
def test_months_between_are_every_month(first: int, count: int) -> None:
    found = types.months_between(first, types.month_after(first, count))
    assert len(found) == count + 1
    assert found[0] == first
    assert all(types.month_after(before, 1) == after for before, after in pairwise(found))


def test_no_month_between_the_later_and_the_earlier() -> None:
    assert types.months_between(202003, 202001) == []


@pytest.fixture
def kept(engine: Engine) -> tuple[Connection, Table]:
    """A table with a column of each type, on a connection of its own."""
    table = Table(
        "kept",
        MetaData(),
        Column("day", Day),
        Column("amount", Cents),
        Column("unit", Coded(WORDS)),
        prefixes=["TEMPORARY"],
    )
    return engine.connect(), table


def test_column_types_return_stored_values(kept: tuple[Connection, Table]) -> None:
    connection, table = kept
    rows = [
        {"day": date(2020, 2, 29), "amount": Decimal("10.07"), "unit": "people"},
        {"day": date(2019, 12, 31), "amount": Decimal("0.10"), "unit": ""},
        {"day": None, "amount": None, "unit": None},
    ]
    with connection:
        table.create(connection)
        connection.execute(insert(table), rows)
        found = connection.execute(select(table).order_by(table.c.amount.desc().nulls_last())).mappings().all()
        assert [dict(row) for row in found] == rows
        assert connection.scalar(select(func.sum(table.c.amount))) == Decimal("10.17")
        assert connection.scalar(select(func.max(table.c.day))) == date(2020, 2, 29)
        query = select(types.month_of(table.c.day), types.year_of(table.c.day)).order_by(table.c.day)
        assert [tuple(row) for row in connection.execute(query.where(table.c.day.is_not(None)))] == [
            (201912, 2019),
            (202002, 2020),
        ]
        assert connection.scalar(select(table.c.amount).where(table.c.unit == "people")) == Decimal("10.07")


def test_a_word_without_a_rank_is_refused(kept: tuple[Connection, Table]) -> None:
    connection, table = kept
    with connection:
        table.create(connection)
        with pytest.raises(StatementError, match="not in tuple"):
            connection.execute(insert(table).values(unit="unknown"))


def test_days_of_a_column_subtract(kept: tuple[Connection, Table]) -> None:
    connection, table = kept
    first = date(1999, 12, 31)
    around = [first + timedelta(days=count) for count in (*range(1_600), *range(1_600, 40_000, 97))]
    with connection:
        table.create(connection)
        connection.execute(insert(table), [{"day": day} for day in around])
        count = types.day_count(table.c.day)
        lowest = select(func.min(count)).scalar_subquery()
        found = connection.execute(select(table.c.day, count - lowest)).all()
        assert [tuple(row) for row in found] == [(day, (day - first).days) for day, _count in found]
        assert len(found) == len(around)
