"""Meetings, needs, roadmap, service standard and agreements: from their files to their tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select

from data.engine import writing
from data.schema import (
    activity,
    agreement,
    is_live,
    meeting_place,
    metadata,
    place,
    place_version,
    remark,
    roadmap_action,
    standard_declaration,
)
from etl.loading.rollback import roll_back
from etl.rollups import refresh
from tests.conftest import TODAY
from tests.etl.deliveries import PLACES, contents, deliver

MEETING = {"reference": "R1", "date": "10/12/2020", "libelle": "Collectif des gérants"}


@pytest.fixture
def places(engine: Engine, tmp_path: Path) -> Engine:
    """A database with the three places of `deliveries.PLACES`."""
    assert deliver(engine, tmp_path / "places.csv", PLACES).rejected == 0
    return engine


def present(connection: Connection) -> set[tuple[str, str]]:
    """(meeting, code of a place present) of the live rows."""
    rows = select(meeting_place.c.reference, place.c.code).join(place, place.c.place_id == meeting_place.c.place_id)
    return {(reference, code) for reference, code in connection.execute(rows.where(is_live(meeting_place)))}


def live_rows(engine: Engine, table: str) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        rows = select(metadata.tables[table]).where(is_live(metadata.tables[table]))
        return [dict(row) for row in connection.execute(rows).mappings()]


def test_places_present_at_a_meeting_follow_its_latest_file(places: Engine, tmp_path: Path) -> None:
    first = deliver(places, tmp_path / "a.csv", [{**MEETING, "lieux_presents": "TL-01 | TL-02|TL-09|TL-01"}])
    assert [(problem.column, problem.message) for problem in first.remarks] == [
        ("lieux_presents", "Tiers-lieu inconnu, laissé de côté (lu\u202f: TL-01, TL-02).")
    ]
    before = contents(places)
    second = deliver(places, tmp_path / "b.csv", [{**MEETING, "lieux_presents": "TL-02|TL-03"}])
    with places.connect() as connection:
        assert present(connection) == {("R1", "TL-02"), ("R1", "TL-03")}
    assert second.load is not None
    with writing(places) as connection:
        refresh(connection, roll_back(connection, second.load), TODAY)
    assert contents(places) == before


def test_a_need_is_answered_after_it_is_expressed(engine: Engine, tmp_path: Path) -> None:
    need = {"reference": "B1", "date": "10/12/2020", "theme": "QVT", "besoin": "Appeler le 02 31 00 00 00"}
    early = {**need, "reference": "B2", "etat": "répondu", "date_reponse": "09/12/2020"}
    undated = {**need, "reference": "B3", "etat": "répondu"}
    report = deliver(engine, tmp_path / "needs.csv", [need, early, undated])
    assert [(problem.line, problem.message) for problem in report.problems] == [
        (3, "Réponse avant le besoin (date\u202f: 10/12/2020).")
    ]
    assert "besoin clos sans date de réponse" in str([problem.message for problem in report.remarks]).lower()
    kept = live_rows(engine, "need")
    assert {(row["reference"], row["theme"], row["state"]) for row in kept} == {
        ("B1", "qualite-de-vie-au-travail", "expressed"),
        ("B3", "qualite-de-vie-au-travail", "answered"),
    }
    assert not any("02 31" in row["need"] for row in kept)


def test_an_owner_is_an_organisation(engine: Engine, tmp_path: Path) -> None:
    owners = ("Région", "Camille Martin", "reseau", "")
    rows = [
        {"reference": f"F{at}", "axe": "Animer", "action": "Réunir les lieux", "pilote": owner}
        for at, owner in enumerate(owners)
    ]
    report = deliver(engine, tmp_path / "roadmap.csv", rows)
    assert [(problem.line, problem.value) for problem in report.remarks if problem.column == "pilote"] == [(3, None)]
    with engine.connect() as connection:
        assert not any("Camille" in str(row) for row in connection.execute(select(remark)))
    with engine.connect() as connection:
        kept = dict(connection.execute(select(roadmap_action.c.reference, roadmap_action.c.owner)).all())
    assert kept == {"F0": "Région", "F1": None, "F2": "reseau", "F3": None}


def test_a_measured_criterion_has_a_threshold_and_findings_name_a_known_one(places: Engine, tmp_path: Path) -> None:
    criteria = [
        {"critere": "debit", "libelle": "Haut débit", "colonne": "debit_mbps", "seuil": "30"},
        {"critere": "postes", "libelle": "Dix postes", "colonne": "postes", "seuil": ""},
        {"critere": "animations", "libelle": "Animations", "colonne": "", "seuil": ""},
    ]
    report = deliver(places, tmp_path / "standards.csv", criteria, source="standards")
    assert [(problem.line, problem.column) for problem in report.problems] == [(3, "seuil")]
    assert [problem.message for problem in report.remarks][:1] == [
        "Ce chargement retire 5 lignes de la liste fournie avec l’application."
    ]
    assert {(row["code"], row["basis"]) for row in live_rows(places, "standard_criterion")} == {
        ("debit", "speed_mbps"),
        ("animations", "declared"),
    }
    found = {"id_lieu": "TL-01", "date": "10/12/2020", "constat": "respecté"}
    findings = [{**found, "critere": "Animations"}, {**found, "critere": "parking"}]
    assert deliver(places, tmp_path / "standard-declarations.csv", findings).rejected == 1
    with places.connect() as connection:
        assert connection.scalars(select(standard_declaration.c.criterion)).all() == ["animations"]


def test_territories_of_an_agreement_are_codes(engine: Engine, tmp_path: Path) -> None:
    deliver(engine, tmp_path / "partners.csv", [{"partenaire": "aract", "libelle": "Aract Normandie"}])
    row = {"partenaire": "aract", "debut": "01/01/2020", "objet": "Appui"}
    rows = [
        {**row, "territoires": "Orne | 50"},
        {**row, "debut": "01/01/2021", "territoires": "toute la Région"},
        {**row, "debut": "01/01/2022", "territoires": "75"},
        {**row, "debut": "01/01/2023", "territoires": "", "fin": "31/12/2022"},
    ]
    report = deliver(engine, tmp_path / "conventions.csv", rows)
    assert [problem.line for problem in report.problems] == [4, 5]
    assert [problem.line for problem in report.remarks] == [3]  # the first has no end: they overlap
    with engine.connect() as connection:
        kept = connection.scalars(select(agreement.c.territories).order_by(agreement.c.starts)).all()
    assert kept == ["|50|61|", ""]


def test_a_person_is_neither_the_name_of_a_place_nor_the_title_of_an_activity(engine: Engine, tmp_path: Path) -> None:
    named = {
        **PLACES[0],
        "nom": "Atelier JEAN DUPONT",
        "porteur": "Jean Dupont",
        "forme_juridique": "Auto-entrepreneur",
    }
    society = {**PLACES[1], "nom": "SCIC B, Saint-Lô"}
    report = deliver(engine, tmp_path / "places.csv", [named, society])
    assert [(problem.line, problem.column, problem.value) for problem in report.remarks] == [(2, "nom", None)]
    action = {"partenaire": "aract", "type": "accompagnement", "date": "01/02/2020", "id_lieu": "TL-01"}
    titles = (
        ("Jeanne Martin", "Rencontre avec Mme Jeanne Martin"),
        ("Mme Jeanne Martin", "Jeanne Martin, projet de Lisieux"),
        ("Association La Filature", "Projet de l’Association La Filature"),
    )
    rows = [
        {**action, "id_action": f"A{at}", "porteur": holder, "intitule": title}
        for at, (holder, title) in enumerate(titles)
    ]
    deliver(engine, tmp_path / "activities.csv", rows)
    with engine.connect() as connection:
        names = connection.scalars(select(place_version.c.name).order_by(place_version.c.name)).all()
        kept = connection.scalars(select(activity.c.title).order_by(activity.c.code)).all()
    assert names == ["SCIC B, Saint-Lô", "Tiers-lieu (Lisieux)"]
    assert kept == ["Rencontre avec Mme •••", "•••, projet de Lisieux", titles[2][1]]
