"""The page of data on the demonstration: its verdict, its lists and their files, what it offers to download."""

import csv
import json
from collections.abc import Callable
from io import BytesIO, StringIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import Engine, delete, select

from dashboard.web.factory import create_app
from data.indicators import INDICATORS
from data.schema import load, remark
from data.sources import SOURCES
from tests.conftest import TODAY
from tests.dashboard.reading import layout_of

Layout = Callable[[str], str]


def spoken(text: str) -> str:
    return text.replace("\u202f", " ")


def test_demonstration_data_are_not_publishable(layout: Layout) -> None:
    text = spoken(layout("/donnees"))
    assert "Chiffres publiables : non" in text
    assert "données de démonstration, inventées" in text
    assert "22 lignes sont à corriger, 23 200 € ne sont pas comptés" in text
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
    assert len([line for line in lines if ".csv" in line]) == 22
    assert any("30/02/2020" in line for line in lines)


def test_remarks_are_listed_by_cause_and_exported(client: FlaskClient, layout: Layout, demo_engine: Engine) -> None:
    """The most frequent of the latest load first, with as many rows as the loader counted."""
    assert "Remarques des chargements" in layout("/donnees")
    with demo_engine.connect() as connection:
        stored = connection.execute(
            select(remark, load.c.file).join(load, load.c.load_id == remark.c.load_id)
            .order_by(load.c.load_id.desc(), remark.c.number)
        ).all()  # fmt: skip
    text = client.get("/exports/liste-remarques.csv").text.removeprefix("\ufeff")
    rows = list(csv.reader(StringIO(text[text.index("Remarque;") :]), delimiter=";"))[1:]
    assert [(row[2], row[0], row[1]) for row in rows] == [
        (one.file, one.message, "" if one.rows is None else str(one.rows)) for one in stored
    ]
    assert any(one.rows and one.rows > 1 for one in stored)


def test_without_remarks_the_list_is_empty_and_gives_the_reason(demo_copy: Engine) -> None:
    with demo_copy.begin() as connection:
        connection.execute(delete(remark))
    client = create_app(demo_copy, lambda: TODAY).server.test_client()
    client.get("/")
    assert "Aucune remarque" in layout_of(client, "/donnees")


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
