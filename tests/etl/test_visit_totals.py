"""The sums of attendance, each grouping set counted again place by place, without what its level leaves out."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select

from data.cube import SET_STRIDE, GroupingSet
from data.engine import reading
from data.facts.attendance import ATTENDANCE_CUBE
from data.schema import attendance_total
from tests import naive
from tests.naive.attendance import suppressed_of

Key = tuple[Any, ...]
SUMMED = ATTENDANCE_CUBE.measures
UNITS = ("visits", "people", "person_days")  # of the demonstration


def _counted(connection: Connection, chosen: GroupingSet) -> dict[Key, dict[str, int]]:
    """By dimensions, unit and period_key: the sums, without those of nothing."""
    facts = naive.read_facts(connection)
    suppressed = suppressed_of(facts)
    sums: dict[Key, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    suppressed.expected(202001)
    labelled = suppressed.labelled or {}
    for unit in UNITS:
        declared = suppressed.by_place(unit)
        for month in {*declared, *labelled}:
            hidden = {
                kind: suppressed(kind, unit, month)[chosen.level]
                for kind in ("declared", "seated", "paired", "expected")
            }
            for place in facts.places:
                key = tuple(
                    getattr(place, name) if name in chosen.dimensions else "" for name in ATTENDANCE_CUBE.dimensions
                )
                value = declared.get(month, {}).get(place.place_id)
                before = declared.get(month - 100, {}).get(place.place_id)
                one: dict[str, int] = defaultdict(int)
                if value is not None and place.place_id not in hidden["declared"]:
                    one |= {"value": value, "reports": 1}
                if value is not None and place.seats and place.place_id not in hidden["seated"]:
                    one |= {"seated_value": value, "seats": place.seats}
                if value is not None and before is not None and place.place_id not in hidden["paired"]:
                    one |= {"twin_now": value, "twin_before": before}
                if place.place_id in labelled.get(month, set()) - hidden["expected"]:
                    one |= {"expected": 1, "answered": int(value is not None)}
                for name, count in one.items():
                    sums[(*key, unit, chosen.period_key(month))][name] += count
    return {
        key: {name: value for name, value in one.items() if value} for key, one in sums.items() if any(one.values())
    }


@pytest.mark.parametrize("chosen", ATTENDANCE_CUBE.sets, ids=lambda one: str(one.number))
def test_a_grouping_set_is_the_sums_of_its_places(demo_engine: Engine, chosen: GroupingSet) -> None:
    columns = attendance_total.c
    keys = [*(columns[name] for name in ATTENDANCE_CUBE.dimensions), columns.unit, columns.period_key]
    query = select(*keys, *(columns[name] for name in SUMMED)).where(columns.period_key // SET_STRIDE == chosen.number)
    with reading(demo_engine) as connection:
        counted = _counted(connection, chosen)
        found = {}
        for row in connection.execute(query):
            sums = {name: value for name, value in zip(SUMMED, row[len(keys) :], strict=True) if value}
            if sums:
                found[tuple(row[: len(keys)])] = sums
    last = max(key[-1] for key in counted)  # expected places run ahead of the load
    assert {key: sums for key, sums in found.items() if key[-1] <= last} == counted
    assert len(counted) > 100


def test_what_was_not_declared_is_null(demo_engine: Engine) -> None:
    with reading(demo_engine) as connection:
        rows = connection.execute(select(attendance_total.c.value, attendance_total.c.reports)).all()
    assert all((value is None) == (reports == 0) for value, reports in rows)
    assert {reports > 0 for _value, reports in rows} == {True, False}


def test_every_row_is_of_a_set_that_is_declared(demo_engine: Engine) -> None:
    number = (attendance_total.c.period_key // SET_STRIDE).label("number")
    with reading(demo_engine) as connection:
        found = set(connection.scalars(select(number).distinct()))
    assert found == {one.number for one in ATTENDANCE_CUBE.sets}
