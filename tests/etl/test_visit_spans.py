"""Runs of months that end twelve months with visits declared, or with a pair a year apart."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, select, text

from data.facts.suppression import EVERY_LEVEL, REGION, REGION_TYPOLOGY
from data.queries.comparable_places import read_comparison
from data.schema import place, visit_span
from data.selection import Selection
from data.types import month_after, month_end, months_between
from tests.etl.deliveries import PLACES, deliver


def _declared(place_code: str, month: int) -> dict[str, object]:
    end = month_end(month)
    first = f"01/{month % 100:02d}/{month // 100}"
    return {"id_lieu": place_code, "debut": first, "fin": f"{end:%d/%m/%Y}", "unite": "visites", "valeur": 3}


def _expected(months: set[int], kind: str) -> list[tuple[int, int]]:
    """One month after the other: is there one that counts among the twelve that end with it?"""
    counting = months if kind == "declared" else {month for month in months if month - 100 in months}
    holding = [
        month
        for month in months_between(201501, 202212)
        if any(month_after(month, -back) in counting for back in range(12))
    ]
    runs: list[tuple[int, int]] = []
    for month in holding:
        if runs and month_after(runs[-1][1], 1) == month:
            runs[-1] = (runs[-1][0], month)
        else:
            runs.append((month, month))
    return runs


ALL_MONTHS = months_between(201601, 202012)


def _deliver_some(engine: Engine, folder: Path) -> dict[str, set[int]]:
    random = Random(3)
    declared = {
        "TL-01": {month for month in ALL_MONTHS if random.random() < 0.15},
        "TL-02": {201601, 201701, 201801, 201901, 201902, 202002, 202003},
        "TL-03": {month for month in ALL_MONTHS if random.random() < 0.7},
    }
    deliver(engine, folder / "places.csv", PLACES)
    rows = [_declared(code, month) for code, months in declared.items() for month in sorted(months)]
    assert deliver(engine, folder / "attendance.csv", rows).status == "loaded"
    return declared


def test_runs_are_those_of_a_count_month_by_month(engine: Engine, tmp_path: Path) -> None:
    """TL-02 is private, and alone: no level publishes a month of it."""
    declared = _deliver_some(engine, tmp_path)
    with engine.connect() as connection:
        found = connection.execute(
            select(visit_span.c.kind, place.c.code, visit_span.c.level, visit_span.c.first, visit_span.c.last)
            .join(place, place.c.place_id == visit_span.c.place_id)
            .order_by(visit_span.c.kind, place.c.code, visit_span.c.first)
        ).all()
    expected = [
        (kind, code, EVERY_LEVEL, *run)
        for kind in ("declared", "paired")
        for code, months in declared.items()
        for run in _expected(months, kind)
        if code != "TL-02"
    ]
    assert len({(kind, code) for kind, code, *_run in expected}) == 4
    assert [tuple(row) for row in found] == expected


def test_a_private_place_counts_at_the_levels_that_publish_it(engine: Engine, tmp_path: Path) -> None:
    private = [{**PLACES[1], "id_lieu": f"TL-1{rank}", "code_insee": code} for rank, code in enumerate(_APART)]
    deliver(engine, tmp_path / "places.csv", private)
    deliver(engine, tmp_path / "attendance.csv", [_declared(str(one["id_lieu"]), 202001) for one in private])
    with engine.connect() as connection:
        levels = {tuple(row) for row in connection.execute(select(place.c.code, visit_span.c.level).join(place))}
    everywhere = {(one["id_lieu"], level.number) for one in private for level in (REGION, REGION_TYPOLOGY)}
    assert levels == everywhere  # three départements: none publishes its only one


_APART = ("14118", "50502", "61001")


def test_places_that_declared_in_a_year_are_those_of_a_count_month_by_month(engine: Engine, tmp_path: Path) -> None:
    declared = _deliver_some(engine, tmp_path)
    counts = set[int]()
    with engine.connect() as connection:
        for last in ALL_MONTHS[11::5]:
            year = months_between(month_after(last, -11), last)
            published = [months for code, months in declared.items() if code != "TL-02"]
            found = read_comparison(connection, Selection((), None, month_end(last), True))
            assert found.declared == sum(any(month in year for month in months) for months in published), last
            pairs = [{month for month in months if month - 100 in months} for months in published]
            assert found.places == sum(any(month in year for month in months) for months in pairs), last
            counts.add(found.declared)
    assert len(counts) > 1


def test_postgresql_knows_the_rows_that_a_load_wrote_when_it_sums_them(engine: Engine, tmp_path: Path) -> None:
    """It plans by its own counts: without them a join of a million rows looked through all of them for each."""
    if engine.dialect.name == "sqlite":
        pytest.skip("SQLite plans by keys")
    deliver(engine, tmp_path / "places.csv", PLACES)
    deliver(
        engine, tmp_path / "attendance.csv", [_declared("TL-01", month) for month in months_between(201901, 201912)]
    )
    counted = text("SELECT reltuples FROM pg_class WHERE relname = :name")
    with engine.connect() as connection:
        known = {name: connection.scalar(counted, {"name": name}) for name in ("attendance", "attendance_month")}
    assert known == {"attendance": 12, "attendance_month": 12}
