"""The formats of exports: every link of every menu is followed; a format is one row of the registry."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from itertools import chain
from typing import IO, Any
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import orjson
import plotly.graph_objects as go
import pytest
from dash import Dash
from docx import Document
from flask.testing import FlaskClient
from pptx import Presentation
from sqlalchemy import Engine

from dashboard.charts import CHARTS, Chart
from dashboard.exports import formats
from dashboard.exports.formats import ALL_SUBJECTS, FIGURE, FORMATS, XLSX, ExportFormat
from dashboard.exports.prepared import PreparedExport
from dashboard.urls import CHART_ARCHIVE_PATH, SHEETS_PATH
from dashboard.web.factory import create_app
from data.indicators import INDICATORS
from data.queries.public_places import PUBLIC_DATASETS
from tests.conftest import TODAY
from tests.dashboard.reading import layout_of, text_of
from tests.site import EVERY_PAGE

pytestmark = pytest.mark.any_engine

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
QUERIES = ("", "dep=61&au=2020-06-30&unite=personnes")
SHEETS = tuple(f"/indicateurs/{one.slug}" for one in INDICATORS)
PAGES = tuple(dict.fromkeys((*EVERY_PAGE, *SHEETS)))


def csv_lines(content: bytes) -> int:
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    assert all(len(row) == len(head) for row in rows)
    return len(head)


def row_count(content: bytes) -> int:
    return len(list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))) - 1


def workbook_cells(content: bytes) -> int:
    return sum(sheet.max_row for sheet in openpyxl.load_workbook(io.BytesIO(content)))


def figure_traces(content: bytes) -> int:
    figure = orjson.loads(content)
    del figure["config"]
    return len(go.Figure(figure).data)


def slide_shapes(content: bytes) -> int:
    (slide,) = Presentation(io.BytesIO(content)).slides
    return len(slide.shapes)


def image_pixels(content: bytes) -> int:
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    return int.from_bytes(content[16:20]) * int.from_bytes(content[20:24])


def drawn_texts(content: bytes) -> int:
    return len(list(ElementTree.fromstring(content).itertext()))


def document_paragraphs(content: bytes) -> int:
    return len(Document(io.BytesIO(content)).paragraphs)


def open_document_cells(content: bytes) -> int:
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        cells = ElementTree.fromstring(archive.read("content.xml")).iter(f"{TABLE}table-cell")
    return sum(1 for _cell in cells)


READERS: dict[str, Callable[[bytes], int]] = {
    "csv": csv_lines,
    "xlsx": workbook_cells,
    "ods": open_document_cells,
    "pptx": slide_shapes,
    "docx": document_paragraphs,
    "png": image_pixels,
    "svg": drawn_texts,
    "json": figure_traces,
}
PICTURES = ("png", "svg", "json")
WHOLE_PAGES = (CHART_ARCHIVE_PATH, SHEETS_PATH)
OPEN_DATA = tuple(f"/exports/{dataset.slug}." for dataset in PUBLIC_DATASETS)
BY_EXTENSION = {one.extension: one for one in FORMATS}


def tags_of(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Type and properties of each component of a layout written out."""
    if isinstance(node, list):
        for one in node:
            yield from tags_of(one)
    elif isinstance(node, dict) and "props" in node:
        yield node["type"], node["props"]
        yield from tags_of(node["props"].get("children"))


def exports_of(layout: str) -> list[str]:
    """The addresses of files of one chart or list that a page links to; those of a whole page and open data have tests
    of their own.
    """
    hrefs = [str(one.get("href", "")) for _tag, one in tags_of(json.loads(layout))]
    return [one for one in hrefs if one.startswith("/exports/") and not one.startswith((*WHOLE_PAGES, *OPEN_DATA))]


def assert_is_file(client: FlaskClient, address: str, chosen: ExportFormat) -> None:
    """The answer at an address is a file of that format, to be saved under a name of that format, which reads well."""
    answer = client.get(address)
    if chosen.extension in PICTURES and answer.status_code == 404:  # as it must be for a chart without a row
        path, _mark, query = address.partition("?")
        assert row_count(client.get(f"{path.rpartition('.')[0]}.csv?{query}").data) == 0, address
        return
    assert answer.status_code == 200, address
    assert answer.headers["Content-Type"] == chosen.content_type, address
    name = answer.headers["Content-Disposition"].removeprefix("attachment; filename=")
    assert name.startswith("modele-" if "/modele-" in address else "tiers-lieux_"), address
    assert name.endswith(f".{chosen.extension}"), address
    assert READERS[chosen.extension](answer.data) > 0, address


