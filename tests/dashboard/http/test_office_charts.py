"""Native charts hold the numbers of their CSV file, and nothing that runs; their texts are whole and fit."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn
from flask.testing import FlaskClient
from openpyxl.worksheet.worksheet import Worksheet
from pptx import Presentation
from pptx.util import Emu
from sqlalchemy import Engine

from dashboard.charts import Chart
from dashboard.exports.columns import TableColumn
from dashboard.exports.csv import csv_header
from dashboard.exports.office import OfficeChart
from dashboard.web.factory import create_app
from data.engine import reading
from data.i18n import MONTHS
from data.queries.options import read_filter_options
from data.selection import Selection
from tests.conftest import TODAY
from tests.dashboard.some_charts import SOME_CHARTS

pytestmark = [pytest.mark.any_engine, pytest.mark.without_coverage]

QUERIES = ("", "dep=61&du=2019-01-01&au=2020-06-30&unite=personnes")
Cells = dict[tuple[str, str], float]  # (category, series) -> value


def read_csv(client: FlaskClient, slug: str, query: str) -> list[dict[str, str]]:
    text = client.get(f"/exports/{slug}.csv?{query}").data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def expected_cells(chart: Chart, rows: list[dict[str, str]]) -> Cells:
    """The numbers that Office must draw, from the text of the CSV file."""
    office, columns = chart.office, {column.name: column for column in chart.columns}
    headers = {name: csv_header(column) for name, column in columns.items()}
    cells = {}
    for row in rows:
        category = ", ".join(row[headers[name]] for name in office.category)
        for name in office.values:
            text = row[headers[name]]
            series = row[headers[office.series]] if office.series else columns[name].header
            if text:
                share = columns[name].unit is not None and columns[name].unit.symbol == "%"  # type: ignore[union-attr]
                cells[category, plain(series)] = float(text.replace(",", ".")) / (100 if share else 1)
    return cells


def stairs(chart: Chart, cells: Cells) -> Cells:
    """With the day before each change of a stock, which has its former value."""
    headers = {plain(column.header) for column in chart.columns if column.name in chart.office.steps}
    corners = {}
    for series in {series for _day, series in cells if chart.office.steps}:
        if chart.office.series or series in headers:
            known = sorted(
                (date.fromisoformat("-".join(reversed(day.split("/")))), value)
                for (day, at), value in cells.items()
                if at == series
            )
            for (_, old), (day, new) in pairwise(known):
                if old != new:
                    corners[f"{day - timedelta(1):%d/%m/%Y}", series] = old
    return corners | cells


def plain(text: str) -> str:
    return text.replace("\u202f", "\u00a0")


def category_text(chart: Chart, value: Any) -> str:
    kind = next(column.kind for column in chart.columns if column.name == chart.office.category[0])
    if isinstance(value, datetime):
        return f"{value:%m/%Y}" if kind == "month" else f"{value:%d/%m/%Y}"
    return str(value)


def sheet_cells(chart: Chart, sheet: Worksheet) -> Cells:
    head, *rows = sheet.iter_rows(values_only=True)
    assert all(isinstance(value, int | float | None) for row in rows for value in row[1:])
    return {
        (category_text(chart, row[0]), str(name)): value
        for row in rows
        for name, value in zip(head[1:], row[1:], strict=True)
        if value is not None
    }


def assert_document_of(chart: Chart, document: Any, rows: list[dict[str, str]]) -> None:
    """The Word table has the values of the CSV file as a page writes them; its pictures are described."""
    tables = document.tables
    assert len(tables) == (2 if rows and any(rows[0].values()) and "Motif" not in rows[0] else 1), chart.slug
    if len(tables) == 2:
        head, *lines = (
            ["".join(one.text or "" for one in cell.iter(qn("w:t"))) for cell in row._tr.tc_lst]
            for row in tables[0].rows
        )
        assert head == [plain(column.header) for column in chart.columns]
        assert [[text or "—" for text in line] for line in lines] == [
            [plain(shown_text(column, row[csv_header(column)])) for column in chart.columns] for row in rows
        ]
        assert "w:tblHeader" in tables[0].rows[0]._tr.xml
    for shape in document.inline_shapes:
        assert shape._inline.docPr.get("descr"), chart.slug
    assert {language.get(qn("w:val")) for language in document.styles.element.iter(qn("w:lang"))} == {"fr-FR"}


def shown_text(column: TableColumn, text: str) -> str:
    """A cell of a CSV file as a page writes it."""
    if not text:
        return "—"  # a text without a value, or an empty one: a CSV file does not tell them apart
    if column.kind == "month":
        return f"{MONTHS[int(text[:2]) - 1]} {text[3:]}"
    if column.kind != "value" or column.unit is None:
        return text
    number = Decimal(text.replace(",", "."))
    return column.unit.value_text(number / 100 if column.unit.symbol == "%" else number)


def slide_of(client: FlaskClient, slug: str, query: str) -> Any:
    answer = client.get(f"/exports/{slug}.pptx?{query}")
    assert answer.status_code == 200, (slug, query)
    presentation = Presentation(io.BytesIO(answer.data))
    assert presentation.slide_width * 9 == pytest.approx(presentation.slide_height * 16, rel=0.01)
    (slide,) = presentation.slides
    return slide


def text_boxes(slide: Any) -> Iterator[tuple[str, Any]]:
    return ((shape.text_frame.text, shape) for shape in slide.shapes if shape.has_text_frame)


@pytest.mark.parametrize("query", QUERIES)
def test_native_charts_hold_the_numbers_of_their_csv_file(client: FlaskClient, demo_engine: Engine, query: str) -> None:
    drawn, selection = set(), selection_of(demo_engine, query)
    for chart in SOME_CHARTS:
        shown = chart.worded_for(selection)
        expected = stairs(shown, expected_cells(shown, read_csv(client, chart.slug, query)))
        slide = slide_of(client, chart.slug, query)
        frames = [shape for shape in slide.shapes if shape.has_chart]
        book = openpyxl.load_workbook(io.BytesIO(client.get(f"/exports/{chart.slug}.xlsx?{query}").data))
        document = Document(io.BytesIO(client.get(f"/exports/{chart.slug}.docx?{query}").data))
        assert_document_of(shown, document, read_csv(client, chart.slug, query))
        if not expected:
            assert not frames, chart.slug
            is_picture = chart.office.kind == "picture" and len(document.inline_shapes) == 2
            assert ("Graphique" in book.sheetnames) == is_picture, chart.slug
            continue
        drawn.add(chart.slug)
        (frame,) = frames
        blob = frame.chart.part.chart_workbook.xlsx_part.blob
        assert sheet_cells(shown, openpyxl.load_workbook(io.BytesIO(blob)).active) == approx(expected), chart.slug
        assert sheet_cells(shown, book["Graphique"]) == approx(expected), chart.slug
        assert cached_cells(frame.chart) == approx(expected.values()), chart.slug
        assert len(book["Graphique"]._charts) == 1, chart.slug
        assert frame._element.nvGraphicFramePr.cNvPr.get("descr"), chart.slug
    assert len(drawn) >= (12 if query else 22)


def selection_of(engine: Engine, query: str) -> Selection:
    with reading(engine) as connection:
        return Selection.from_query(query, read_filter_options(connection, TODAY))[0]


def approx(expected: Any) -> Any:
    return pytest.approx(expected if isinstance(expected, dict) else sorted(expected))


def cached_cells(chart: Any) -> list[float]:
    """What is drawn before anybody opens the workbook."""
    return sorted(value for series in chart.plots[0].series for value in series.values if value is not None)


@pytest.mark.parametrize("query", QUERIES)
def test_slides_say_the_finding_the_period_and_the_sources(client: FlaskClient, query: str) -> None:
    for chart in SOME_CHARTS:
        slide = slide_of(client, chart.slug, query)
        book = openpyxl.load_workbook(io.BytesIO(client.get(f"/exports/{chart.slug}.xlsx?{query}").data))
        about = {str(term): str(text) for term, text in book["À propos"].iter_rows(values_only=True)}
        assert slide.shapes.title.text == about["Titre"], chart.slug
        text = " ".join(text for text, _shape in text_boxes(slide))
        assert about["Arrêté au"] in text, chart.slug
        assert "Source" in text, chart.slug
        assert "Données de démonstration" in text, chart.slug
        assert about["Adresse de la page"] in slide.notes_slide.notes_text_frame.text


def test_an_empty_database_gives_slides_that_say_why(engine: Engine) -> None:
    client = create_app(engine, lambda: TODAY).server.test_client()
    client.get("/")
    for chart in SOME_CHARTS:
        slide = slide_of(client, chart.slug, "")
        assert len(slide.shapes.title.text) > 10, chart.slug
        assert expected_cells(chart, read_csv(client, chart.slug, "")) == {} or slide_has_chart(slide)


def slide_has_chart(slide: Any) -> bool:
    return any(shape.has_chart for shape in slide.shapes)


def test_texts_fit_in_their_box_under_long_filters(client: FlaskClient) -> None:
    query = "dep=14,27,50,61&typologie=coworking,fablab,tiers-lieu-culturel&porteur=prive,public&du=2018-01-01"
    for chart in SOME_CHARTS:
        slide = slide_of(client, chart.slug, query)
        bottoms = [0]
        for text, shape in text_boxes(slide):
            size = shape.text_frame.paragraphs[0].runs[0].font.size.pt
            lines = len(text) // int(Emu(shape.width).pt / (size * 0.55)) + 1
            assert lines * size * 1.2 <= Emu(shape.height).pt + 1, (chart.slug, text)
            bottoms.append(shape.top + shape.height)
        assert max(bottoms) <= 7.5 * 914_400


@pytest.mark.parametrize("chart", SOME_CHARTS, ids=lambda one: one.slug)
def test_roles_name_columns_of_the_chart(chart: Chart) -> None:
    office, columns = chart.office, {column.name: column for column in chart.columns}
    if office.kind == "picture":
        assert office == OfficeChart("picture")
        return
    assert {*office.category, *office.values} <= set(columns)
    assert not office.series or (office.series in columns and len(office.values) == 1)
    assert {columns[name].kind for name in office.values} == {"value"}
    assert len({(unit := columns[name].unit) and unit.symbol for name in office.values}) == 1, "one axis has one unit"
    assert len(office.category) == 1 or all(columns[name].kind in ("text", "year") for name in office.category)
    assert office.connected <= (office.kind == "line")
    assert {*office.steps} <= ({*office.values} if office.connected else set())
    assert office.stacked <= (office.kind != "line")
