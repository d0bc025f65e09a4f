"""Every chart of a page at once, and the dictionary as a table."""

import csv
import io
import re
from html import unescape
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient

from dashboard.charts import CHARTS
from dashboard.drawing.errors import DrawingRefusedError
from dashboard.exports import picture
from data.indicators import INDICATORS
from tests.dashboard.reading import layout_of

pytestmark = pytest.mark.any_engine


def archive_of(client: FlaskClient, query: str) -> ZipFile:
    response = client.get(f"/exports/graphiques.zip?{query}")
    assert response.status_code == 200, response.text
    assert response.headers["Content-Disposition"].startswith("attachment; filename=tiers-lieux_graphiques-")
    return ZipFile(io.BytesIO(response.data))


def test_every_chart_of_a_page_is_in_the_archive_with_its_finding(client: FlaskClient) -> None:
    query = "dep=61&au=2020-06-30&page=/aides"
    archive = archive_of(client, query)
    assert archive.testzip() is None
    index = unescape(archive.read("index.html").decode())
    names = set(archive.namelist()) - {"index.html"}
    assert set(re.findall(r'(?:src|href)="([^"]+)"', index)) == names
    charts = [chart for chart in CHARTS if "/aides" in chart.pages]
    for chart in charts:
        alone = client.get(f"/exports/{chart.slug}.csv?{query}")
        name = alone.headers["Content-Disposition"].partition("filename=")[2]
        assert archive.read(name) == alone.data
        figure = client.get(f"/exports/{chart.slug}.png?{query}")
        assert (name.replace(".csv", ".png") in names) is (figure.status_code == 200)
    assert "Orne · arrêté au 30/06/2020" in index
    text = layout_of(client, "/aides?dep=61&au=2020-06-30")
    assert '"/exports/graphiques.zip?dep=61&au=2020-06-30&page=/aides"' in text


def test_an_empty_or_refused_drawing_leaves_the_numbers(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = archive_of(client, "au=2015-01-01&page=/frequentation")
    assert {name.rpartition(".")[2] for name in archive.namelist()} >= {"csv", "html"}

    def refuse(*_arguments: object) -> str:
        raise DrawingRefusedError("Ce graphique est trop grand.")

    monkeypatch.setattr(picture, "draw_svg", refuse)
    archive = archive_of(client, "page=/label")
    assert not [name for name in archive.namelist() if name.endswith(("png", "svg"))]
    assert "Ce graphique est trop grand." in archive.read("index.html").decode()


def test_a_page_without_charts_has_no_archive(client: FlaskClient) -> None:
    for path in ("", "/rien", "/donnees", "//label"):
        assert client.get("/exports/graphiques.zip", query_string={"page": path}).status_code == 404


def test_the_dictionary_is_a_table_of_the_same_entries(client: FlaskClient) -> None:
    text = client.get("/api/indicateurs.csv").data.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    entries = client.get("/api/indicateurs").json
    assert entries is not None
    assert [row[0] for row in rows] == [one["slug"] for one in entries] == [one.slug for one in INDICATORS]
    assert [row[head.index("Définition")] for row in rows] == [one["definition"] for one in entries]
