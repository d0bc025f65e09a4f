"""The sheet of a place: what it says, what it keeps to itself."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.web.factory import create_app
from tests.conftest import TODAY
from tests.dashboard.reading import layout_of
from tests.etl.deliveries import PLACES, deliver

ALONE = {
    **PLACES[1],
    "id_lieu": "TL 02?é",
    "type_porteur": "privé",
    "porteur": "Jeanne Dupont",
    "forme_juridique": "Entreprise individuelle",
    "siret": "73282932000074",
    "date_fermeture": "01/03/2021",
}


@pytest.mark.parametrize("path", ["/lieux/RIEN", "/lieux/", "/lieux/DEMO-01/x", "/lieux/%00"])
def test_an_unknown_place_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == (200 if path == "/lieux/" else 404)


def test_a_sheet_shows_the_label_events_of_the_place(client: FlaskClient) -> None:
    text = layout_of(client, "/lieux/DEMO-07")
    for words in ("Labellisé depuis le 11 décembre 2017", "labels.csv, ligne", "/territoires/", "Salle de réunion"):
        assert words in text
    assert "Ni labellisé ni en parcours" in layout_of(client, "/lieux/DEMO-07?au=2016-12-31")


def test_a_day_to_come_is_planned(engine: Engine, tmp_path: Path) -> None:
    days = {"date_ouverture": "01/06/2027", "date_fermeture": "01/09/2027"}
    deliver(engine, tmp_path / "places.csv", [{**PLACES[0], **days}, ALONE])
    client = create_app(engine, lambda: TODAY).server.test_client()
    planned = layout_of(client, "/lieux/TL-01")
    assert "Ouverture prévue le" in planned
    assert "Fermeture prévue le" in planned
    assert "Fermé le" in layout_of(client, "/lieux/TL%2002%3F%C3%A9")


def test_a_sole_trader_and_the_attendance_of_a_private_place_are_masked(engine: Engine, tmp_path: Path) -> None:
    deliver(engine, tmp_path / "places.csv", [PLACES[0], ALONE])
    aid = {"dispositif": "emergence", "id_lieu": "TL 02?é", "date_vote": "18/03/2019", "montant_vote": "5000"}
    deliver(engine, tmp_path / "aids.csv", [{**aid, "reference": "A-1", "beneficiaire": "Jeanne Dupont"}])
    month = {"id_lieu": "TL 02?é", "debut": "01/01/2020", "fin": "31/01/2020", "unite": "visites", "valeur": "777"}
    deliver(engine, tmp_path / "visits.csv", [month])
    client = create_app(engine, lambda: TODAY).server.test_client()
    address = "/lieux/TL%2002%3F%C3%A9"
    assert client.get(address).status_code == 200
    sheet = layout_of(client, f"{address}?au=2021-12-31")
    for selected in ("Jeanne", "Dupont", "73282932000074", "777"):
        assert selected not in sheet
    for shown_text in ("Entrepreneur individuel", "déclaré", "confidentielle", "Lieu fermé le 1er mars 2021"):
        assert shown_text in sheet
    assert address in layout_of(client, "/lieux")
    assert "Dupont" not in client.get("/exports/liste-lieux.csv").get_data(as_text=True)
