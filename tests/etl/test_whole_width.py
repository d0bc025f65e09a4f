"""The sources beside places, labels, aids and attendance: each loads from a file as the Région writes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import Engine, Table, select

from data.engine import writing
from data.schema import activity, aid_step, envelope, is_live, mediation_place, reject, session
from etl import rollups
from etl.loading.rollback import RollbackRefused, attendance_pairs, roll_back
from tests.conftest import TODAY, FilledEngine
from tests.etl.deliveries import FIRST_LOAD, PLACES, contents, deliver

pytestmark = [pytest.mark.without_coverage, pytest.mark.fewer_on_postgresql(3)]

AID = {
    "reference": "D-1",
    "dispositif": "Émergence",
    "id_lieu": "TL-01",
    "beneficiaire": "Asso  Été",
    "date_vote": "18/03/2019",
    "montant_vote": "8 000,00 €",
}
AID_LOAD = FIRST_LOAD + 1  # after that of the places
ROWS: dict[str, tuple[Table, list[dict[str, str]], dict[str, object]]] = {
    "sessions": (
        session,
        [{"date": "14/12/2026", "libelle": "Commission permanente"}],
        {"label": "Commission permanente"},
    ),
    "envelopes": (
        envelope,
        [{"dispositif": "Émergence", "exercice": "2026", "type_credit": "AE", "montant": "120 000 €"}],
        {"scheme": "emergence", "credit": "AE", "fiscal_year": 2026, "amount": 120_000},
    ),
    "aid-steps": (
        aid_step,
        [{"reference": "D-1", "etape": "acompte", "date": "02/05/2019", "montant": "3 000"}],
        {"step": "instalment", "number": 0, "origin": "aid-steps", "amount": 3_000},
    ),
    "activities": (
        activity,
        [
            {
                "id_action": "A-1",
                "partenaire": "Aract",
                "type": "rencontre préalable",
                "date": "02/02/2019",
                "porteur": " Asso  ÉTÉ ",
                "code_insee": "14118",
            }
        ],
        {"code": "A-1", "partner": "aract", "kind": "prior_meeting", "holder_key": "asso ete", "participants": None},
    ),
    "activities-openagenda": (
        activity,
        [
            {
                "uid": "77",
                "title": "Portes ouvertes",
                "begin": "2026-05-01T18:00:00+02:00",
                "city": "CAEN CEDEX 4",
                "postal_code": "14053",
                "state": "2",
                "status": "1",
            }
        ],
        {"code": "openagenda-77", "kind": "event", "partner": None, "commune": "14118"},
    ),
    "mediation-places": (
        mediation_place,
        [
            {
                "id": "epn-1",
                "nom": "EPN du centre",
                "commune": "St-Lô",
                "code_postal": "50000",
                "longitude": "49,1162",
                "latitude": "-1,0903",
                "telephone": "02 31 00 00 00",
                "presentation_detail": "Écrire à a@b.fr",
            }
        ],
        {"code": "epn-1", "commune": "50502", "lon": -1.0903, "lat": 49.1162},
    ),
}


def _places_and_an_aid(engine: Engine) -> None:
    """Three places and an aid file."""
    with TemporaryDirectory() as folder:
        assert deliver(engine, Path(folder) / "places.csv", PLACES).status == "loaded"
        report = deliver(engine, Path(folder) / "aides.csv", [AID])
        assert (report.status, report.load) == ("loaded", AID_LOAD)


@pytest.fixture
def filled(filled_engine: FilledEngine) -> Iterator[Engine]:
    with filled_engine(_places_and_an_aid) as engine:
        yield engine


def _undo(engine: Engine, load_id: int) -> None:
    with writing(engine) as connection:
        rollups.mark_changed_months(connection, [attendance_pairs(load_id)])
        rollups.refresh(connection, roll_back(connection, load_id), TODAY)


def _rows(engine: Engine, table: Table, load_id: int | None) -> list[dict[str, object]]:
    with engine.connect() as connection:
        query = select(table).where(is_live(table), table.c.load_id == load_id).order_by(table.c.line)
        return [dict(row) for row in connection.execute(query).mappings()]


@pytest.mark.parametrize("source", ROWS)
def test_each_source_loads_is_recognised_and_loads_once(filled: Engine, tmp_path: Path, source: str) -> None:
    table, rows, expected = ROWS[source]
    report = deliver(filled, tmp_path / "x.csv", rows)
    assert (report.source, report.status, report.accepted) == (source, "loaded", len(rows)), report
    (row,) = _rows(filled, table, report.load)
    assert {name: row[name] for name in expected} == expected
    assert deliver(filled, tmp_path / "x.csv", rows).status == "already_loaded"
    again = deliver(filled, tmp_path / "y.csv", [{**rows[0], "inconnue": "x"}])
    assert again.status == "already_loaded"


def test_no_contact_enters_the_database(filled: Engine, tmp_path: Path) -> None:
    rows = [{**ROWS["mediation-places"][1][0], "adresse": "Place X, 02 31 00 00 00, a@b.fr", "courriels": "a@b.fr"}]
    report = deliver(filled, tmp_path / "x.csv", rows)
    (row,) = _rows(filled, mediation_place, report.load)
    text = json.dumps(row, default=str, ensure_ascii=False)
    assert "a@b.fr" not in text
    assert "02 31" not in text
    assert "Place X, •••, •••" in text


def test_a_step_of_an_unknown_file_waits_for_it(filled: Engine, tmp_path: Path) -> None:
    step = ROWS["aid-steps"][1][0]
    report = deliver(
        filled,
        tmp_path / "x.csv",
        [step, {**step, "reference": "D-9"}, {**step, "etape": "paiement", "montant": "-20"}],
    )
    assert (report.accepted, report.rejected) == (1, 2)
    assert "chargez d’abord" in report.problems[0].message
    with filled.connect() as connection:
        assert connection.scalars(select(reject.c.amount).order_by(reject.c.line)).all() == [3_000, 20]


EVENT = ROWS["activities-openagenda"][1][0]


def _codes(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(select(activity.c.code).where(is_live(activity)).order_by(activity.c.code)))


def test_events_not_published_or_cancelled_are_left_out_and_reported(filled: Engine, tmp_path: Path) -> None:
    rows = [
        EVENT,
        {**EVENT, "uid": "78", "state": "0"},
        {**EVENT, "uid": "79", "status": "6"},
        {**EVENT, "uid": "80", "status": "Annulé"},
        {**EVENT, "uid": "81", "city": "Paris", "postal_code": "75001"},
        {**EVENT, "uid": "82", "city": "Nulle part"},
        {**EVENT, "uid": "83", "state": "", "status": "2"},
    ]
    report = deliver(filled, tmp_path / "x.csv", rows)
    assert (report.status, report.accepted, report.warnings) == ("loaded", 7, 5)
    assert [(one.line, one.column) for one in report.remarks] == [
        (3, "state"), (4, "status"), (5, "status"), (6, "city"), (7, "city")
    ]  # fmt: skip
    assert _codes(filled) == [f"openagenda-{uid}" for uid in (77, 81, 82, 83)]


def test_an_event_cancelled_later_ends_and_comes_back_with_the_rollback(filled: Engine, tmp_path: Path) -> None:
    deliver(filled, tmp_path / "x.csv", [EVENT])
    before = contents(filled)
    report = deliver(filled, tmp_path / "y.csv", [{**EVENT, "status": "6"}])
    assert (report.status, _codes(filled)) == ("loaded", [])
    assert (report.added, report.replaced, report.unchanged, report.ended) == (0, 0, 0, 1)
    assert report.load is not None
    _undo(filled, report.load)
    assert contents(filled) == before


@pytest.mark.parametrize("source", ROWS)
def test_rollback_brings_back_the_exact_state_before(filled: Engine, tmp_path: Path, source: str) -> None:
    before = contents(filled)
    report = deliver(filled, tmp_path / "x.csv", ROWS[source][1])
    assert report.load is not None
    assert contents(filled) != before
    _undo(filled, report.load)
    assert contents(filled) == before


def test_an_aid_file_cannot_be_taken_back_under_its_steps(filled: Engine, tmp_path: Path) -> None:
    steps = deliver(filled, tmp_path / "x.csv", ROWS["aid-steps"][1])
    with pytest.raises(RollbackRefused, match=f"chargement {steps.load} repose"):
        _undo(filled, AID_LOAD)


def test_the_same_aid_file_again_leaves_the_steps_of_the_follow_up(filled: Engine, tmp_path: Path) -> None:
    deliver(filled, tmp_path / "x.csv", ROWS["aid-steps"][1])
    deliver(filled, tmp_path / "aides.csv", [{**AID, "montant_vote": "9 000"}])
    with filled.connect() as connection:
        kept = connection.execute(select(aid_step.c.origin, aid_step.c.amount).where(is_live(aid_step))).all()
    assert sorted(tuple(row) for row in kept) == [("aid-steps", 3_000), ("aids", 9_000)]


def test_a_step_given_again_at_another_amount_is_a_correction(filled: Engine, tmp_path: Path) -> None:
    step = ROWS["aid-steps"][1][0]
    deliver(filled, tmp_path / "x.csv", [step, {**step, "numero": "2", "montant": "500"}])
    report = deliver(filled, tmp_path / "y.csv", [{**step, "numero": "0", "montant": "3 100"}])
    assert (report.accepted, report.replaced) == (1, 1)


def test_the_demonstration_ends_with_its_activities_and_steps(engine: Engine, tmp_path: Path) -> None:
    deliver(engine, tmp_path / "places.csv", PLACES, kind="demo")
    deliver(engine, tmp_path / "aides.csv", [AID], kind="demo")
    for source, (_table, rows, _expected) in ROWS.items():
        assert deliver(engine, tmp_path / f"{source}.csv", rows, kind="demo").status == "loaded"
    deliver(engine, tmp_path / "reel.csv", [{**PLACES[0], "nom": "Un vrai lieu"}])
    with engine.connect() as connection:
        for table in {table for table, *_ in ROWS.values()}:
            assert connection.execute(select(table).where(is_live(table))).first() is None
    refused = deliver(engine, tmp_path / "etapes.csv", [{**ROWS["aid-steps"][1][0], "montant": "1"}])
    assert refused.status == "refused"


def test_contacts_are_reported_and_other_columns_too(filled: Engine, tmp_path: Path) -> None:
    row = {**ROWS["mediation-places"][1][0], "c_contacts": "x", "Email": "y", "horaires": "z"}
    report = deliver(filled, tmp_path / "x.csv", [row])
    said = {one.column: one.message.split("\u202f")[0] for one in report.remarks}
    assert said["telephone"] == said["c_contacts"] == said["Email"] == "Coordonnées ou nom d’une personne"
    assert said["horaires"] == "Colonne inconnue"
