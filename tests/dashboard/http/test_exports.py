"""Downloads by slug and query."""

import csv
import io

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.charts import CHARTS, Chart
from data.indicators import INDICATORS, Indicator
from data.queries.known import read_known
from data.queries.proof import proof_rows
from data.selection import Selection
from tests.conftest import TODAY


def rows_of(client: FlaskClient, address: str) -> list[list[str]]:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment; filename=tiers-lieux_")
    assert response.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda one: one.slug)
@pytest.mark.parametrize("query", ["", "dep=61&au=2020-06-30"])
def test_the_rows_behind_a_figure_come_whole(
    client: FlaskClient, demo_engine: Engine, indicator: Indicator, query: str
) -> None:
    head, *rows = rows_of(client, f"/exports/lignes-{indicator.slug}.csv?{query}")
    with demo_engine.connect() as connection:
        selection, _ = Selection.from_query(query, read_known(connection, TODAY))
        assert len(rows) == len(connection.execute(proof_rows(indicator, selection)).all())
    assert {"Fichier", "Ligne", "Filtres", "Nature"} <= set(head)
    assert all(len(row) == len(head) for row in rows)
    assert all(row[head.index("Ligne")].isdigit() and row[head.index("Fichier")] for row in rows)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda one: one.slug)
def test_every_chart_is_exported(client: FlaskClient, chart: Chart) -> None:
    whole = ("enveloppes", "objectifs-partenaires")  # envelopes and targets of partners are of the whole Région
    query = "" if chart.slug in whole else "dep=14"
    head, *rows = rows_of(client, f"/exports/{chart.slug}.csv?{query}")
    assert rows
    assert head[-2:] == ["Filtres", "Nature"]


@pytest.mark.parametrize("address", ["/exports/rien.csv", "/exports/lignes-rien.csv", "/exports/trajectoire.exe"])
def test_an_unknown_export_is_404(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404
