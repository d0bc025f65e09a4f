"""Territories are found as people type them, and stand in an order that one can name."""

from __future__ import annotations

import csv
import io
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from data.i18n import fold, search_key
from data.reference import read_communes, read_epci

pytestmark = pytest.mark.without_coverage


def found(client: FlaskClient, text: str) -> list[str]:
    answer = client.get(f"/exports/liste-territoires.csv?q-territoires={quote(text)}")
    rows = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff")), delimiter=";"))
    return [row[0] for row in rows[1:]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Deauville", "CC Cœur Côte Fleurie"),
        ("cherbourg", "CA du Cotentin"),
        ("hérouville", "CU Caen la Mer"),
        ("HEROUVILLE ST CLAIR", "CU Caen la Mer"),
        ("st-lo", "CA Saint-Lô Agglo"),
        ("saint lo", "CA Saint-Lô Agglo"),
        ("coeur cote", "CC Cœur Côte Fleurie"),
        ("cœur-côte", "CC Cœur Côte Fleurie"),
        ("villes soeurs", "CC des Villes Sœurs"),
        ("mont saint michel", "CA Mont-Saint-Michel-Normandie"),
        ("l'aigle", "CC des Pays de L’Aigle"),
        ("evreux", "CA Évreux Portes de Normandie"),
        ("orne", "Orne"),
        ("octeville", "CA du Cotentin"),
        ("condé sur noireau", "CC Intercom de la Vire au Noireau"),
        ("14800", "CC Cœur Côte Fleurie"),
    ],
)
def test_a_territory_is_found(client: FlaskClient, text: str, name: str) -> None:
    assert name in found(client, text)
    assert len(found(client, text)) <= 12


def test_every_commune_finds_its_intercommunalite(client: FlaskClient) -> None:
    names = {one.code: one.name for one in read_epci()}
    largest: dict[str, str] = {}
    for commune in sorted(read_communes(), key=lambda one: one.population):
        largest[commune.epci] = commune.name
    for code, commune_name in largest.items():
        for text in (commune_name, fold(commune_name), commune_name.upper(), commune_name.replace("-", " ")):
            assert names[code] in found(client, text), text


def test_an_unknown_name_finds_nothing(client: FlaskClient) -> None:
    assert found(client, "strasbourg") == []


def test_departements_come_first_then_intercommunalites_by_name(client: FlaskClient) -> None:
    listed = found(client, "")
    departements, others = listed[:5], listed[5:]
    assert departements == ["Calvados", "Eure", "Manche", "Orne", "Seine-Maritime"]
    assert others == sorted(others, key=search_key)
    assert len(others) == 71


def test_the_browser_is_given_every_commune(client: FlaskClient) -> None:
    names = client.get("/api/communes").json
    assert names
    for commune in read_communes():
        assert commune.name in names[commune.epci]
    assert {"Deauville", "14800"} <= {*names["241400415"]}
    assert {"Octeville", "Cherbourg-Octeville", "Équeurdreville"} <= {*names["200067205"]}
