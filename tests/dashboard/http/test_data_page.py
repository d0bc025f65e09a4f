"""The page of data on the demonstration: its verdict, its lists and their files, what it offers to download."""

import json
from collections.abc import Callable
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from data.indicators import INDICATORS
from data.sources import SOURCES

Layout = Callable[[str], str]


def spoken(text: str) -> str:
    return text.replace("\u202f", " ")


def test_demonstration_data_are_not_publishable(layout: Layout) -> None:
    text = spoken(layout("/donnees"))
    assert "Chiffres publiables : non" in text
    assert "données de démonstration, inventées" in text
    assert "19 lignes sont à corriger, 23 200 € ne sont pas comptés" in text
    assert "1 dossier d’aide sans lieu ni commune" in text


def test_every_source_has_its_row_and_its_template(layout: Layout) -> None:
    text = layout("/donnees")
    for source in SOURCES:
        assert source.label[1:] in text
        assert f"modele-{source.name}.xlsx" in text
    assert "jamais chargée" in text  # open data are not among the demonstration
    assert all(f"{indicator.slug}.json" in text for indicator in INDICATORS)


def test_filters_of_the_address_change_nothing(layout: Layout) -> None:
    def first_panels(address: str) -> str:
        text = layout(address)
        return text[text.index("Chiffres publiables") : text.index("Lignes à corriger")]

    assert first_panels("/donnees?dep=61&du=2020-01-01&au=2020-03-31") == first_panels("/donnees")


def test_rejected_rows_are_listed_and_exported(client: FlaskClient, layout: Layout) -> None:
    assert "services numérique" in layout("/donnees")
    lines = client.get("/exports/liste-lignes-a-corriger.csv").text.splitlines()
    assert len([line for line in lines if ".csv" in line]) == 19
    assert any("30/02/2020" in line for line in lines)


def test_loads_are_listed_with_their_kind(client: FlaskClient) -> None:
    text = client.get("/exports/liste-chargements.csv").text
    assert text.count("démonstration") >= 10
    assert "référence" in text


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_each_source_has_a_template_and_a_schema(client: FlaskClient, source: object) -> None:
    name = source.name  # type: ignore[attr-defined]
    columns = [column.header for column in source.columns]  # type: ignore[attr-defined]
    response = client.get(f"/exports/modele-{name}.xlsx")
    assert response.status_code == 200
    assert f"modele-{name}.xlsx" in response.headers["Content-Disposition"]
    sheet = load_workbook(BytesIO(response.data)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == columns
    schema = json.loads(client.get(f"/api/schemas/{name}.json").text)
    assert [field["name"] for field in schema["fields"]] == columns


@pytest.mark.parametrize("address", ["/exports/modele-rien.xlsx", "/api/schemas/rien.json", "/exports/modele-.xlsx"])
def test_an_unknown_source_has_no_template(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404
