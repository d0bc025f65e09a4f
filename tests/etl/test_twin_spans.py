"""Runs of months that end twelve months with a pair a year apart."""

from __future__ import annotations

from pathlib import Path
from random import Random

from sqlalchemy import Engine, select

from data.schema import place, twin_span
from data.types import month_after, month_end, months_between
from tests.etl.files import PLACES, deliver


def _declared(place_code: str, month: int) -> dict[str, object]:
    end = month_end(month)
    first = f"01/{month % 100:02d}/{month // 100}"
    return {"id_lieu": place_code, "debut": first, "fin": f"{end:%d/%m/%Y}", "unite": "visites", "valeur": 3}


def _expected(months: set[int]) -> list[tuple[int, int]]:
    """One month after the other: is there a pair among the twelve that end with it?"""
    holding = [
        month
        for month in months_between(201501, 202212)
        if any({month_after(month, -back), month_after(month, -back) - 100} <= months for back in range(12))
    ]
    runs: list[tuple[int, int]] = []
    for month in holding:
        if runs and month_after(runs[-1][1], 1) == month:
            runs[-1] = (runs[-1][0], month)
        else:
            runs.append((month, month))
    return runs


def test_runs_are_those_of_a_count_month_by_month(engine: Engine, tmp_path: Path) -> None:
    random = Random(3)
    all_months = months_between(201601, 202012)
    declared = {
        "TL-01": {month for month in all_months if random.random() < 0.15},
        "TL-02": {201601, 201701, 201801, 201901, 201902, 202002, 202003},
        "TL-03": {month for month in all_months if random.random() < 0.7},
    }
    deliver(engine, tmp_path / "places.csv", PLACES)
    rows = [_declared(code, month) for code, months in declared.items() for month in sorted(months)]
    assert deliver(engine, tmp_path / "attendance.csv", rows).status == "loaded"
    with engine.connect() as connection:
        found = connection.execute(
            select(place.c.code, twin_span.c.first, twin_span.c.last)
            .join(place, place.c.place_id == twin_span.c.place_id)
            .order_by(place.c.code, twin_span.c.first)
        ).all()
    expected = [(code, *run) for code, months in declared.items() for run in _expected(months)]
    assert len({code for code, *_run in expected}) == 3
    assert [tuple(row) for row in found] == expected
