"""Reports: the figures of the pages, in files that stand alone."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import openpyxl
import pypdf
import pytest
from docx import Document as Word
from docx.text.paragraph import Paragraph
from flask.testing import FlaskClient
from pptx import Presentation
from sqlalchemy import Engine

from dashboard import __main__ as command
from dashboard.charts import CHARTS
from dashboard.components.chart_card import read_card
from dashboard.components.page import Page
from dashboard.drawing.errors import DrawingBusyError
from dashboard.elements.tags import Element, Slot, Tree
from dashboard.lists import LISTS
from dashboard.pages.report.site import REPORT_SITE
from dashboard.reports import compose as composing
from dashboard.reports.compose import compose
from dashboard.reports.document import ChartDrawing, Contents, KeyFigures, SideBySide, TextTable
from dashboard.reports.draft import MAX_BLOCKS, Block, Draft, draft_query, to_address
from dashboard.reports.formats import REPORT_FORMATS
from dashboard.reports.models import MODELS
from dashboard.reports.trees import contents_of
from dashboard.requests.page_request import open_request
from data.indicators import INDICATORS
from data.queries.options import LoadCache
from tests.conftest import TODAY

pytestmark = pytest.mark.any_engine

HOSTILE = '<script>alert(1)</script> #import "x" *gras* $x$ \\ @a =1+1'
QUERIES = ("", "dep=61&au=2020-06-30", "epci=200068799&du=2019-01-01&au=2019-12-31", "typologie=coworking")


def _whole_draft(query: str) -> Draft:
    """Every chart, indicator and list, one sheet, and texts."""
    blocks = (
        Block("titre", HOSTILE),
        Block("texte", f"{HOSTILE}\n\n- {HOSTILE}"),
        *(Block("indicateur", one.slug, query) for one in INDICATORS),
        *(Block("graphique", one.slug, query) for one in CHARTS),
        *(Block("liste", one.slug, query) for one in LISTS),
        Block("fiche", "61", query),
        Block("graphique", "inconnu", query),
    )
    return Draft(HOSTILE, blocks)


def _texts(contents: Contents) -> list[str]:
    found: list[str] = []
    for one in contents:
        if isinstance(one, SideBySide):
            found += [text for group in one.groups for text in _texts(group)]
        elif isinstance(one, KeyFigures):
            found += [text for fact in one.facts for text in (fact.label, fact.value, fact.unit, fact.status)]
        elif isinstance(one, TextTable):
            found += [text for row in one.rows for text in row]
        elif isinstance(one, ChartDrawing):
            found += [one.finding, one.subtitle, one.source_line]
        else:
            found += [one.text] if hasattr(one, "text") else list(one.items)
    return found


def _shown(tree: Tree) -> Iterator[str]:
    """The texts of a page, but those of buttons, of links to rows, and what sight does not need."""
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, Slot):
        yield from _shown(tree.subtree)
    elif isinstance(tree, Element):
        classes = set(str(tree.attributes.get("className") or "").split())
        if tree.tag != "button" and not classes & {"tile-link", "rows-link", "visually-hidden", "tile-icon"}:
            yield from _shown(tree.children)
    elif tree is not None:
        for one in tree:
            yield from _shown(one)


def _letters(text: str) -> str:
    """A text without what line breaks and hyphenation change."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


def _pdf_text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages)


@pytest.mark.parametrize("query", QUERIES)
def test_every_figure_of_a_report_is_that_of_the_page(demo_engine: Engine, query: str) -> None:
    with open_request(demo_engine, lambda: TODAY, LoadCache(), "/", query) as page_request:
        document = compose(page_request, _whole_draft(query), REPORT_SITE, "http://localhost/rapport")
        drawings = [one for one in document.contents if isinstance(one, ChartDrawing)]
        assert [one.slug for one in drawings] == [chart.slug for chart in CHARTS]
        for chart, drawing in zip(CHARTS, drawings, strict=True):
            card = read_card(
                page_request.connection, chart, page_request.selection, page_request.options, page_request.provenance
            )
            assert drawing.finding == card.finding
            assert drawing.source_line.startswith(card.source_line)
            assert (drawing.svg is None) == (card.empty is not None)
        assert "Ce graphique n’existe pas\u202f: «\u202finconnu\u202f»." in _texts(document.contents)
        assert document.warning.startswith("Données de démonstration")


