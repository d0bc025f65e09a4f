"""The search of the header by keyboard and by finger, « Mon territoire » in two taps, the page shared."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_accessible
from tests.browser.driving import resize, settle, visit

OPTIONS = "#search-list [role=option]"
STORED = "localStorage.getItem('mon-territoire')"


@pytest.fixture(autouse=True)
def forgotten(page: Page) -> Iterator[None]:
    yield
    page.evaluate("localStorage.removeItem('mon-territoire')")


def test_everything_is_found_from_the_keyboard(page: Page) -> None:
    visit(page, "/aides?porteur=public")
    page.evaluate("window.same = true")
    page.locator("a.brand").focus()
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="Rechercher dans le site")
    expect(field).to_be_focused()
    page.keyboard.type("herouv")
    expect(page.locator(OPTIONS).first).to_contain_text("Hérouville-Saint-Clair — Caen la Mer")
    expect(page.locator("#search-list-status")).to_contain_text("3 résultats")
    expect(field).to_have_attribute("aria-expanded", "true")
    assert_accessible(page, within=".header")
    for key, index in (("ArrowDown", 0), ("End", 2), ("ArrowDown", 0), ("ArrowUp", 2), ("Home", 0)):
        page.keyboard.press(key)
        expect(page.locator("#search-list [aria-selected=true]")).to_have_count(1)
        active = field.get_attribute("aria-activedescendant")
        assert page.locator(OPTIONS).nth(index).get_attribute("id") == active, key
    page.keyboard.press("Escape")  # closes the list, then the search
    expect(page.locator("#search-list")).to_be_hidden()
    expect(field).to_have_value("herouv")
    page.keyboard.press("Escape")
    expect(page.locator("a.brand")).to_be_focused()

    page.keyboard.press("/")
    page.keyboard.type("hérouville")
    expect(page.locator(OPTIONS).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("CU Caen la Mer")
    assert page.url.endswith("/territoires/200065597?porteur=public")
    page.go_back()
    page.wait_for_url("**/aides?porteur=public")
    settle(page)

    page.keyboard.press("/")
    page.keyboard.type("lisieux")
    page.keyboard.press("Enter")  # nothing is chosen: all results
    page.wait_for_url("**/recherche?q=lisieux&porteur=public")
    expect(page.locator("h1")).to_contain_text("«\u202flisieux\u202f»")
    expect(page.locator("h1")).to_be_focused()
    page.get_by_role("searchbox", name="Rechercher").press("/")  # a letter like any other where one types
    expect(page.get_by_role("searchbox", name="Rechercher")).to_be_focused()
    assert page.evaluate("window.same"), "the page was loaded again"


def test_a_part_of_the_page_shown_is_reached_and_what_is_not_there_is_said(page: Page) -> None:
    visit(page, "/aides")
    page.keyboard.press("/")
    page.keyboard.type("dossiers votés au titre")
    expect(page.locator(OPTIONS)).to_have_count(1)
    page.locator(OPTIONS).click()
    expect(page.locator("#list-title-dossiers")).to_be_in_viewport()
    page.keyboard.press("/")
    page.keyboard.type("Strasbourg")
    expect(page.locator("#search-list-status")).to_contain_text("Aucun résultat pour «\u202fStrasbourg\u202f»")
    expect(page.locator("#search-list-status")).to_be_in_viewport()
    assert_accessible(page, within=".header")


def test_a_territory_is_chosen_in_two_taps_on_a_phone(page: Page) -> None:
    visit(page, "/?au=2020-06-30")
    resize(page, "phone")
    page.get_by_role("link", name="Mon territoire").click()
    field = page.get_by_role("combobox", name="Votre commune ou intercommunalité")
    expect(field).to_be_focused()
    page.keyboard.type("herouville")
    expect(page.locator("#search-list")).to_be_in_viewport()
    assert_accessible(page, within=".header")
    page.locator(OPTIONS).first.click()
    expect(page.locator("h1")).to_have_text("CU Caen la Mer")
    mine = page.locator("#my-territory")
    expect(mine).to_have_accessible_name("Mon territoire Caen la Mer")
    expect(mine).to_have_attribute("title", "Mon territoire\u202f: CU Caen la Mer")
    assert json.loads(page.evaluate(STORED))["code"] == "200065597"
    assert page.evaluate("document.documentElement.scrollWidth") <= 375

    settle(page)
    page.get_by_role("button", name="En choisir un autre").click()
    page.keyboard.type("14100")
    expect(page.locator("#search-list [aria-selected=true]")).to_contain_text("Lisieux")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("CA Lisieux Normandie")
    expect(mine).to_have_accessible_name("Mon territoire Lisieux Normandie")
    page.get_by_role("button", name="Ne plus suivre").click()
    expect(mine).to_have_accessible_name("Mon territoire\u202f: à choisir")
    expect(page.get_by_role("button", name="En choisir un autre")).to_be_hidden()


def test_the_search_opens_and_closes_on_a_phone(page: Page) -> None:
    visit(page, "/label")
    for size in ("phone", "narrow"):
        resize(page, size)
        expect(page.locator("#search")).to_be_hidden()
        page.get_by_role("button", name="Rechercher dans le site").click()
        expect(page.locator("#search")).to_be_focused()
        page.keyboard.type("saint")
        expect(page.locator(OPTIONS).first).to_be_in_viewport()
        width = page.evaluate("window.innerWidth")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        heights = page.locator(OPTIONS).evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
        assert min(heights) >= 44
        page.get_by_role("button", name="Fermer").click()
        expect(page.locator("#search")).to_be_hidden()
        expect(page.get_by_role("button", name="Rechercher dans le site")).to_be_focused()


def test_an_outdated_answer_is_not_shown(page: Page) -> None:
    visit(page, "/label")
    page.route("**/api/recherche?q=ca*", lambda route: page.wait_for_timeout(600) or route.continue_())
    page.keyboard.press("/")
    page.keyboard.type("ca")
    with page.expect_request("**/api/recherche?q=ca*"):
        pass
    page.locator("#search").fill("rouen")
    expect(page.locator(OPTIONS).first).to_contain_text("Rouen")
    page.wait_for_timeout(800)
    expect(page.locator(OPTIONS).first).to_contain_text("Rouen")


def test_the_shortcut_can_be_given_up(page: Page) -> None:
    visit(page, "/accessibilite")
    page.get_by_role("button", name="Ne plus utiliser cette touche").click()
    back = page.get_by_role("button", name="Utiliser cette touche")
    expect(back).to_be_focused()
    page.reload()
    settle(page)
    page.keyboard.press("/")
    expect(page.locator("#search")).not_to_be_focused()
    back.click()
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()


@pytest.mark.parametrize("native", [True, False])
def test_a_page_is_shared(page: Page, native: bool) -> None:
    page.add_init_script(
        "window.shared = []; navigator.share = page => { window.shared.push(page.url); return Promise.resolve(); };"
        if native
        else "navigator.share = undefined; window.shared = [];"
        "const clipboard = { writeText: text => { window.shared.push(text); } };"
        "Object.defineProperty(navigator, 'clipboard', { value: clipboard });"
    )
    visit(page, "/aides?dep=61")
    page.get_by_role("button", name="Partager").click()
    page.wait_for_function("window.shared.length === 1")
    assert page.evaluate("window.shared[0]") == page.url
    if not native:
        expect(page.get_by_text("Lien copié")).to_be_visible()
