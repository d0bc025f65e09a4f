"""The formats of exports: every link of every menu is followed; a format is one row of the registry."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import IO, Any

import openpyxl
import orjson
import plotly.graph_objects as go
import pytest
from flask.testing import FlaskClient
from pptx import Presentation
from sqlalchemy import Engine

from dashboard.exports import formats
from dashboard.exports.formats import ALL_SUBJECTS, FIGURE, FORMATS, XLSX, ExportFormat
from dashboard.exports.prepared import PreparedExport
from dashboard.web.factory import create_app
from data.indicators import INDICATORS
from tests.conftest import TODAY
from tests.dashboard.reading import layout_of, text_of
from tests.site import EVERY_PAGE

pytestmark = pytest.mark.any_engine

QUERIES = ("", "dep=61&au=2020-06-30&unite=personnes")
SHEETS = tuple(f"/indicateurs/{one.slug}" for one in INDICATORS)
PAGES = tuple(dict.fromkeys((*EVERY_PAGE, *SHEETS)))


def csv_lines(content: bytes) -> int:
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    assert all(len(row) == len(head) for row in rows)
    return len(head)


def workbook_cells(content: bytes) -> int:
    return sum(sheet.max_row for sheet in openpyxl.load_workbook(io.BytesIO(content)))


def figure_traces(content: bytes) -> int:
    figure = orjson.loads(content)
    del figure["config"]
    return len(go.Figure(figure).data)


def slide_shapes(content: bytes) -> int:
    (slide,) = Presentation(io.BytesIO(content)).slides
    return len(slide.shapes)


READERS: dict[str, Callable[[bytes], int]] = {
    "csv": csv_lines,
    "xlsx": workbook_cells,
    "pptx": slide_shapes,
    "json": figure_traces,
}
BY_EXTENSION = {one.extension: one for one in FORMATS}


def tags_of(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Type and properties of each component of a layout written out."""
    if isinstance(node, list):
        for one in node:
            yield from tags_of(one)
    elif isinstance(node, dict) and "props" in node:
        yield node["type"], node["props"]
        yield from tags_of(node["props"].get("children"))


def exports_of(layout: str) -> tuple[list[str], list[str]]:
    """The addresses of files that a page links to, and the formats of pictures that it draws, chart by chart."""
    props = [one for _tag, one in tags_of(json.loads(layout))]
    links = [one["href"] for one in props if str(one.get("href", "")).startswith("/exports/")]
    return links, [one["data-picture"] for one in props if "data-picture" in one]


def assert_is_file(client: FlaskClient, address: str, chosen: ExportFormat) -> None:
    """The answer at an address is a file of that format, to be saved under a name of that format, which reads well."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer.headers["Content-Type"] == chosen.content_type, address
    name = answer.headers["Content-Disposition"].removeprefix("attachment; filename=")
    assert name.startswith("modele-" if "/modele-" in address else "tiers-lieux_"), address
    assert name.endswith(f".{chosen.extension}"), address
    assert READERS[chosen.extension](answer.data) > 0, address


def test_each_served_format_has_a_reader() -> None:
    unread = [one.extension for one in FORMATS if one.write and one.extension not in READERS]
    assert not unread, f"READERS must say how a test reads files {unread}"
    assert len(BY_EXTENSION) == len(FORMATS), "two formats have one extension"


@pytest.mark.parametrize("query", QUERIES)
def test_every_link_of_every_menu_leads_to_its_file(client: FlaskClient, query: str) -> None:
    followed: set[str] = set()
    for page in PAGES:
        links, pictures = exports_of(layout_of(client, f"{page}?{query}" if query else page))
        assert set(pictures) <= {one.extension for one in FORMATS if not one.write}
        for address in links:
            if address in followed:
                continue
            followed.add(address)
            extension = address.partition("?")[0].rpartition(".")[2]
            assert_is_file(client, address, BY_EXTENSION[extension])
    charts = {one for one in followed if not any(f"/{part}-" in one for part in ("liste", "lignes", "modele"))}
    proofs = {one for one in followed if "/lignes-" in one}
    lists = {one for one in followed if "/liste-" in one}
    assert len(charts) >= 40
    assert len(proofs) >= 60
    assert len(lists) >= 20


@pytest.mark.parametrize("query", QUERIES)
def test_every_button_of_a_picture_has_its_figure(client: FlaskClient, query: str) -> None:
    """The browser asks for the figure at the address of the first file of the menu, with the extension of FIGURE."""
    followed = set()
    for page in PAGES:
        address = f"{page}?{query}" if query else page
        for tag, props in tags_of(json.loads(layout_of(client, address))):
            if tag != "Details" or props.get("className") != "export-menu":
                continue
            links, pictures = exports_of(json.dumps({"type": tag, "props": props}))
            path, _mark, requested = links[0].partition("?")
            figure = f"{path.rpartition('.')[0]}.{FIGURE.extension}?{requested}"
            assert pictures
            if figure not in followed and client.get(figure).status_code != 404:
                assert_is_file(client, figure, FIGURE)
            followed.add(figure)
    assert len(followed) >= 20


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
        links, _pictures = exports_of(layout)
        offered[page] = next(one for one in links if ".md" in one)
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
    links, _pictures = exports_of(layout_of(client, "/donnees"))
    templates = [address for address in links if "/modele-" in address]
    assert templates
    for address in templates:
        assert_is_file(client, address, XLSX)
