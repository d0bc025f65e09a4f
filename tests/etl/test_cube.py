"""How a cube is filled: a third fact, counted again one by one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Column, Connection, Engine, Integer, MetaData, Table, Text, func, insert, select

from data.cube import YEAR_BEFORE_EARLIEST, Cube, GroupingSet, slice_condition
from data.selection import Selection
from data.types import day_number
from etl.rollups.cube import FineRows, fill, source_of

METADATA = MetaData()
MEETING = Table(
    "toy_meeting",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("day", Integer),
    *(Column(name, Text) for name in ("kind", "epci", "holder_type")),
    Column("people", Integer),
)
SUMS = Cube(
    Table(
        "toy_total",
        METADATA,
        Column("kind", Text, primary_key=True),
        Column("period_key", Integer, primary_key=True, autoincrement=False),
        *(Column(name, Text, primary_key=True) for name in ("epci", "holder_type")),
        Column("meetings", Integer),
        Column("people", Integer),
        Column("first_day", Integer),
    ),
    dimensions=("epci", "holder_type"),
    sets=(
        GroupingSet(1, (), ("month", "year")),
        GroupingSet(2, ("holder_type",), ("day", "month", "year")),
        GroupingSet(3, ("epci", "holder_type"), ("day",)),
    ),
    minimum_measures=("first_day",),
)
KINDS, AREAS, HOLDERS = ("talk", "visit"), ("200066827", "246100663"), ("public", "nonprofit")
LAST = date(2021, 12, 31)


def _meetings() -> list[dict[str, object]]:
    draw = random.Random(1)
    days = [*(LAST - timedelta(days=draw.randrange(1200)) for _ in range(300)), date(1987, 5, 3), date(1999, 2, 1)]
    return [
        {
            "number": number,
            "day": day_number(day),
            "kind": draw.choice(KINDS),
            "epci": draw.choice(AREAS),
            "holder_type": draw.choice(HOLDERS),
            "people": draw.choice((None, 3, 8)),
        }
        for number, day in enumerate(days)
    ]


@pytest.fixture
def filled(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as connection:
        METADATA.create_all(connection)
        connection.execute(insert(MEETING), _meetings())
        rows = MEETING.c
        measures = {"meetings": func.count(), "people": func.sum(rows.people), "first_day": func.min(rows.day)}
        fill(connection, SUMS, lambda _finest: [FineRows(MEETING, rows.day, measures)], {"kind": KINDS})
        yield connection
        METADATA.drop_all(connection)


SELECTIONS = [
    (filters, since, until)
    for filters in (
        (),
        (("porteur", ("public",)),),
        (("epci", AREAS[:1]),),
        (("epci", AREAS), ("porteur", ("public",))),
    )
    for since, until in (
        (None, LAST),
        (None, date(2020, 2, 29)),
        (date(2019, 3, 10), date(2021, 3, 20)),
        (date(2020, 5, 2), date(2020, 5, 9)),
        (date(2020, 1, 1), date(2020, 12, 31)),
    )
]


@pytest.mark.parametrize("by", [(), ("month",), ("day",), ("holder_type",), ("epci", "month")])
def test_a_slice_adds_up_to_the_rows_of_the_fact(filled: Connection, by: tuple[str, ...]) -> None:
    found = 0
    for filters, since, until in SELECTIONS:
        selection = Selection(filters, since, until)
        sums = SUMS.table.c
        kept = (slice_condition(SUMS, sums, selection, by), *selection.where(sums, ("epci", "porteur")))
        answer = tuple(
            filled.execute(
                select(func.sum(sums.meetings), func.sum(sums.people), func.min(sums.first_day)).where(*kept)
            ).one()
        )
        within = MEETING.c.day.between(day_number(since) if since else 0, day_number(until))
        expected = filled.execute(
            select(func.count(), func.sum(MEETING.c.people), func.min(MEETING.c.day)).where(
                within, *selection.where(MEETING.c, ("epci", "porteur"))
            )
        ).one()
        assert (answer[0] or 0, *answer[1:]) == tuple(expected), selection
        found += expected[0]
    assert found > 1000


def test_what_was_before_every_date_counts_in_one_period(filled: Connection) -> None:
    keys = set(filled.scalars(select(SUMS.table.c.period_key).where(SUMS.table.c.first_day < 20000101)))
    periods = {
        1: (YEAR_BEFORE_EARLIEST * 100 + 1, YEAR_BEFORE_EARLIEST),
        2: (YEAR_BEFORE_EARLIEST * 10_000 + 101, YEAR_BEFORE_EARLIEST * 100 + 1, YEAR_BEFORE_EARLIEST),
    }
    periods[3] = (YEAR_BEFORE_EARLIEST * 10_000 + 101,)
    assert keys == {one.period_key(period) for one in SUMS.sets for period in periods[one.number]}


def test_filling_again_starts_from_nothing(filled: Connection) -> None:
    assert filled.scalar(select(func.count()).select_from(SUMS.table))
    fill(filled, SUMS, lambda _finest: [], {"kind": KINDS})
    assert not filled.scalar(select(func.count()).select_from(SUMS.table))


def test_each_set_and_grain_comes_from_the_fewest_rows_that_hold_it() -> None:
    whole, holders, finest = SUMS.sets
    assert source_of(SUMS, finest, "day") is None
    assert source_of(SUMS, holders, "day") == (finest, "day")
    assert source_of(SUMS, holders, "month") == (holders, "day")
    assert source_of(SUMS, whole, "month") == (holders, "month")
    assert source_of(SUMS, whole, "year") == (whole, "month")


def test_a_level_of_disclosure_is_computed_from_its_own_rows() -> None:
    sets = (
        GroupingSet(1, (), ("month",), level=1),
        GroupingSet(2, ("holder_type",), ("month",), level=1),
        GroupingSet(3, ("epci", "holder_type"), ("month",), level=2),
    )
    cube = Cube(SUMS.table, SUMS.dimensions, sets)
    assert source_of(cube, sets[0], "month") == (sets[1], "month")
    assert source_of(cube, sets[1], "month") is None
