"""Paper: lists and cards are whole, and the address of the page is on it."""

import re
from io import BytesIO

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.driving import visit

# What the printing of the browser would show; it leaves no trace in a headless one.
RECORD_PRINT = """() => {
  window.print = () => {
    window.printedRows = document.querySelectorAll("#list-body-dossiers tr").length;
    window.dispatchEvent(new Event("afterprint"));
  };
}"""


def test_a_whole_list_is_printed_with_whole_cards(page: Page) -> None:
    visit(page, "/aides?dep=14,50,61")
    files = int(page.locator("#list-count-dossiers").inner_text().split()[0])
    shown = page.locator("#list-body-dossiers tr")
    expect(shown).to_have_count(10)
    page.evaluate(RECORD_PRINT)
    page.keyboard.press("Control+p")
    page.wait_for_function("() => window.printedRows")
    assert page.evaluate("window.printedRows") == files > 10
    expect(shown).to_have_count(10)  # as before
    assert page.url.endswith("/aides?dep=14,50,61")
    page.locator("#list-pager-dossiers").get_by_text("Toutes les lignes").click()
    expect(shown).to_have_count(files)
    titles = page.locator(".card h3, .card h2").all_inner_texts()
    sheets = [
        re.sub(r"\s+", " ", sheet.extract_text())
        for sheet in PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    ]
    text = " ".join(sheets)
    references = {one.split()[0] for one in shown.all_inner_texts()}
    assert len(references) == files
    assert not [reference for reference in references if reference not in text]
    assert titles
    for title in titles:  # the title and the sources of a card are on one sheet
        words = re.sub(r"\s+", " ", title)
        (sheet,) = [one for one in sheets if words in one]
        assert "Sources" in sheet[sheet.index(words) :]
    assert "page-dossiers=toutes" in re.sub(r"\s", "", text)