@pytest.mark.parametrize("code", ["normandie", "61", "200068799"])
def test_a_sheet_loses_no_text_of_its_page(demo_engine: Engine, code: str) -> None:
    page: Page = REPORT_SITE.sheet
    with open_request(demo_engine, lambda: TODAY, LoadCache(), f"/territoires/{code}", "") as page_request:
        narrowed = page.narrow(page_request)
        for part in page.parts:
            tree = part.draw(narrowed)
            kept = "".join(map(_letters, _texts(contents_of(tree))))
            assert [text for text in _shown(tree) if _letters(text) not in kept] == []


def test_each_figure_of_a_report_has_the_passport_of_its_own_file(client: FlaskClient) -> None:
    query = "dep=61&au=2020-06-30"
    blocks = (
        Block("graphique", "trajectoire", query),
        Block("liste", "dossiers", query),
        Block("indicateur", "visites", query),
    )
    text = unescape(client.get(f"/exports/rapport.html?{draft_query(Draft('x', blocks))}").data.decode())
    codes = re.findall(r"passeport ([\w-]+)", text)
    assert len(codes) == len(blocks)
    for file, code in zip(("trajectoire", "liste-dossiers", "lignes-visites"), codes, strict=True):
        assert code in client.get(f"/exports/{file}.csv?{query}").data.decode()
        assert client.get(f"/passeport/{code}").status_code == 200


def test_a_pdf_is_tagged_titled_and_holds_its_texts(client: FlaskClient) -> None:
    draft = Draft(HOSTILE, (Block("titre", "Le label"), Block("texte", HOSTILE), Block("graphique", "trajectoire")))
    response = client.get(f"/exports/rapport.pdf?{draft_query(draft)}")
    assert response.status_code == 200
    assert response.content_type == "application/pdf"
    reader = pypdf.PdfReader(BytesIO(response.data))
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"].value is True
    assert catalog["/Lang"].startswith("fr")
    assert reader.metadata is not None
    assert reader.metadata.title == HOSTILE
    assert b"pdfuaid" in catalog["/Metadata"].get_object().get_data()
    text = _letters(_pdf_text(response.data))
    assert _letters(HOSTILE) in text
    assert "1/2" in text
    assert "Lelabelprogresse" in text


def test_a_pdf_holds_any_text_within_its_pages(client: FlaskClient) -> None:
    """Characters that the font lacks, headings without a title, and words wider than a page: PDF/UA and paper refuse
    them.
    """
    odd = "Bilan 🎉 שלום ŵ \ud800\ufffe\u202e\x7f"
    blocks = [["titre", odd], ["titre", "##"], ["titre", ""], ["texte", f"{odd}\n\n## ##"], ["texte", "a" * 4_000]]
    packed = zlib.compress(json.dumps({"titre": "M" * 200, "blocs": blocks}).encode())
    response = client.get(f"/exports/rapport.pdf?brouillon={base64.urlsafe_b64encode(packed).rstrip(b'=').decode()}")
    assert response.status_code == 200
    text = _pdf_text(response.data)
    assert text.count("Bilan □ □ w") == 3  # also in the contents
    assert max(map(len, re.findall("[aM]+", text))) < 120
    assert _letters(text).replace("\u200b", "").count("a" * 4_000) == 1


@pytest.mark.parametrize("format_", REPORT_FORMATS, ids=lambda one: one.extension)
@pytest.mark.parametrize("model", MODELS, ids=lambda one: one.slug)
def test_every_model_is_written_in_every_format(client: FlaskClient, format_: object, model: object) -> None:
    chosen = next(one for one in REPORT_FORMATS if one is format_)
    draft = next(one for one in MODELS if one is model).draft("dep=61", "61")
    response = client.get(f"/exports/rapport.{chosen.extension}?{draft_query(draft)}")
    assert response.status_code == 200
    assert response.content_type == chosen.content_type
    assert len(response.data) > 10_000
    assert f".{chosen.extension}" in response.headers["Content-Disposition"]
    assert "demonstration" in response.headers["Content-Disposition"]


