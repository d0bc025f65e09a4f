"""The finder with a keyboard and with a finger: a commune in a few keys, without a reload, and back."""

from playwright.sync_api import Page, expect

from dashboard.urls import FINDER_PATH
from tests.browser.accessibility import assert_accessible
from tests.browser.driving import resize, settle, visit


def test_a_commune_is_chosen_in_a_few_keys_or_taps(page: Page) -> None:
    visit(page, f"{FINDER_PATH}?dep=50,14")
    page.evaluate("window.same = true")
    page.locator("#finder-town").focus()
    page.keyboard.type("ST-LO")
    expect(page.locator("#finder-suggestions [role=option]").first).to_have_text("Saint-Lô (Manche)")
    assert_accessible(page, within=".finder-form")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#finder-town")).to_have_attribute("aria-activedescendant", "finder-suggestions-0-0")
    page.keyboard.press("Enter")
    page.wait_for_url("**/trouver?*commune=50502*")
    settle(page)
    expect(page.locator("h1")).to_contain_text("Saint-Lô (Manche)")
    expect(page.locator("h1")).to_be_focused()
    resize(page, "phone")
    page.locator(".finder-chip").first.click()  # keeps the commune, the filters and its place
    page.wait_for_url("**services=*")
    settle(page)
    expect(page.locator(".finder-chip").first).to_have_attribute("aria-current", "true")
    expect(page.locator(".headline-lines")).to_contain_text("Saint-Lô (Manche)")
    page.locator("#finder-town").fill("saint-aubin-sur-mer")
    page.locator("#finder-suggestions [role=option]").nth(1).click()
    page.wait_for_url("**commune=76564*")
    settle(page)
    page.go_back()
    settle(page)
    expect(page.locator("#finder-town")).to_have_value("Saint-Lô (Manche)")
    assert "dep=14,50" in page.url
    assert page.evaluate("window.same"), "the page was loaded again"
