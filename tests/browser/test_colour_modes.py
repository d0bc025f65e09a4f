"""Light, dark and forced colours: the mode of the device or the chosen one, for pages and charts, never on paper."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_accessible
from tests.browser.driving import open_tables, resize, settle, visit

COLOURS = """() => [
  getComputedStyle(document.body).backgroundColor,
  getComputedStyle(document.querySelector("#image-trajectoire .main-svg .ytick text")).fill,
]"""
LIGHT, DARK = ("rgb(245, 246, 248)", "rgb(91, 100, 114)"), ("rgb(18, 22, 28)", "rgb(169, 179, 193)")
PAGES = ("/aides", "/territoires/61", "/indicateurs/visites", "/trouver?commune=50502", "/rapport")


def shown_colours(page: Page) -> tuple[str, str]:
    """The colours of the page, and of the labels of a chart."""
    return tuple(page.evaluate(COLOURS))


def test_a_page_has_the_mode_of_the_device_or_the_chosen_one(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    visit(page, "/")
    assert shown_colours(page) == DARK
    page.emulate_media(color_scheme="light")
    settle(page)
    assert shown_colours(page) == LIGHT
    page.get_by_role("button", name="Sombre").click()
    expect(page.get_by_role("button", name="Sombre")).to_have_attribute("aria-pressed", "true")
    assert shown_colours(page) == DARK
    page.reload()
    settle(page)
    assert shown_colours(page) == DARK
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert shown_colours(page) == LIGHT
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert shown_colours(page) == DARK
    page.get_by_role("button", name="Automatique").click()
    assert shown_colours(page) == LIGHT


@pytest.mark.parametrize("address", PAGES)
def test_a_dark_page_is_accessible(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="dark")
    visit(page, address)
    assert_accessible(page)
    if address == PAGES[0]:
        open_tables(page)
        assert_accessible(resize(page, "phone"))


def test_forced_colours_keep_bars_and_the_current_page(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    visit(page, "/")
    background = "one => getComputedStyle(one).backgroundColor"
    card = page.locator(".tile").first.evaluate(background)
    assert page.locator(".tile-bar").first.evaluate(background) != card
    underline = "one => getComputedStyle(one).borderBottomColor"
    header = page.locator(".header").evaluate(background)
    lines = {link.get_attribute("aria-current"): link.evaluate(underline) for link in page.locator(".menu a").all()}
    assert lines["false"] == header != lines["page"]


def test_the_error_page_has_the_chosen_mode_and_leads_on(page: Page, complaints: list[str]) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto("/rien")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == DARK[0]
    assert_accessible(page)
    for name in ("Mon territoire", "Accessibilité\u202f: non conforme"):
        assert page.get_by_role("link", name=name).is_visible()
    complaints.clear()