def _docx_text(content: bytes) -> str:
    word = Word(BytesIO(content))
    cells = (cell.text for table in word.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


@pytest.mark.parametrize(
    ("queries", "name"),
    [
        (("dep=61&au=2020-06-30",) * 2, "tiers-lieux_rapport_orne_2020-06-30_demonstration.xlsx"),
        (("dep=61", "dep=14"), "tiers-lieux_rapport_normandie_2020-12-31_demonstration.xlsx"),
    ],
)
def test_the_file_of_a_report_is_named_after_the_filters_of_its_figures(
    client: FlaskClient, queries: tuple[str, ...], name: str
) -> None:
    blocks = (Block("titre", "Le label"), *(Block("indicateur", "visites", query) for query in queries))
    response = client.get(f"/exports/rapport.xlsx?{draft_query(Draft('x', blocks))}")
    assert response.headers["Content-Disposition"].endswith(f"={name}")


def test_texts_of_a_workbook_have_room(client: FlaskClient) -> None:
    draft = Draft("x", (Block("indicateur", "visites", "dep=61"), Block("indicateur", "aides-votees", "dep=61")))
    sheet = openpyxl.load_workbook(BytesIO(client.get(f"/exports/rapport.xlsx?{draft_query(draft)}").data))[
        "1 Chiffres clés"
    ]
    for row in (2, 3):
        letters = len(sheet.cell(row, 4).value)
        assert sheet.row_dimensions[row].height >= 15 * letters / sheet.column_dimensions["D"].width
    assert sheet.column_dimensions["B"].width < 20, "as wide as its numbers"


def test_a_wide_list_of_a_word_report_turns_the_page_with_its_title(client: FlaskClient) -> None:
    blocks = (Block("titre", "Annexe"), Block("liste", "lieux", "dep=61"), Block("texte", "Fin"))
    word = Word(BytesIO(client.get(f"/exports/rapport.docx?{draft_query(Draft('x', blocks))}").data))
    pages = [
        [one.text for one in section.iter_inner_content() if isinstance(one, Paragraph)] for section in word.sections
    ]
    turned = [section.page_width > section.page_height for section in word.sections]
    assert turned == [False, True, False]
    assert ["Annexe" in pages[0], "Tous les tiers-lieux connus dans l’Orne" in pages[1], "Fin" in pages[2]] == [
        True
    ] * 3


def _pptx_text(content: bytes) -> str:
    """The texts of slides, and the numbers in the workbook of each native chart."""
    texts = []
    for slide in Presentation(BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                texts.append(shape.text_frame.text)
            if shape.has_table:
                texts += [cell.text for row in shape.table.rows for cell in row.cells]
            if shape.has_chart:
                texts.append(_xlsx_text(shape.chart.part.chart_workbook.xlsx_part.blob))
    return "\n".join(texts)


def _xlsx_text(content: bytes) -> str:
    book = openpyxl.load_workbook(BytesIO(content))
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


def _html_text(content: bytes) -> str:
    return unescape(content.decode())


READERS = {"pdf": _pdf_text, "docx": _docx_text, "pptx": _pptx_text, "xlsx": _xlsx_text, "html": _html_text}


@pytest.mark.parametrize("extension", READERS)
def test_the_figures_of_a_file_are_those_of_the_document(
    client: FlaskClient, demo_engine: Engine, extension: str
) -> None:
    """Read back with libraries that did not write them."""
    assert set(READERS) == {one.extension for one in REPORT_FORMATS}
    draft = MODELS[0].draft("", "normandie")
    file = client.get(f"/exports/rapport.{extension}?{draft_query(draft)}").data
    text = _letters(READERS[extension](file))
    with open_request(demo_engine, lambda: TODAY, LoadCache(), "/", "") as page_request:
        document = compose(page_request, draft, REPORT_SITE, "")
    for content in document.contents:
        if isinstance(content, ChartDrawing):
            assert _letters(content.finding) in text
        if isinstance(content, KeyFigures):
            assert all(_letters(fact.label) in text for fact in content.facts)
            values = [str(fact.number) if extension == "xlsx" else fact.value for fact in content.facts]
            assert all(_letters(value) in text for value in values)
        if isinstance(content, TextTable) and extension != "xlsx":
            assert all(_letters(cell) in text for row in content.rows for cell in row[:4])
    assert _letters(document.title) in text
    assert _letters(document.warning) in text


class _Page(HTMLParser):
    """What a page would load or run."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts, self.loaded, self.headings = 0, [], []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script" or any(name.startswith("on") for name, _ in attrs)
        self.loaded += [value for name, value in attrs if name in ("src", "srcset", "data") and value]
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))


def test_an_html_report_runs_nothing_and_loads_nothing(client: FlaskClient) -> None:
    draft = _whole_draft("dep=61")
    for blocks in (draft.blocks[at : at + MAX_BLOCKS] for at in range(0, len(draft.blocks), MAX_BLOCKS)):
        content = client.get(f"/exports/rapport.html?{draft_query(Draft(HOSTILE, blocks))}").data.decode()
        page = _Page()
        page.feed(content)
        assert page.scripts == 0
        assert not page.loaded
        assert not re.search(r"url\((?!data:|#|'#|\"#|&quot;#)", content)
        assert HOSTILE in unescape(content)


@pytest.mark.parametrize("text", ["", "x", "eJw", "%F0%9F", to_address(Draft("x"))[:-3]])
def test_an_address_without_a_draft_is_a_404_in_french(client: FlaskClient, text: str) -> None:
    response = client.get(f"/exports/rapport.pdf?brouillon={text}")
    assert response.status_code == 404
    assert "abîmée" in response.data.decode()


def test_the_sheets_of_all_territories_are_one_page_each(client: FlaskClient) -> None:
    response = client.get("/exports/fiches.pdf?dep=61&au=2020-06-30")
    reader = pypdf.PdfReader(BytesIO(response.data))
    names = list(REPORT_SITE.territories().values())
    assert len(reader.pages) == len(names) == 77
    for page, name in list(zip(reader.pages, names, strict=True))[::9]:
        assert _letters(page.extract_text()).startswith(_letters(name))
        width, height = (round(float(length)) for length in page.mediabox[2:])
        assert (width, height) == (595, 842)


def test_a_drawing_that_fails_leaves_its_numbers(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> str:
        raise DrawingBusyError

    monkeypatch.setattr(composing, "draw_svg", refuse)
    draft = Draft("Rapport", (Block("graphique", "aides-par-dispositif"),))
    text = _letters(_pdf_text(client.get(f"/exports/rapport.pdf?{draft_query(draft)}").data))
    assert "redemandez" in text
    assert "Émergence" in text


def test_commands_write_whole_files_or_none(
    ready_demo: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", ready_demo)
    monkeypatch.setattr(command, "paris_today", lambda: TODAY)

    def run(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["dashboard", *arguments])
        with pytest.raises(SystemExit) as done:
            command.main()
        return int(done.value.code or 0), capsys.readouterr().err

    report = tmp_path / "bilan.pdf"
    assert run("report", "bilan-annuel", "--query", "dep=61", "--out", str(report)) == (0, "")
    assert "Orne" in _pdf_text(report.read_bytes())
    assert run("sheets", "--out", str(tmp_path / "fiches"))[0] == 0
    assert len(list((tmp_path / "fiches").iterdir())) == 77
    for arguments, message in (
        (("report", "inconnu", "--out", str(report)), "Modèle inconnu"),
        (("report", "bilan-annuel", "--out", str(tmp_path / "b.doc")), "Le format de b.doc est inconnu"),
        (("report", "bilan-annuel", "--query", "couleur=3", "--out", str(report)), "n’est pas un filtre"),
        (("report", "bilan-annuel", "--out", str(tmp_path / "absent" / "b.pdf")), "ne peut pas être écrit"),
    ):
        code, error = run(*arguments)
        assert code == 1
        assert message in error
    assert sorted(one.name for one in tmp_path.iterdir()) == ["bilan.pdf", "fiches"]