def test_each_format_has_a_reader() -> None:
    unread = [one.extension for one in FORMATS if one.extension not in READERS]
    assert not unread, f"READERS must say how a test reads files {unread}"
    assert len(BY_EXTENSION) == len(FORMATS), "two formats have one extension"


@pytest.fixture(scope="module")
def menus(app: Dash) -> dict[str, list[str]]:
    """Per query, the addresses that the menus of all pages offer, each once."""
    client = app.server.test_client()
    client.get("/")
    return {
        query: list(dict.fromkeys(chain.from_iterable(_offered(client, page, query) for page in PAGES)))
        for query in QUERIES
    }


def _offered(client: FlaskClient, page: str, query: str) -> Iterator[str]:
    for address in exports_of(layout_of(client, f"{page}?{query}" if query else page)):
        if _extension(address) != "png" or (page == "/" and not query):  # elsewhere it is the SVG file in pixels
            yield address


def _extension(address: str) -> str:
    return address.partition("?")[0].rpartition(".")[2]


@pytest.mark.parametrize("query", QUERIES)
def test_the_menus_of_all_pages_offer_every_kind_of_file(menus: dict[str, list[str]], query: str) -> None:
    proofs = [one for one in menus[query] if "/lignes-" in one]
    lists = [one for one in menus[query] if "/liste-" in one]
    charts = [one for one in menus[query] if one not in {*proofs, *lists} and "/modele-" not in one]
    assert len(charts) >= 40
    assert len(proofs) >= 60
    assert len(lists) >= 20
    offered = {_extension(one) for one in menus[query]}
    assert offered == {one.extension for one in FORMATS if one.label and (one.extension != "png" or not query)}


@pytest.mark.parametrize("extension", [one.extension for one in FORMATS if one.label])
def test_every_link_of_every_menu_leads_to_its_file(
    client: FlaskClient, menus: dict[str, list[str]], extension: str
) -> None:
    for address in dict.fromkeys(chain.from_iterable(menus.values())):
        if _extension(address) == extension:
            assert_is_file(client, address, BY_EXTENSION[extension])


@pytest.mark.parametrize(
    "chart", [CHARTS[0], next(one for one in CHARTS if one.slug == "carte")], ids=lambda one: one.slug
)
def test_a_figure_is_in_no_menu_and_has_an_address(client: FlaskClient, chart: Chart) -> None:
    assert not FIGURE.label
    assert_is_file(client, f"/exports/{chart.slug}.{FIGURE.extension}", FIGURE)


def test_a_format_is_one_row(demo_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A toy format shows in the menus of charts, lists and sheets, and has an address for each of them."""

    def write_markdown(export: PreparedExport, file: IO[bytes]) -> None:
        file.write(f"# {export.passport().title}\n".encode())
        for row in export.rows:
            file.write(("| " + " | ".join(str(value) for value in row) + " |\n").encode())

    toy = ExportFormat("md", "text/markdown; charset=utf-8", "Markdown (texte)", ALL_SUBJECTS, write_markdown)
    monkeypatch.setattr(formats, "FORMATS", (*FORMATS, toy))
    client = create_app(demo_engine, lambda: TODAY).server.test_client()
    client.get("/")
    offered = {}
    for page in ("/", "/lieux", "/indicateurs/visites"):
        layout = layout_of(client, page)
        offered[page] = next(one for one in exports_of(layout) if ".md" in one)
        assert "Markdown (texte)" in layout or "Exporter en MD" in text_of(json.loads(layout))
    assert [address.partition("?")[0] for address in offered.values()] == [
        "/exports/trajectoire.md",
        "/exports/liste-lieux.md",
        "/exports/lignes-visites.md",
    ]
    for address in offered.values():
        answer = client.get(address)
        assert answer.headers["Content-Type"] == toy.content_type
        assert answer.headers["Content-Disposition"].endswith("_demonstration.md")
        title, *rows = answer.text.splitlines()
        assert title.startswith("# ")
        assert len(rows) > 1
    assert client.get("/exports/rien.md", headers={"Accept": "text/html"}).status_code == 404


def test_templates_are_workbooks_too(client: FlaskClient) -> None:
    templates = [address for address in exports_of(layout_of(client, "/donnees")) if "/modele-" in address]
    assert templates
    for address in templates:
        assert_is_file(client, address, XLSX)
