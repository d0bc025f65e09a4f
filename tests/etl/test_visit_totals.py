"""The sums of attendance, each cut counted again place by place, without what its level leaves out."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, func, select

from data.engine import reading
from data.facts.visit_cuts import ALL, CUTS, EVERY, KEPT, Cut
from data.schema import attendance_scope, attendance_total
from etl.rollups.visit_totals import SUMMED
from tests import naive
from tests.naive.attendance import suppressed_of

Key = tuple[Any, ...]
UNITS = ("visits", "people", "person_days")  # of the demonstration


def _counted(connection: Connection, cut: Cut) -> dict[Key, dict[str, int]]:
    """By what the cut keeps, unit and month: the sums, without those of nothing."""
    facts = naive.read_facts(connection)
    suppressed = suppressed_of(facts)
    sums: dict[Key, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    suppressed.expected(202001)
    labelled = suppressed.labelled or {}
    for unit in UNITS:
        declared = suppressed.by_place(unit)
        for month in {*declared, *labelled}:
            hidden = {
                kind: suppressed(kind, unit, month)[cut.level.number]
                for kind in ("declared", "seated", "paired", "expected")
            }
            for place in facts.places:
                key = tuple(getattr(place, name) if name in cut.keeps else "" for name in KEPT)
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
                    sums[(*key, unit, month)][name] += count
    return {
        key: {name: value for name, value in one.items() if value} for key, one in sums.items() if any(one.values())
    }


@pytest.mark.parametrize("cut", CUTS, ids=lambda cut: str(cut.number))
def test_a_cut_is_the_sums_of_its_places(demo_engine: Engine, cut: Cut) -> None:
    keys = [*(attendance_scope.c[name] for name in KEPT), attendance_total.c.unit, attendance_total.c.month]
    query = select(*keys, *(attendance_total.c[name] for name in SUMMED)).join(
        attendance_scope, attendance_scope.c.scope == attendance_total.c.scope
    )
    with reading(demo_engine) as connection:
        counted = _counted(connection, cut)
        found = {}
        for row in connection.execute(query.where(attendance_scope.c.cut == cut.number)):
            sums = {name: value for name, value in zip(SUMMED, row[len(keys) :], strict=True) if value}
            if sums:
                found[tuple(row[: len(keys)])] = sums
    last = max(key[-1] for key in counted)  # expected places run ahead of the load
    assert {key: sums for key, sums in found.items() if key[-1] <= last} == counted
    assert len(counted) > 100


def test_what_nobody_declared_is_unknown(demo_engine: Engine) -> None:
    with reading(demo_engine) as connection:
        rows = connection.execute(select(attendance_total.c.value, attendance_total.c.reports)).all()
    assert all((value is None) == (reports == 0) for value, reports in rows)
    assert {reports > 0 for _value, reports in rows} == {True, False}


def test_every_row_is_of_one_scope_of_one_cut(demo_engine: Engine) -> None:
    with reading(demo_engine) as connection:
        scopes = connection.execute(select(attendance_scope.c.scope, attendance_scope.c.cut)).all()
        assert len({one.scope for one in scopes}) == len(scopes)
        assert {one.cut for one in scopes} == {cut.number for cut in CUTS}
        rows = connection.scalar(select(func.count()).select_from(attendance_total))
        assert connection.scalar(select(func.count()).select_from(EVERY)) == rows
        assert ALL in CUTS
