"""Which grouping set of a cube a selection reads, and which periods of it; the cubes of aid and of attendance."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, Text

from data.cube import Cube, GroupingSet, period_runs, slice_condition
from data.facts.aid import AID_CUBE
from data.facts.attendance import ATTENDANCE_CUBE
from data.facts.suppression import LEVELS, level_for_columns
from data.selection import Selection
from data.types import day_number, day_of, month_end

VISITS = Cube(  # the worked example of `data.cube`
    Table(
        "visit_total",
        MetaData(),
        *(Column(name, Text, primary_key=True) for name in ("kind", "town", "age")),
        Column("period_key", Integer, primary_key=True),
        Column("visits", Integer),
    ),
    dimensions=("town", "age"),
    sets=(
        GroupingSet(1, (), ("month", "year")),
        GroupingSet(2, ("town",), ("month", "year")),
        GroupingSet(9, ("town", "age"), ("day",)),
    ),
)
CUBES = (AID_CUBE, ATTENDANCE_CUBE, VISITS)
AID, ATTENDANCE = AID_CUBE.sets, ATTENDANCE_CUBE.sets


def selection(*filters: str, since: date | None = None, until: date = date(2020, 12, 31)) -> Selection:
    return Selection(tuple((key, ("x",)) for key in filters), since, until)


def test_the_worked_example() -> None:
    caen = VISITS.smallest_set({"town"})
    assert (caen.number, caen.period_key(202012)) == (2, 2_00202012)
    runs = period_runs(VISITS, caen, date(2019, 11, 15), date(2021, 1, 31))
    assert [run.key_bounds for run in runs] == [
        (2_00201912, 2_00201912),
        (2_00002020, 2_00002020),
        (2_00202101, 2_00202101),
        (9_20191115, 9_20191130),
    ]
    assert sum(len(list(run.period_keys())) for run in runs) == 19
    assert (VISITS.keys, VISITS.measures) == (("kind",), ("visits",))


@pytest.mark.parametrize("cube", CUBES, ids=lambda one: one.table.name)
def test_a_cube_is_consistent(cube: Cube) -> None:
    assert set(cube.finest_set.dimensions) == set(cube.dimensions)
    assert len({one.number for one in cube.sets}) == len(cube.sets)
    for at, one in enumerate(cube.sets):
        assert set(one.dimensions) <= set(cube.dimensions)
        assert not any(set(one.dimensions) >= set(other.dimensions) for other in cube.sets[at + 1 :])


@pytest.mark.parametrize("cube", [AID_CUBE, ATTENDANCE_CUBE], ids=lambda one: one.table.name)
def test_the_primary_key_follows_the_dimensions(cube: Cube) -> None:
    assert [one.name for one in cube.table.primary_key] == [*cube.keys, "period_key", *cube.dimensions]


@pytest.mark.parametrize(
    ("cube", "needed", "number"),
    [
        (AID_CUBE, (), 1),
        (AID_CUBE, ("scheme", "dep", "unit", "year"), 1),
        (AID_CUBE, ("day",), 1),
        (AID_CUBE, ("holder_type",), 2),
        (AID_CUBE, ("holder_type", "typologies"), 3),
        (AID_CUBE, ("epci",), 4),
        (AID_CUBE, ("epci", "typologies"), 9),
        (AID_CUBE, ("holder_type", "day"), 9),
        (ATTENDANCE_CUBE, ("unit", "month"), 1),
        (ATTENDANCE_CUBE, ("holder_type",), 2),
        (ATTENDANCE_CUBE, ("typologies", "year"), 3),
        (ATTENDANCE_CUBE, ("dep", "unit"), 4),
        (ATTENDANCE_CUBE, ("dep", "holder_type"), 5),
        (ATTENDANCE_CUBE, ("dep", "typologies"), 6),
        (ATTENDANCE_CUBE, ("epci", "month"), 7),
        (ATTENDANCE_CUBE, ("epci", "holder_type"), 7),
        (ATTENDANCE_CUBE, ("epci", "typologies"), 9),
    ],
)
def test_the_fewest_rows_that_have_what_is_needed(cube: Cube, needed: tuple[str, ...], number: int) -> None:
    assert cube.smallest_set(needed).number == number


def test_attendance_is_read_at_the_level_of_its_columns() -> None:
    names = ATTENDANCE_CUBE.dimensions
    for needed in (chosen for size in range(len(names) + 1) for chosen in combinations(names, size)):
        assert ATTENDANCE_CUBE.smallest_set(needed).level == level_for_columns(needed).number
    assert {one.level for one in ATTENDANCE} == {level.number for level in LEVELS}


DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))


@given(DAYS, st.integers(0, 2000), st.sampled_from(AID), st.sampled_from(((), ("month",), ("day",))))
def test_runs_cover_each_day_of_a_period_once(
    since: date, length: int, chosen: GroupingSet, by: tuple[str, ...]
) -> None:
    until = since + timedelta(days=length)
    covered: list[date] = []
    for run in period_runs(AID_CUBE, chosen, since, until, by):
        assert run.grain in run.grouping_set.grains
        assert not (by == ("month",) and run.grain == "year")
        keys = list(run.period_keys())
        assert (keys[0], keys[-1]) == run.key_bounds
        for key in keys:
            first, last = _ends(key % run.grouping_set.period_key(0))
            covered += [first + timedelta(days=at) for at in range((last - first).days + 1)]
    assert sorted(covered) == [since + timedelta(days=at) for at in range(length + 1)]


def _ends(period: int) -> tuple[date, date]:
    if period < 10_000:
        return date(period, 1, 1), date(period, 12, 31)
    if period < 10_000_000:
        return day_of(period * 100 + 1), month_end(period)
    return day_of(period), day_of(period)


@given(st.none() | DAYS, DAYS)
def test_without_days_a_period_is_its_whole_months(since: date | None, until: date) -> None:
    [run] = period_runs(ATTENDANCE_CUBE, ATTENDANCE[0], since, until)
    assert (run.grouping_set, run.grain) == (ATTENDANCE[0], "month")
    assert since is None or run.first * 100 + 1 >= day_number(since)
    assert month_end(run.last) <= until


@pytest.mark.parametrize(
    ("cube", "asked", "by", "is_range"),
    [
        (AID_CUBE, selection(), (), True),  # years alone
        (AID_CUBE, selection(), ("month",), True),
        (AID_CUBE, selection(until=date(2020, 12, 30)), (), False),  # years, months and days
        (AID_CUBE, selection("epci"), (), False),  # looked up
        (AID_CUBE, selection("epci", "typologie"), (), True),  # days, too many to be looked up
        (ATTENDANCE_CUBE, selection("dep"), (), True),
        (ATTENDANCE_CUBE, selection("epci"), ("month",), False),
    ],
)
def test_a_slice_is_a_range_or_named_periods(cube: Cube, asked: Selection, by: tuple[str, ...], is_range: bool) -> None:
    assert ("BETWEEN" in str(slice_condition(cube, cube.table.c, asked, by))) == is_range
