"""« Mon territoire » kept on the device, and the sheet on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.driving import settle, visit

FOLLOW, LEAVE = "Définir comme mon territoire", "Ne plus suivre ce territoire"
REFUSING = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"
ABSENT = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"


@pytest.fixture(autouse=True)
def forgotten(page: Page) -> Iterator[None]:
    yield
    page.evaluate("() => { try { localStorage.removeItem('mon-territoire'); } catch (error) { return; } }")


def test_a_territory_is_followed_reopened_and_unfollowed(page: Page) -> None:
    visit(page, "/territoires/61?au=2020-06-30")
    mine = page.locator("#my-territory")
    expect(mine).to_have_attribute("href", "/territoires?au=2020-06-30")
    expect(mine).to_have_accessible_name(re.compile("à choisir"))
    page.get_by_role("button", name=FOLLOW).click()
    expect(page.get_by_role("button", name=LEAVE)).to_be_visible()
    expect(page.locator("#follow-status")).to_contain_text("C’est noté sur cet appareil")
    expect(mine).to_have_attribute("href", "/territoires/61?au=2020-06-30")

    visit(page, "/indicateurs?dep=76")  # another visit: the device remembers
    expect(mine).to_have_accessible_name(re.compile("Orne"))
    mine.click()
    expect(page.locator("h1")).to_have_text("Orne")
    assert page.url.endswith("/territoires/61")

    button = page.get_by_role("button", name=LEAVE)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=FOLLOW)).to_be_focused()
    expect(page.locator("#follow-status")).to_have_text("Ce n’est plus votre territoire.")
    expect(mine).to_have_attribute("href", "/territoires")


def test_the_button_follows_the_territory_of_the_sheet(page: Page) -> None:
    visit(page, "/territoires/61")
    page.get_by_role("button", name=FOLLOW).click()
    page.get_by_role("link", name="Normandie", exact=True).first.click()
    expect(page.locator("h1")).to_have_text("Normandie")
    expect(page.get_by_role("button", name=FOLLOW)).to_be_visible()
    page.go_back()
    expect(page.locator("h1")).to_have_text("Orne")
    expect(page.get_by_role("button", name=LEAVE)).to_be_visible()


@pytest.mark.parametrize("script", [REFUSING, ABSENT], ids=["refusing", "absent"])
def test_a_browser_without_storage_shows_a_message(page: Page, script: str) -> None:
    page.add_init_script(script)
    visit(page, "/territoires/61")
    page.get_by_role("button", name=FOLLOW).click()
    expect(page.locator("#follow-status")).to_contain_text("Ce navigateur ne garde rien")
    expect(page.get_by_role("button", name=FOLLOW)).to_be_visible()
    expect(page.locator("#my-territory")).to_have_attribute("href", "/territoires")


def test_an_invalid_stored_territory_is_ignored(page: Page) -> None:
    visit(page, "/territoires")
    for junk in ('{"code": "javascript:alert(1)", "name": "x", "short": "x"}', "{", "null", '{"code": 61}'):
        page.evaluate("text => localStorage.setItem('mon-territoire', text)", junk)
        page.reload()
        settle(page)
        expect(page.locator("#my-territory")).to_have_attribute("href", "/territoires")


SMALL, LONGEST, MOST_PLACES = ("200068856", "200066827"), ("200069722", "200071652"), ("normandie", "76", "200023414")


def test_a_sheet_prints_on_two_a4_at_most(page: Page) -> None:
    """Those with the longest names, the most places and the most territories around; small ones are on one."""
    for code in (*SMALL, *LONGEST, *MOST_PLACES):
        visit(page, f"/territoires/{code}")
        pdf = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
        assert len(pdf.pages) <= (1 if code in SMALL else 2), code
        text = re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in pdf.pages))
        for words in (page.locator("h1").inner_text(), "Médiane des", "Ce qui a changé en douze mois", "Sources"):
            assert words in text, (code, words)


def test_a_sheet_with_long_names_prints_on_two_a4_at_most(page: Page) -> None:
    for code in MOST_PLACES:
        visit(page, f"/territoires/{code}")
        lengthened = page.evaluate(
            """() => [...document.querySelectorAll(".sheet-list a")].map((link) => {
                link.textContent = "Maison des tiers-lieux et du numérique de " + link.textContent;
                return link;
            }).length"""
        )
        assert lengthened > 12
        assert len(PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages) <= 2, code


def test_a_sheet_opens_at_its_top_after_a_list(page: Page) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    visit(page, "/territoires")
    page.locator(".list-table a[href*='/territoires/']").nth(9).click()
    expect(page.locator(".territory h1")).to_be_focused()
    settle(page)
    page.wait_for_timeout(600)  # as long as a smooth scroll would last
    assert page.evaluate("scrollY") == 0
