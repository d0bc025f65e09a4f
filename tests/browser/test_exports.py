"""What is exported is really saved, and holds what the screen shows."""

import base64
import csv
import html
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect

from tests.browser.driving import CHARTS, open_tables, visit

# Decodes an image and looks at one pixel in 97: its size, how many colours, the share of the commonest.
LOOK = """async data => {
  const image = new Image();
  image.src = "data:image/png;base64," + data;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height), pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const seen = new Map(), all = new Uint32Array(pen.getImageData(0, 0, image.width, image.height).data.buffer);
  let looked = 0;
  for (let at = 0; at < all.length; at += 97) { seen.set(all[at], (seen.get(all[at]) || 0) + 1); looked += 1; }
  return [image.width, image.height, seen.size, Math.max(...seen.values()) / looked];
}"""


def download(page: Page, selector: str) -> Download:
    """Export by keyboard: its menu, if any, is opened; the button or link has the focus, and Enter is pressed."""
    menu = page.locator(".export-menu", has=page.locator(selector))
    if menu.count() and menu.get_attribute("open") is None:
        menu.locator("summary").focus()
        page.keyboard.press("Enter")
    with page.expect_download() as waiting:
        page.locator(selector).focus()
        page.keyboard.press("Enter")
    return waiting.value


def content(saved: Download) -> bytes:
    return Path(saved.path()).read_bytes()


def rows_of(raw: bytes) -> list[list[str]]:
    assert raw.startswith(b"\xef\xbb\xbf"), "Excel needs a byte order mark to read accents"
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))


def number_of(text: str) -> float | None:
    """« 649 791 € », « 74 % », « 1,5 » as a number; None for what is none."""
    bare = re.sub(r"[\s\u202f\u00a0€%]", "", text).replace(",", ".").replace("−", "-")
    return float(bare) if re.fullmatch(r"-?\d+(\.\d+)?", bare) else None


MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
          "décembre")  # fmt: skip


def month_of(text: str) -> str:
    """« janvier 2018 » as a file writes it, 01/2018; another text as it is."""
    name, _, year = text.partition(" ")
    return f"{MONTHS.index(name) + 1:02d}/{year}" if name in MONTHS else text


def assert_same(shown: str, saved: str) -> None:
    """A cell of the screen and of the file: equal, or equal once rounded as the screen rounds."""
    on_screen, in_file = number_of(shown), number_of(saved)
    if on_screen is None or in_file is None:
        expected = "" if shown == "—" else month_of(shown)
        assert expected.replace("\u202f", " ") == saved.replace("\u202f", " ")
        return
    decimals = len(re.sub(r"\D", "", shown.partition(",")[2]))
    assert abs(on_screen - in_file) <= 0.5 * 10**-decimals + 1e-9, (shown, saved)


@pytest.mark.parametrize("query", ["", "?dep=50,61&au=2019-06-15"])
def test_the_csv_of_each_chart_is_its_table(page: Page, query: str) -> None:
    visit(page, f"/{query}")
    open_tables(page)
    day, where = ("2019-06-15", "_manche-et-orne") if query else ("2020-12-31", "_normandie")
    for slug in CHARTS:
        table = page.locator(f"#table-{slug} tr")
        shown = table.evaluate_all("all => all.map(row => [...row.cells].map(cell => cell.textContent))")
        saved = download(page, f"#export-csv-{slug}")
        assert saved.suggested_filename == f"tiers-lieux_{slug}{where}_{day}_demonstration.csv"
        header, *lines = rows_of(content(saved))
        width = len(shown[0])
        assert header[width:] == ["Passeport", "Filtres", "Nature"]
        assert len(lines) == len(shown) - 1 > 0
        for screen, line in zip(shown[1:], lines, strict=True):
            for cell, value in zip(screen, line, strict=False):
                assert_same(cell, value)
            assert ("Manche et Orne" in line[header.index("Filtres")]) is bool(query)


