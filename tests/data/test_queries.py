"""What pages ask first: the default date, the targets, the state of the sources, the last load."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.engine import reading, writing
from data.queries.options import read_filter_options, read_last_day
from data.queries.sources import read_is_demonstration, read_last_load, read_provenance
from data.queries.targets import Target, read_target
from data.queries.territories import read_outlines, read_selected_intercommunalites
from data.selection import Selection
from etl import rollups
from etl.loading.rollback import attendance_pairs, roll_back
from tests.conftest import TODAY
from tests.etl.deliveries import FIRST_LOAD, PLACES, deliver

VISIT = {"id_lieu": "TL-01", "debut": "01/01/2020", "fin": "31/01/2020", "unite": "visites", "valeur": "120"}
AID = {"reference": "D-1", "dispositif": "emergence", "beneficiaire": "A", "montant_vote": "8000"}
TARGET = Target(50.0, date(2021, 12, 31), date(2018, 9, 10), 17.0, "presse")


def _undo(engine: Engine, load_id: int) -> None:
    with writing(engine) as connection:
        rollups.mark_changed_months(connection, [attendance_pairs(load_id)])
        rollups.refresh(connection, roll_back(connection, load_id), TODAY)


def _last_day(engine: Engine, today: date = TODAY) -> date | None:
    with reading(engine) as connection:
        return read_last_day(connection, today)


def test_the_default_date_follows_the_latest_fact(engine: Engine, tmp_path: Path) -> None:
    assert _last_day(engine) is None
    deliver(engine, tmp_path / "p.csv", PLACES)
    assert _last_day(engine) is None  # a place is no dated fact
    deliver(engine, tmp_path / "v.csv", [VISIT])
    assert _last_day(engine) == date(2020, 1, 31)
    deliver(engine, tmp_path / "l.csv", [{"id_lieu": "TL-01", "etape": "labellisé", "date": "15/05/2019"}])
    assert _last_day(engine) == date(2020, 1, 31)
    voted = deliver(engine, tmp_path / "a.csv", [{**AID, "date_vote": "14/12/2020"}])
    assert _last_day(engine) == date(2020, 12, 14)
    assert _last_day(engine, date(2020, 6, 1)) == date(2020, 1, 31)
    with reading(engine) as connection:
        assert read_filter_options(connection, TODAY).until == date(2020, 12, 14)
    assert voted.load is not None
    _undo(engine, voted.load)
    assert _last_day(engine) == date(2020, 1, 31)


def test_a_vote_to_come_is_not_the_latest_fact(engine: Engine, tmp_path: Path) -> None:
    rows = [{**AID, "date_vote": "14/12/2020"}, {**AID, "reference": "D-2", "date_vote": "14/12/2026"}]
    deliver(engine, tmp_path / "a.csv", rows)
    assert _last_day(engine) == date(2020, 12, 14)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2018, 9, 9), None),
        (date(2018, 9, 10), 17.0),
        (date(2021, 12, 31), 50.0),
        (date(2024, 1, 1), 50.0),
        (date(2020, 5, 6), pytest.approx(33.5, abs=0.03)),
    ],
)
def test_the_value_expected_at_a_date(day: date, expected: float | None) -> None:
    assert TARGET.expected_at(day) == expected


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_expected_labels_never_decrease(first: date, second: date) -> None:
    values = [TARGET.expected_at(day) for day in sorted((first, second))]
    known = [value for value in values if value is not None]
    assert known == sorted(known)
    assert all(17 <= value <= 50 for value in known)


@pytest.mark.parametrize(
    "target",
    [
        Target(50.0, date(2021, 12, 31), None, None, ""),
        Target(50.0, date(2021, 12, 31), date(2018, 9, 10), None, ""),
        Target(50.0, date(2021, 12, 31), date(2021, 12, 31), 17.0, ""),
        Target(50.0, date(2021, 12, 31), date(2022, 12, 31), 17.0, ""),
    ],
    ids=["no baseline", "no value", "baseline at the due date", "baseline after it"],
)
def test_without_a_line_nothing_is_expected_before_the_due_date(target: Target) -> None:
    assert target.expected_at(date(2021, 12, 30)) is None
    assert target.expected_at(date(2021, 12, 31)) == 50.0


def test_the_target_of_a_selection(engine: Engine, tmp_path: Path) -> None:
    def row(value: int, due: str, territory: str = "") -> dict[str, str]:
        named = {"indicateur": "lieux-labellises", "territoire": territory, "source": "vote"}
        return {**named, "echeance": due, "valeur": str(value)}

    deliver(engine, tmp_path / "t.csv", [row(80, "31/12/2025"), row(9, "31/12/2021", "61")])

    def asked(query: str, slug: str = "lieux-labellises") -> float | None:
        with reading(engine) as connection:
            selection, _ = Selection.from_query(query, read_filter_options(connection, TODAY))
            found = read_target(connection, slug, selection)
        return found.value if found else None

    assert asked("au=2021-12-31") == 50  # the next one due
    assert asked("au=2022-01-01") == 80
    assert asked("au=2026-01-01") == 80  # the last one due
    assert asked("dep=61&au=2020-01-01") == 9
    assert asked("dep=14") is None
    assert asked("dep=14,61") is None
    assert asked("dep=61&epci=200066827") is None
    assert asked("porteur=prive") is None
    assert asked("", "visites") is None


def test_the_state_of_sources(engine: Engine, tmp_path: Path) -> None:
    deliver(engine, tmp_path / "p.csv", PLACES)
    rows = [VISIT, {**VISIT, "debut": "01/02/2020", "fin": "28/02/2020"}, {**VISIT, "id_lieu": "TL-99"}]
    deliver(engine, tmp_path / "v.csv", rows)
    deliver(engine, tmp_path / "a.csv", [{**AID, "date_vote": "14/12/2020"}, {**AID, "reference": "D-2"}])
    with reading(engine) as connection:
        found = read_provenance(connection).states
    assert {name: (state.last_day, state.rejects, float(state.rejected_amount)) for name, state in found.items()} == {
        "attendance": (date(2020, 2, 28), 1, 0.0),
        "aids": (date(2020, 12, 14), 1, 8000.0),
        "annotations": (date(2026, 3, 15), 0, 0.0),  # packaged: set in advance, never said to be a last fact
    }


def test_the_last_load_and_whether_it_is_the_demonstration(engine: Engine, tmp_path: Path) -> None:
    def state() -> tuple[int | None, bool]:
        with reading(engine) as connection:
            return read_last_load(connection), read_is_demonstration(connection)

    assert state() == (FIRST_LOAD - 1, False)
    deliver(engine, tmp_path / "demo.csv", PLACES[:2], kind="demo")
    assert state() == (FIRST_LOAD, True)
    deliver(engine, tmp_path / "p.csv", PLACES)
    assert state() == (FIRST_LOAD + 1, False)
    _undo(engine, FIRST_LOAD + 1)
    assert state() == (FIRST_LOAD, True)


def test_the_intercommunalites_of_a_selection(engine: Engine) -> None:
    with reading(engine) as connection:
        options = read_filter_options(connection, TODAY)
        frames = {
            query: read_selected_intercommunalites(connection, Selection.from_query(query, options)[0])
            for query in ("", "dep=61", "dep=61&porteur=prive")
        }
        outlines = read_outlines(connection)
    whole, orne = frames[""], frames["dep=61"]
    assert len(whole) == 71
    assert sum(one.seat_in_normandie for one in whole) == 69
    assert sorted(one.name for one in whole) == [one.name for one in whole]
    assert 0 < len(orne) < 71
    assert set(orne) < set(whole)  # with the same population: whole, even astride two départements
    assert frames["dep=61&porteur=prive"] == orne
    assert set(outlines.epci) == {one.code for one in whole}
    assert set(outlines.departement) == {"14", "27", "50", "61", "76"}
    assert outlines.source
