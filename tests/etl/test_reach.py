"""Communes within 15 km of a labelled place, and when."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from data.engine import reading
from data.schema import reach_span
from etl.rollups.reach import Period, unbroken
from tests.etl.deliveries import deliver

CAEN, ALENCON = "14118", "61001"
JAN, JUN, SEP = date(2019, 1, 1), date(2019, 6, 1), date(2019, 9, 1)


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        ([], []),
        ([("public", JAN, None)], [("public", JAN, None)]),
        ([("public", JAN, JUN), ("public", JUN, SEP)], [("public", JAN, SEP)]),  # they touch
        ([("public", JAN, SEP), ("public", JUN, JUN)], [("public", JAN, SEP)]),  # one within the other
        ([("public", JAN, None), ("public", JUN, SEP)], [("public", JAN, None)]),
        ([("public", JAN, JUN), ("public", JUN, None)], [("public", JAN, None)]),
        ([("public", JAN, JUN), ("public", SEP, None)], [("public", JAN, JUN), ("public", SEP, None)]),
        ([("private", JAN, None), ("public", JUN, SEP)], [("private", JAN, None), ("public", JUN, SEP)]),
    ],
)
def test_adjacent_periods_are_merged(periods: list[Period], expected: list[Period]) -> None:
    assert list(unbroken(periods)) == expected


def _reached(engine: Engine) -> dict[str, list[Period]]:
    found: dict[str, list[Period]] = {}
    with reading(engine) as connection:
        for row in connection.execute(select(reach_span).order_by(reach_span.c.commune, reach_span.c.started)):
            found.setdefault(row.commune, []).append((row.holder_type, row.started, row.ended))
    return found


def _place(code: str, commune: str, **more: str) -> dict[str, str]:
    return {"id_lieu": code, "nom": code, "code_insee": commune, "porteur": "P", "type_porteur": "public", **more}


def _label(code: str, step: str, day: str) -> dict[str, str]:
    return {"id_lieu": code, "etape": step, "date": day}


def test_the_reach_follows_labels_and_places(engine: Engine, tmp_path: Path) -> None:
    deliver(engine, tmp_path / "p.csv", [_place("A", CAEN), _place("B", CAEN)])
    assert _reached(engine) == {}
    labels = [_label("A", "labellisé", "2019-01-01"), _label("A", "retiré", "2019-06-01")]
    labels += [_label("B", "labellisé", "2019-06-01")]
    deliver(engine, tmp_path / "l.csv", labels)
    found = _reached(engine)
    assert found[CAEN] == [("public", JAN, None)]  # one follows the other without a day between
    assert ALENCON not in found
    assert 20 < len(found) < 200  # the communes around Caen

    moved = _place("B", CAEN, longitude="0.09316", latitude="48.43110")  # at Alençon, whatever its commune
    deliver(engine, tmp_path / "q.csv", [_place("A", CAEN), moved])
    found = _reached(engine)
    assert found[CAEN] == [("public", JAN, JUN)]
    assert found[ALENCON] == [("public", JUN, None)]
