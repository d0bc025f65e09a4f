"""The page of the network of managers, and what the sheet of a place says of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.charts.phrases import capitalised
from dashboard.web.factory import create_app
from data.sources import source_named
from tests.conftest import TODAY
from tests.dashboard.reading import layout_of
from tests.etl.deliveries import PLACES, deliver

pytestmark = pytest.mark.any_engine
YEAR = "au=2020-12-31"


@pytest.fixture
def client(engine: Engine, tmp_path: Path) -> FlaskClient:
    """Three labelled places, of which two came; two needs, one of which waits; a late action and a done one."""
    deliver(engine, tmp_path / "places.csv", PLACES)
    labels = [{"id_lieu": f"TL-0{n}", "etape": "labellisé", "date": "15/01/2019"} for n in (1, 2, 3)]
    deliver(engine, tmp_path / "labels.csv", labels)
    meetings = [
        {"reference": "R1", "date": "10/12/2020", "libelle": "Collectif d’hiver", "lieux_presents": "TL-01|TL-02"},
        {"reference": "R2", "date": "10/12/2018", "libelle": "Premier collectif", "lieux_presents": "TL-03"},
    ]
    deliver(engine, tmp_path / "network-meetings.csv", meetings)
    need = {"reference": "B1", "date": "01/12/2020", "id_lieu": "TL-01", "theme": "animation", "besoin": "Des ateliers"}
    answer = {"reference": "B2", "theme": "juridique", "etat": "répondu", "date_reponse": "11/12/2020"}
    deliver(engine, tmp_path / "needs.csv", [need, need | answer | {"id_lieu": "", "besoin": "Un bail"}])
    action = {"reference": "F1", "axe": "Animer", "action": "Réunir", "echeance": "01/12/2020", "etat": "en cours"}
    done = {"reference": "F2", "etat": "faite", "date_realisation": "02/12/2020"}
    deliver(engine, tmp_path / "roadmap.csv", [action, action | done])
    return create_app(engine, lambda: TODAY).server.test_client()  # type: ignore[no-any-return]


def test_the_headline_says_who_came_and_what_waits(client: FlaskClient) -> None:
    whole = layout_of(client, f"/reseau?{YEAR}")
    assert (
        "2 lieux labellisés sur 3 ont pris part à une réunion du réseau en douze mois\u202f; "
        "1 besoin attend une réponse" in whole
    )
    assert "Feuille de route de toute la Région\u202f: 1 action faite sur 2 à échéance (50\u202f%)." in whole
    assert "1 lieu labellisé sur 3 n’a pris part à aucune réunion depuis un an" in whole
    orne = layout_of(client, f"/reseau?dep=61&{YEAR}")
    assert "Dans l’Orne, le seul lieu labellisé n’a pas pris part à une réunion du réseau" in orne
    assert "aucun besoin n’attend de réponse" in orne
    assert "Toute la Région\u202f: 1 action faite sur 2" in orne
    theme = layout_of(client, f"/reseau?theme=juridique&{YEAR}")
    assert "aucun besoin n’attend de réponse (thème du besoin\u202f: juridique)" in theme


def test_a_meeting_names_its_places_with_a_link_to_each(client: FlaskClient) -> None:
    rows = layout_of(client, f"/reseau?{YEAR}")
    assert rows.index("Collectif d’hiver") < rows.index("Premier collectif")
    for code in ("TL-01", "TL-02", "TL-03"):
        assert f"/lieux/{code}" in rows
    names = client.get(f"/exports/liste-reunions.csv?dep=14&{YEAR}").get_data(as_text=True)
    assert "La Filature" in names
    assert "Le Zéphyr" not in names
    assert "Premier collectif" not in names


def test_late_actions_come_first(client: FlaskClient) -> None:
    rows = client.get(f"/exports/liste-feuille-de-route.csv?{YEAR}").get_data(as_text=True)
    assert rows.index("en retard") < rows.index("faite")


@pytest.mark.parametrize(
    ("day", "progress", "finding"),
    [
        ("2020-11-30", "à venir", "Aucune action de la feuille de route n’est faite ni à échéance"),
        (
            "2020-12-01",
            "à échéance ce jour",
            "Aucune des 2 actions de la feuille de route n’est faite, aucune en retard",
        ),
        ("2020-12-02", "en retard", "1 action faite sur 2 dans la feuille de route, 1 en retard"),
    ],
)
def test_an_action_is_due_on_its_day_and_late_the_next_one(
    client: FlaskClient, day: str, progress: str, finding: str
) -> None:
    rows = client.get(f"/exports/liste-feuille-de-route.csv?au={day}").get_data(as_text=True)
    assert f";{progress};" in rows
    page = layout_of(client, f"/reseau?au={day}")
    assert finding in page
    assert ("2 actions à venir sont à échéance ce jour" in page) == (progress == "à échéance ce jour")
    assert ("sur 2 à échéance" in page) == (progress != "à venir")


def test_the_sheet_of_a_place_has_its_meetings_and_needs(client: FlaskClient) -> None:
    sheet = layout_of(client, f"/lieux/TL-01?{YEAR}&dep=61")
    assert "Collectif d’hiver" in sheet
    assert "Des ateliers" in sheet
    other = layout_of(client, f"/lieux/TL-03?{YEAR}")
    assert "Premier collectif" in other
    assert "Aucun besoin exprimé par ce lieu dans la période." in other


def test_what_was_never_loaded_is_named(engine: Engine, tmp_path: Path) -> None:
    deliver(engine, tmp_path / "places.csv", PLACES)
    action = {"reference": "F1", "axe": "Animer", "action": "Réunir", "echeance": "01/12/2020", "etat": "faite"}
    need = {"reference": "B1", "date": "01/12/2020", "theme": "animation", "besoin": "Des ateliers"}
    deliver(engine, tmp_path / "roadmap.csv", [action | {"pilote": "aract"}])
    client = create_app(engine, lambda: TODAY).server.test_client()
    alone = layout_of(client, f"/reseau?{YEAR}")
    assert "Feuille de route de toute la Région\u202f: 1 action faite sur 1 à échéance (100\u202f%)." in alone
    assert f"{capitalised(source_named('needs').never_loaded_text)}." in alone
    assert ";Aract Normandie;" in client.get(f"/exports/lignes-feuille-de-route.csv?{YEAR}").text, "not its code"
    deliver(engine, tmp_path / "needs.csv", [need])
    page = layout_of(create_app(engine, lambda: TODAY).server.test_client(), "/reseau")
    assert "1 besoin attend une réponse" in page
    assert "Réunions du réseau des gérants non chargées" in page
