"""Downloads by slug and query."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.charts import Chart
from dashboard.components.chart_card import read_card
from dashboard.drawing.errors import DrawingBusyError
from dashboard.drawing.fonts import text_width
from dashboard.exports import picture
from dashboard.exports.columns import TableColumn
from dashboard.exports.csv import spreadsheet_value
from dashboard.exports.lines import csv_value
from data.i18n import NARROW
from data.indicators import INDICATORS, Indicator
from data.queries.options import read_filter_options
from data.queries.proof import proof_rows
from data.queries.sources import read_provenance
from data.selection import Selection
from data.sources import source_named
from data.types import day_of
from tests.conftest import TODAY
from tests.dashboard.some_charts import SOME_CHARTS

pytestmark = [pytest.mark.any_engine, pytest.mark.without_coverage]


def rows_of(client: FlaskClient, address: str) -> list[list[str]]:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment; filename=tiers-lieux_")
    assert response.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda one: one.slug)
@pytest.mark.parametrize("query", ["", "dep=61&au=2020-06-30"])
def test_the_rows_of_a_figure_are_exported_whole(
    client: FlaskClient, demo_engine: Engine, indicator: Indicator, query: str
) -> None:
    head, *rows = rows_of(client, f"/exports/lignes-{indicator.slug}.csv?{query}")
    with demo_engine.connect() as connection:
        selection, _ = Selection.from_query(query, read_filter_options(connection, TODAY))
        assert len(rows) == len(connection.execute(proof_rows(connection, indicator, selection)).all())
    assert {"Fichier", "Ligne", "Filtres", "Nature"} <= set(head)
    assert all(len(row) == len(head) for row in rows)
    answered = head.index("Déclaré") if "Déclaré" in head else None  # a month that nobody declared has no line
    given = [row for row in rows if answered is None or row[answered] == "oui"]
    assert all(row[head.index("Fichier")] for row in given)
    assert all(row[head.index("Ligne")].isdigit() or "Insee" in row[head.index("Fichier")] for row in given)
    about = openpyxl.load_workbook(io.BytesIO(client.get(f"/exports/lignes-{indicator.slug}.xlsx?{query}").data))
    shown_text = dict(row[:2] for row in about["À propos"].iter_rows(values_only=True))["Calcul"]
    assert " = " in shown_text or shown_text.startswith("Non calculable")
    assert {row[head.index("Calcul")].replace("\u202f", "\u00a0") for row in rows} <= {shown_text}


@pytest.mark.parametrize("chart", SOME_CHARTS, ids=lambda one: one.slug)
def test_every_chart_image_has_title_sources_and_dates(client: FlaskClient, demo_engine: Engine, chart: Chart) -> None:
    with demo_engine.connect() as connection:
        options = read_filter_options(connection, TODAY)
        selection, _ = Selection.from_query("", options)
        card = read_card(connection, chart, selection, options, read_provenance(connection))
    root = ElementTree.fromstring(client.get(f"/exports/{chart.slug}.svg").data)
    title, description, *parts = root
    assert (title.text, description.text) == (card.finding, card.alt)
    finding, subtitle, foot = (" ".join(part.itertext()) for part in parts if part.tag.endswith("}text"))
    assert (finding, subtitle) == (card.finding, card.subtitle)
    assert foot.startswith(card.source_line)
    assert "31/12/2020" in foot
    assert_texts_are_inside(root)


def assert_texts_are_inside(root: ElementTree.Element) -> None:
    """Each line of the captions ends before the right edge, and none is drawn over another or over the chart."""
    (chart,) = root.findall("{*}svg")
    chart_top = float(chart.get("y", ""))
    chart_bottom = chart_top + float(chart.get("height", ""))
    lines = [(line, float(text.get("font-size", "")), text) for text in root.findall("{*}text") for line in text]
    bottom = 0.0
    for line, size, text in lines:
        baseline = float(line.get("y", ""))
        is_bold = text.get("font-weight") == "700"
        assert 32 + text_width(line.text or "", size, bold=is_bold) <= 1200 - 32
        assert baseline - size >= bottom - 0.5
        bottom = baseline
        assert baseline < chart_top or baseline - size >= chart_bottom
    assert bottom < float(root.get("height", "")) - 20


def test_what_cannot_be_drawn_leads_to_the_numbers(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> bytes:
        raise DrawingBusyError

    monkeypatch.setattr(picture, "draw_svg", refuse)
    answer = client.get("/exports/trajectoire.png?dep=61", headers={"Accept": "text/html"})
    assert answer.status_code == 503
    assert "redemandez celui-ci dans un moment. Les données du graphique restent disponibles" in answer.text
    assert '<a href="/exports/trajectoire.csv?dep=61">Télécharger les données (CSV)</a>' in answer.text
    assert "redemandez" in client.get("/exports/trajectoire.svg").json["error"]


@pytest.mark.parametrize("chart", SOME_CHARTS, ids=lambda one: one.slug)
def test_the_workbook_of_a_chart_holds_its_numbers_and_its_definitions(client: FlaskClient, chart: Chart) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/exports/{chart.slug}.xlsx").data))
    assert book["Données"].max_row == len(rows_of(client, f"/exports/{chart.slug}.csv"))
    shown_text = dict(row[:2] for row in book["À propos"].iter_rows(values_only=True))
    assert shown_text["Ce qui est mesuré"] == chart.subtitle.replace("\u202f", "\u00a0")
    assert shown_text["Adresse de la page"] == f"http://localhost{chart.pages[0]}"
    assert shown_text["Nature"].startswith("Données de démonstration")
    assert sum(str(term).startswith("Définition") for term in shown_text) == len(chart.indicators)


@pytest.mark.parametrize("chart", SOME_CHARTS, ids=lambda one: one.slug)
def test_card_csv_and_workbook_have_the_same_numbers(client: FlaskClient, demo_engine: Engine, chart: Chart) -> None:
    with demo_engine.connect() as connection:
        options = read_filter_options(connection, TODAY)
        selection, _ = Selection.from_query("", options)
        frame = chart.read(connection, selection, options)
        provenance = read_provenance(connection)
        shown = read_card(connection, chart, selection, options, provenance)
    rows = list(frame[[column.name for column in chart.columns]].itertuples(index=False, name=None))
    _head, *lines = rows_of(client, f"/exports/{chart.slug}.csv")
    cells = [
        [csv_value(spreadsheet_value(column, one)) for column, one in zip(chart.columns, row, strict=True)]
        for row in rows
    ]
    assert [line[: len(chart.columns)] for line in lines] == cells
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/exports/{chart.slug}.xlsx").data))
    sheet = list(book["Données"].iter_rows(min_row=2, values_only=True))
    assert [[_plain(value) for value in row] for row in sheet] == [
        [_plain(_cell(column, one)) for column, one in zip(chart.columns, row, strict=True)] for row in rows
    ]
    shown_text = [row[1] for row in book["À propos"].iter_rows(values_only=True) if row[0] == "Source"]
    loaded = [name for name in chart.sources if name in provenance.loaded_sources]  # others only supplement
    labels = [source_named(name).label for name in loaded]
    assert [text.partition(", dernier fait")[0].lower() for text in shown_text] == [label.lower() for label in labels]
    assert all(label in shown.source_line for label in labels)


def _cell(column: TableColumn, value: Any) -> Any:
    """A value as a workbook holds it: numbers, dates (the first of a month for a month) and text."""
    if value is None or isinstance(value, str):
        return value and value.replace(NARROW, "\u00a0")
    if column.kind == "month":
        return day_of(value * 100 + 1)
    return float(value) if isinstance(value, Decimal) else value


def _plain(value: object) -> object:
    """A cell as it is read back: a day is a moment, an empty text is nothing."""
    if isinstance(value, date):
        return (value.year, value.month, value.day)
    if isinstance(value, int | float):
        return pytest.approx(value)
    return value or None


@pytest.mark.parametrize("chart", SOME_CHARTS, ids=lambda one: one.slug)
def test_every_chart_is_exported(client: FlaskClient, chart: Chart) -> None:
    # envelopes and targets of partners are of the whole Région, one département is not compared with itself
    whole = ("enveloppes", "objectifs-partenaires", "departements-lieux-labellises")
    query = "" if chart.slug in whole else "dep=14"
    head, *rows = rows_of(client, f"/exports/{chart.slug}.csv?{query}")
    assert rows
    assert head[-2:] == ["Filtres", "Nature"]


@pytest.mark.parametrize(
    "address",
    [
        "/exports/rien.csv",
        "/exports/lignes-rien.csv",
        "/exports/rien.json",
        "/exports/lignes-rien.xlsx",
        "/exports/trajectoire.exe",
    ],
)
def test_an_unknown_export_is_404(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404