def test_the_png_of_a_chart_is_an_image(page: Page) -> None:
    visit(page, "/?dep=14")
    for slug in (CHARTS[0], "carte"):
        saved = download(page, f"#export-png-{slug}")
        assert saved.suggested_filename == f"tiers-lieux_{slug}_calvados_2020-12-31_demonstration.png"
        raw = content(saved)
        assert raw.startswith(b"\x89PNG\r\n\x1a\n")
        width, height, colours, commonest = page.evaluate(LOOK, base64.b64encode(raw).decode())
        assert width == 2400
        assert 1350 <= height < 2600
        assert colours > 10, slug
        assert 0.3 < commonest < 0.99, slug


def test_the_svg_of_each_chart_has_the_texts_of_its_card(page: Page) -> None:
    visit(page, "/?dep=14")
    for slug in CHARTS:
        saved = download(page, f"#export-svg-{slug}")
        assert saved.suggested_filename == f"tiers-lieux_{slug}_calvados_2020-12-31_demonstration.svg"
        written = content(saved).decode()
        assert written.startswith("<svg")
        assert "<script" not in written
        words = re.sub(r"<style>.*?</style>|<[^>]+>", " ", written)
        text = " ".join(html.unescape(words).split())
        for part in (page.locator(f"#finding-{slug}"), page.locator(f"#card-{slug} .source-text")):
            assert " ".join((part.text_content() or "").split()) in text, slug
        assert "Données de démonstration" in text


def test_the_export_menu_closes_by_itself(page: Page) -> None:
    visit(page, "/")
    menu = page.locator("#card-trajectoire .export-menu")
    menu.locator("summary").click()
    expect(menu.locator("#export-csv-trajectoire")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()
    menu.locator("summary").click()
    page.locator("h1").click()
    expect(menu).not_to_have_attribute("open", "")


def test_a_workbook_is_saved(page: Page) -> None:
    visit(page, "/?dep=14")
    saved = download(page, "#export-xlsx-trajectoire")
    assert saved.suggested_filename == "tiers-lieux_trajectoire_calvados_2020-12-31_demonstration.xlsx"
    assert content(saved).startswith(b"PK")


def test_the_rows_of_a_figure_are_saved(page: Page) -> None:
    visit(page, "/indicateurs/lieux-labellises/lignes?dep=61")
    shown = page.locator("#list-body-lignes tr").evaluate_all(
        """all => all.map(row => [...row.cells].map(cell => [...cell.childNodes]
          .filter(node => node.localName !== "details").map(node => node.textContent).join("")))"""  # the fold of a row
    )
    saved = download(page, "#list-csv-lignes")
    assert saved.suggested_filename == "tiers-lieux_lignes-lieux-labellises_orne_2020-12-31_demonstration.csv"
    header, *lines = rows_of(content(saved))
    assert {"Fichier", "Ligne"} <= set(header)
    assert len(lines) == len(shown) == 3
    for screen, line in zip(shown, lines, strict=True):
        for cell, value in zip(screen, line, strict=False):
            assert_same(cell, value)


def test_all_rows_are_exported_not_only_the_page_shown(page: Page) -> None:
    visit(page, "/indicateurs/visites/lignes")
    notice = re.match(r"([\d\u202f]+) lignes", page.locator("#list-count-lignes").inner_text())
    assert notice is not None
    saved = download(page, "#list-csv-lignes")
    assert len(rows_of(content(saved))) - 1 == number_of(notice[1]) > page.locator("#list-body-lignes tr").count()


def test_a_refused_file_is_a_page_with_a_link_back(page: Page, complaints: list[str]) -> None:
    """The link is that of a list, as the page writes it: only its slug is made one that does not exist."""
    visit(page, "/lieux?dep=50")
    link = page.locator("#list-csv-lieux")
    link.evaluate("link => { link.href = link.href.replace('liste-lieux', 'liste-rien'); }")
    link.click()
    expect(page.locator("h1")).to_have_text("Fichier introuvable")
    page.get_by_role("link", name="Revenir à la page").click()
    expect(page).to_have_url(re.compile(r"/lieux\?dep=50$"))
    assert all("404" in one for one in complaints)
    complaints.clear()
