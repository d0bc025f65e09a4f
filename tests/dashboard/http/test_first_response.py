"""The document of a page: all of it in HTML, with its charts, and the same as data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.components.chart_image import height_in_pixels
from dashboard.drawing import DrawingBusyError, draw_svg
from dashboard.drawing.scripts import ASSETS
from dashboard.web.asset_bundles import BOOTSTRAP, BOOTSTRAP_CLASSES, bootstrap_subset
from dashboard.web.document import complete_document
from dashboard.web.factory import create_app
from dashboard.web.first_response import SIZES
from tests.conftest import TODAY
from tests.dashboard.reading import Json, components_by_id, html_in, layout_in, layout_of, written_out
from tests.site import EVERY_PAGE

pytestmark = pytest.mark.any_engine

WITHOUT_END = {"img", "input", "path", "br"}
CONTROLS = {"Checklist", "RadioItems", "Input", "Store", "Location", "Iframe", "Graph"}


class Texts(HTMLParser):
    """The texts and the addresses of links of a document, in order; what a fieldset or an iframe holds is left out."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[str] = []
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in WITHOUT_END:
            self.open.append(tag)
        self.found.extend(f"→{value}" for name, value in attrs if name == "href" and tag == "a")

    def handle_endtag(self, tag: str) -> None:
        if tag not in WITHOUT_END:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "fieldset" not in self.open:
            self.found.append(data)


def texts_of(node: Json) -> Iterator[str]:
    """The same of a layout written out."""
    if isinstance(node, list):
        for one in node:
            yield from texts_of(one)
    elif isinstance(node, str):
        yield node
    elif isinstance(node, Mapping) and node.get("type") not in CONTROLS and "props" in node:
        if node["type"] == "Fieldset":
            return
        if node["type"] == "A" and "href" in node["props"]:
            yield f"→{node['props']['href']}"
        yield from texts_of(node["props"].get("defaultValue"))  # of a text area
        yield from texts_of(node["props"].get("children"))


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_the_html_says_what_the_layout_says(client: FlaskClient, path: str) -> None:
    document = client.get(f"{path}?dep=61").text
    html = Texts(html_in(document))
    assert not html.open
    assert "".join(html.found) == "".join(texts_of(written_out(layout_in(document))))
    assert len("".join(html.found)) > 500


def test_the_filters_are_a_form_that_keeps_the_choices_and_the_state_of_lists(client: FlaskClient) -> None:
    html = html_in(client.get("/aides?dep=61&au=2020-06-30&tri-dossiers=montant&page-dossiers=2").text)
    form = html.partition('<form id="filters"')[2].partition("</form>")[0]
    checked = re.findall(r'name="([^"]*)" value="([^"]*)" checked', form)
    assert checked == [("dep", "61"), ("unite", "visites")]
    assert re.search(r'value="2020-06-30" type="date"[^>]* name="au"', form)
    assert re.findall(r'type="hidden" name="([^"]*)"', form) == ["tri-dossiers"], "another choice shows the first page"
    assert form.count('type="submit"') == form.count("<details")
    for address, name in (("/label?dep=61&reperes=masques", "reperes"), ("/comparer?t=27,61&du=2019-01-01", "t")):
        form = html_in(client.get(address).text).partition('<form id="filters"')[2].partition("</form>")[0]
        assert re.findall(r'type="hidden" name="([^"]*)"', form) == [name], "no control has it"
    assert client.get("/?dep=14&dep=61&du=&au=").status_code == 200
    assert "Calvados et Orne" in layout_of(client, "/?dep=14&dep=61&du=&au=")


def test_charts_are_drawn_for_two_widths(demo_engine: Engine) -> None:
    draw_svg({"data": [], "layout": {}}, 1, 1)  # the drawing process has started
    client = create_app(demo_engine, lambda: TODAY, draws_charts=True).server.test_client()
    html = html_in(client.get("/?dep=61").text)
    for size in SIZES:
        drawings = re.findall(rf'<div class="{size.css_class}"><svg [^>]*width="(\d+)"', html)
        assert drawings == [str(size.width)] * len(drawings)
        assert len(drawings) >= 3
    assert "var(--blue)" in html, "drawings follow the mode of the page"


def test_a_drawing_that_fails_leaves_a_page_that_is_not_stored(
    demo_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def draw(_figure: Mapping[str, Any], _width: int, _height: int, seconds: float) -> str:
        calls.append(seconds)
        if len(calls) in (2, 3):
            raise DrawingBusyError
        return "<svg></svg>"

    monkeypatch.setattr("dashboard.web.factory.draw_svg", draw)
    client = create_app(demo_engine, lambda: TODAY, draws_charts=True).server.test_client()
    counts = [client.get("/").text.count("<svg>") for _ in range(4)]
    assert counts[0] == counts[1] == 0, "one size of the first chart failed, and nothing was tried after it"
    assert counts[2] == counts[3] > 4
    assert len(calls) == 3 + counts[2], "the complete page was stored"
    assert all(0 <= seconds <= 1 for seconds in calls)


def test_texts_of_data_are_neither_markup_nor_template() -> None:
    hostile = "{layout}{%css%}<!-- </script>"
    document = complete_document("a{first_view}b{layout}c{dependencies}d", hostile, "L", "D")
    assert document == f"a{hostile}bLcDd"


def test_a_layout_cannot_end_its_script(layout: Callable[[str], str], client: FlaskClient) -> None:
    document = client.get("/aides?liste=x&q-dossiers=%3C/script%3E%3Cscript%3Ealert(1)").text
    assert "<script>alert" not in document
    assert any("</script>" in str(properties) for _id, properties in components_by_id(written_out(layout_in(document))))


def test_pages_use_no_class_of_bootstrap_that_is_left_out(client: FlaskClient) -> None:
    css = BOOTSTRAP.read_text(encoding="utf-8")
    left_out = classes_in(css) - classes_in(bootstrap_subset(css, BOOTSTRAP_CLASSES))
    ours = classes_in("".join(path.read_text(encoding="utf-8") for path in ASSETS.glob("*.css")))
    used = {
        name
        for path in EVERY_PAGE
        for classes in re.findall(r' class="([^"]*)"', html_in(client.get(path).text))
        for name in classes.split()
    }
    assert len(used) > 100
    assert not (used & left_out) - ours


def classes_in(css: str) -> set[str]:
    """The classes in the selectors of a style sheet."""
    return set(re.findall(r"\.([a-z][\w-]*)", css))


@pytest.mark.parametrize(
    ("height", "narrow", "wide"), [("20rem", 320, 320), ("min(25rem, 85vw)", 319, 400), ("15.5rem", 248, 248)]
)
def test_heights_are_those_of_the_style_sheet(height: str, narrow: int, wide: int) -> None:
    assert (height_in_pixels(height, 375), height_in_pixels(height, 1440)) == (narrow, wide)
