"""Everything is reached and done without a mouse."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import resize, settle, visit, wait_for_query


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(120):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {selector}")


def test_the_skip_link_comes_first_and_works(page: Page) -> None:
    visit(page, "/?dep=61")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Aller au contenu")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".reading-guide summary")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#tile-link-lieux-labellises")).to_be_focused()
    settle(page)
    assert page.locator("#filter-label-dep").inner_text() == "Orne"


@pytest.mark.parametrize(
    ("key", "code", "words"),
    [
        ("dep", "14", "Calvados"),
        ("epci", "200066827", "CC du Pays de Honfleur-Beuzeville"),
        ("porteur", "prive", "privé"),
        ("typologie", "coworking", "coworking"),
    ],
)
def test_a_filter_is_set_by_keyboard_alone(page: Page, key: str, code: str, words: str) -> None:
    visit(page, "/")
    tab_to(page, f"#filter-box-{key} summary")
    page.keyboard.press("Enter")
    tab_to(page, f"#filter-{key} input[value='{code}']")
    page.keyboard.press("Space")
    wait_for_query(page, f"{key}={code}")
    assert page.url.endswith(f"/?{key}={code}")
    expect(page.locator(f"#filter-label-{key}")).to_have_text(words)
    expect(page.locator(f"#filter-{key} input[value='{code}']")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(f"#filter-box-{key} .filter-panel")).to_be_hidden()
    expect(page.locator(f"#filter-box-{key} summary")).to_be_focused()


def test_the_dates_are_set_by_keyboard_alone(page: Page) -> None:
    visit(page, "/")
    tab_to(page, "details.filter:has(#filter-au) summary")
    page.keyboard.press("Enter")
    tab_to(page, "#filter-au")
    page.keyboard.type("05052019")  # the same day in French and in English
    wait_for_query(page, "au=2019-05-05")
    expect(page.locator("#filter-au")).to_be_focused()
    expect(page.locator("#filter-period")).to_have_text("jusqu’au 05/05/2019")
    page.keyboard.press("Escape")
    expect(page.locator("#filter-au")).to_be_hidden()


def test_a_long_list_is_searched_with_a_message_when_empty(page: Page) -> None:
    visit(page, "/")
    tab_to(page, "#filter-box-epci summary")
    page.keyboard.press("Enter")
    tab_to(page, "#filter-epci-search")
    page.keyboard.type("evreux")
    expect(page.locator("#filter-epci .form-check:visible")).to_have_count(1)
    page.keyboard.type(" xyz")
    expect(page.locator("#filter-box-epci .filter-no-match")).to_be_visible()


def test_radio_buttons_follow_the_arrow_keys(page: Page) -> None:
    visit(page, "/indicateurs/visites")
    tab_to(page, "#filter-box-unite summary")
    page.keyboard.press("Enter")
    tab_to(page, "#filter-unite input")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#filter-label-unite")).to_have_text("personnes")
    page.wait_for_url("**/indicateurs/visites?unite=personnes")


def test_tab_leaves_a_list_and_closes_it(page: Page) -> None:
    visit(page, "/")
    tab_to(page, "#filter-box-dep summary")
    page.keyboard.press("Enter")
    tab_to(page, "#filter-box-epci summary")
    expect(page.locator("#filter-box-dep .filter-panel")).to_be_hidden()


def test_filters_are_cleared_by_keyboard(page: Page) -> None:
    visit(page, "/?dep=61&au=2019-06-15")
    tab_to(page, "#clear-filters")
    page.keyboard.press("Enter")
    wait_for_query(page, "")
    expect(page.locator("#clear-filters")).to_be_focused()
    assert page.url.endswith("/")


def test_the_drawer_of_a_phone_works_by_keyboard(page: Page) -> None:
    visit(page, "/")
    resize(page, "phone")
    toggle = page.locator("#filters-toggle")
    tab_to(page, "#filters-toggle")
    page.keyboard.press("Enter")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    tab_to(page, "#filter-box-dep summary")
    page.keyboard.press("Enter")
    tab_to(page, "#filter-dep input[value='61']")
    page.keyboard.press("Space")
    wait_for_query(page, "dep=61")
    page.keyboard.press("Escape")  # the list
    page.keyboard.press("Escape")  # the drawer
    expect(toggle).to_be_focused()
    expect(toggle).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#filters")).to_be_hidden()
    expect(toggle).to_have_text("Filtres (1)")
