"""The sums of attendance, each cut counted again place by place."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, func, select

from data.codes import UNITS
from data.engine import reading
from data.facts.scope import scope
from data.facts.visit_cuts import ALL, COARSE, EVERY, KEPT, Cut
from data.schema import attendance_month, attendance_scope, attendance_total, commune, label_month, live, place_version
from etl.rollups.visit_totals import SUMMED

Key = tuple[Any, ...]


def _places(connection: Connection) -> dict[int, Any]:
    kept = scope(place_version.c.holder_type, place_version.c.typologies)
    query = select(place_version.c.place_id, place_version.c.seats, *kept)
    query = query.join(commune, commune.c.code == place_version.c.commune).where(live(place_version))
    return {row.place_id: row for row in connection.execute(query)}


def _counted(connection: Connection, cut: Cut) -> dict[Key, dict[str, int]]:
    """By what the cut keeps, and month: the sums, without those of nothing."""
    places = _places(connection)
    expected = {(row.place_id, row.month) for row in connection.execute(select(label_month))}
    declared = {(row.place_id, row.month, row.unit): row.value for row in connection.execute(select(attendance_month))}
    sums: dict[Key, dict[str, int]] = defaultdict(lambda: defaultdict(int))

    def sum_of(place_id: int, month: int) -> dict[str, int]:
        kept = (getattr(places[place_id], name) if name in ("dep", *cut.keeps) else "" for name in KEPT)
        return sums[(*kept, month)]

    for place_id, month in expected:
        sum_of(place_id, month)["expected"] += 1
        for unit in UNITS[1:]:
            sum_of(place_id, month)[f"answered_{unit}"] += (place_id, month, unit) in declared
    for (place_id, month, unit), value in declared.items():
        if unit != "visits":
            continue
        one, seats = sum_of(place_id, month), places[place_id].seats
        before = declared.get((place_id, month - 100, unit))
        one["value"] += value
        one["reports"] += 1
        if seats:
            one["seated_value"] += value
            one["seats"] += seats
        if before is not None:
            one["twin_now"] += value
            one["twin_before"] += before
    return {key: dict(one) for key, one in sums.items()}


@pytest.mark.parametrize("cut", [*COARSE, ALL], ids=lambda cut: str(cut.number))
def test_a_cut_is_the_sums_of_its_places(demo_engine: Engine, cut: Cut) -> None:
    keys = [*(attendance_scope.c[name] for name in KEPT), attendance_total.c.month]
    query = select(*keys, *(attendance_total.c[name] for name in SUMMED)).join(
        attendance_scope, attendance_scope.c.scope == attendance_total.c.scope
    )
    with reading(demo_engine) as connection:
        counted = _counted(connection, cut)
        rows = connection.execute(query.where(attendance_scope.c.cut == cut.number))
        found = {tuple(row[: len(keys)]): row[len(keys) :] for row in rows}
    assert found.keys() == counted.keys()
    assert len(found) > 100
    for key, row in found.items():
        assert {name: value for name, value in zip(SUMMED, row, strict=True) if value} == {
            name: value for name, value in counted[key].items() if value
        }


def test_what_nobody_declared_is_unknown(demo_engine: Engine) -> None:
    with reading(demo_engine) as connection:
        rows = connection.execute(select(attendance_total.c.value, attendance_total.c.reports)).all()
    assert all((value is None) == (reports == 0) for value, reports in rows)
    assert {reports > 0 for _value, reports in rows} == {True, False}


def test_every_row_is_of_one_scope_of_one_cut(demo_engine: Engine) -> None:
    with reading(demo_engine) as connection:
        scopes = connection.execute(select(attendance_scope.c.scope, attendance_scope.c.cut)).all()
        assert len({one.scope for one in scopes}) == len(scopes)
        assert {one.cut for one in scopes} == {cut.number for cut in (*COARSE, ALL)}
        rows = connection.scalar(select(func.count() * len(UNITS[1:])).select_from(attendance_total))
        assert connection.scalar(select(func.count()).select_from(EVERY)) == rows
