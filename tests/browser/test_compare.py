"""The comparison in a browser: chosen with the form, kept under filters, narrow enough for a phone, printed."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_accessible
from tests.browser.driving import assert_no_sideways_scroll, resize, settle, visit


def test_two_taps_compare_and_a_filter_keeps_what_is_compared(page: Page) -> None:
    visit(page, "/territoires/61")
    page.get_by_role("link", name="Comparer avec d’autres territoires").click()
    settle(page)
    expect(page.locator("h1")).to_contain_text("choisissez avec quoi comparer")
    page.locator(".compared-proposal").first.click()
    settle(page)
    expect(page).to_have_url(re.compile(r"/comparer\?t=61,50$"))
    expect(page.locator("h1")).to_contain_text("L’Orne et la Manche côte à côte")
    page.locator("#filter-box-porteur summary").click()
    page.locator("#filter-porteur input[value=public]").check()
    expect(page).to_have_url(re.compile(r"porteur=public&t=61,50$"))
    expect(page.locator("#headline-lines")).to_contain_text("porteur\u202f: public")
    href = page.locator("#export-csv-aides-comparees").get_attribute("href")
    assert href == "/exports/aides-comparees.csv?porteur=public&t=61,50"
    assert page.locator(".menu a", has_text="Label").get_attribute("href") == "/label?porteur=public"


def test_the_form_adds_a_territory(page: Page) -> None:
    visit(page, "/comparer?t=27,61")
    page.get_by_label("Ajouter un territoire").select_option("14")
    page.locator(".compared-form button").first.click()
    settle(page)
    assert page.locator(".compared-items li").count() == 3
    expect(page).to_have_title(re.compile("Eure, Orne et Calvados"))


@pytest.mark.parametrize("size", ["desktop", "phone", "narrow"])
def test_long_names_fit_and_nothing_scrolls_sideways(page: Page, size: str) -> None:
    visit(page, "/comparer?t=200068799,200066827,14,50,61,76")
    resize(page, size)
    assert_no_sideways_scroll(page)
    columns = page.evaluate(
        "new Set([...document.querySelectorAll('.compared-card')].map(one => one.getBoundingClientRect().left)).size"
    )
    assert columns == (3 if size == "desktop" else 1)
    if size != "narrow":
        assert_accessible(page)


def test_bars_of_a_card_are_on_one_scale(page: Page) -> None:
    """Length by value is the same for each bar of an indicator, and no bar is longer than its track."""
    visit(page, "/comparer?t=14,76")
    found = page.evaluate("""() => [...document.querySelectorAll(".compared-card")].map(card =>
      [...card.querySelectorAll(".compared-track")].map(track => {
        const bar = track.firstElementChild.getBoundingClientRect();
        return [bar.width / track.getBoundingClientRect().width, track.previousElementSibling.textContent];
      }))""")
    shares = [[(width, text) for width, text in card if text.endswith("%")] for card in found]
    checked = 0
    for card in filter(None, shares):
        values = [int(text.split("\u202f")[0].replace("−", "-")) for _width, text in card]
        if min(values) < 0 or max(values) == 0:
            continue
        for (width, _text), value in zip(card, values, strict=True):
            assert width == pytest.approx(value / max(values), abs=0.03)
            checked += 1
    assert checked > 10
