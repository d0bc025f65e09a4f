"""The sources beside places, labels, aids and attendance: each loads from a file as the Région writes it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine, Table, select

from data.schema import activity, aid_step, envelope, live, mediation_place, reject, session
from tests.etl.files import PLACES, deliver

AID = {
    "reference": "D-1",
    "dispositif": "Émergence",
    "id_lieu": "TL-01",
    "beneficiaire": "Asso  Été",
    "date_vote": "18/03/2019",
    "montant_vote": "8 000,00 €",
}
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


@pytest.fixture
def filled(engine: Engine, tmp_path: Path) -> Engine:
    """Three places and an aid file."""
    assert deliver(engine, tmp_path / "places.csv", PLACES).status == "loaded"
    assert deliver(engine, tmp_path / "aides.csv", [AID]).status == "loaded"
    return engine


def _rows(engine: Engine, table: Table, load_id: int | None) -> list[dict[str, object]]:
    with engine.connect() as connection:
        query = select(table).where(live(table), table.c.load_id == load_id).order_by(table.c.line)
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
    report = deliver(filled, tmp_path / "x.csv", [step, {**step, "reference": "D-9"}])
    assert (report.accepted, report.rejected) == (1, 1)
    assert "chargez d’abord" in report.problems[0].message
    with filled.connect() as connection:
        assert connection.scalar(select(reject.c.amount)) == 3_000
