"""The months of the agenda: their links change the address, keep the filters, and the focus follows."""

from playwright.sync_api import Page, expect

from tests.browser.driving import resize, settle, visit


def test_a_month_is_reached_with_the_keyboard_and_stays_under_the_filters(page: Page) -> None:
    visit(page, "/agenda?dep=14&mois=2020-10")
    title = page.locator("#agenda-month")
    expect(title).to_have_text("Octobre 2020")
    page.locator(".month-links a").first.focus()
    page.keyboard.press("Enter")
    expect(title).to_have_text("Septembre 2020")
    expect(title).to_be_focused()
    assert page.url.endswith("/agenda?dep=14&mois=2020-09")
    page.go_back()
    expect(title).to_have_text("Octobre 2020")
    page.locator("#clear-filters").click()
    settle(page)
    assert page.url.endswith("/agenda?mois=2020-10")
    expect(title).to_have_text("Octobre 2020")


def test_a_month_is_a_list_of_its_days_on_a_phone(page: Page) -> None:
    visit(page, "/agenda?mois=2020-10")
    heads = page.locator(".month-days thead th")
    assert heads.all_inner_texts()[0].startswith("lun")
    expect(page.locator(".day-empty").first).to_be_visible()
    resize(page, "phone")
    expect(page.locator(".day-empty").first).to_be_hidden()
    expect(page.locator(".day-name", has_text="jeudi 1er octobre 2020")).to_be_visible()
    expect(page.locator(".month-days li", has_text="Collectif des gérants")).to_be_visible()
