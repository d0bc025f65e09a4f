"""The address is the state: deep links, Back and Forward, links that keep the filters, junk that is told and kept."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import choose, settle, shown_query, visit, wait_for_query

DEEP = "dep=50,61&au=2019-06-15"


def test_a_deep_link_sets_controls_headline_and_figures(page: Page) -> None:
    visit(page, f"/?{DEEP}")
    assert page.locator("#filter-dep input:checked").evaluate_all("all => all.map(one => one.value)") == ["50", "61"]
    expect(page.locator("#filter-label-dep")).to_have_text("Manche et 1 autre")
    expect(page.locator("#filter-au")).to_have_value("2019-06-15")
    expect(page.locator("#filter-period")).to_have_text("jusqu’au 15/06/2019")
    expect(page.locator("h1")).to_contain_text("dans la Manche et l’Orne")
    expect(page.locator("#headline-lines")).to_contain_text("15 juin 2019")
    assert shown_query(page) == DEEP
    for line in page.locator(".source-text").all_text_contents():
        assert "Manche et Orne" in line
        assert "arrêté au 15/06/2019" in line
    drawn = page.locator("#graph-visites-par-mois .js-plotly-plot").evaluate("one => one.data[0].x.at(-1)")
    assert drawn.startswith("2019-05"), "the last whole month before the date asked for"


def test_a_reload_changes_nothing(page: Page) -> None:
    visit(page, "/")
    choose(page, "dep", "61")
    wait_for_query(page, "dep=61")
    before = page.locator("#page").inner_text()
    page.reload()
    settle(page)
    assert page.url.endswith("/?dep=61")
    assert page.locator("#page").inner_text() == before


def test_back_and_forward_after_several_changes(page: Page) -> None:
    visit(page, "/")
    titles = [page.locator("h1").inner_text()]
    for code, query in (("14", "dep=14"), ("61", "dep=14,61"), ("76", "dep=14,61,76")):
        choose(page, "dep", code)
        wait_for_query(page, query)
        titles.append(page.locator("h1").inner_text())
    assert len(set(titles)) == 4
    for query, title, ticked in (("dep=14,61", titles[2], 2), ("dep=14", titles[1], 1), ("", titles[0], 0)):
        page.go_back()
        wait_for_query(page, query)
        expect(page.locator("h1")).to_have_text(title)
        expect(page.locator("#filter-dep input:checked")).to_have_count(ticked)
        assert page.url.endswith(f"/?{query}" if query else "/")
    for query, title in (("dep=14", titles[1]), ("dep=14,61", titles[2]), ("dep=14,61,76", titles[3])):
        page.go_forward()
        wait_for_query(page, query)
        expect(page.locator("h1")).to_have_text(title)


def test_back_and_forward_across_pages(page: Page) -> None:
    visit(page, "/")
    choose(page, "dep", "61")
    wait_for_query(page, "dep=61")
    page.locator("#menu-indicateurs").click()
    expect(page.locator("h1")).to_have_text("Indicateurs")
    assert page.url.endswith("/indicateurs?dep=61")
    page.get_by_role("link", name="Visites", exact=True).click()
    expect(page.locator("h1")).to_have_text("Visites")
    assert page.url.endswith("/indicateurs/visites?dep=61")
    expect(page.locator("#sheet-caption")).to_contain_text("Orne")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Indicateurs")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("dans l’Orne")
    page.go_back()
    wait_for_query(page, "")
    expect(page.locator("h1")).to_contain_text("visés")
    for title in ("dans l’Orne", "Indicateurs", "Visites"):
        page.go_forward()
        expect(page.locator("h1")).to_contain_text(title)
    settle(page)
    expect(page.locator("#sheet-caption")).to_contain_text("Orne")
    expect(page.locator("#filter-label-dep")).to_have_text("Orne")


def test_a_change_on_another_page_stays_on_the_overview(page: Page) -> None:
    visit(page, "/indicateurs/lieux-labellises")
    value = page.locator("#sheet-value").inner_text()
    choose(page, "dep", "76")
    expect(page.locator("#sheet-value")).not_to_have_text(value)
    expect(page.locator("#sheet-rows tr")).to_have_count(1)
    settle(page)
    page.locator("#menu-accueil").click()
    expect(page.locator("h1")).to_contain_text("Seine-Maritime")
    settle(page)
    assert page.url.endswith("/?dep=76")
    number = re.match(r"\d+", page.locator("#tile-value-lieux-labellises").inner_text())
    page.locator("#tile-link-lieux-labellises").click()
    expect(page.locator("h1")).to_contain_text("les lignes qui font le chiffre")
    settle(page)
    assert page.url.endswith("/indicateurs/lieux-labellises/lignes?dep=76")
    assert number is not None
    expect(page.locator("#list-body-lignes tr")).to_have_count(int(number[0]))


@pytest.mark.parametrize(
    ("query", "expected_notice"),
    [
        ("dep=99,61", "«\u202f99\u202f» (département) n’existe pas"),
        ("au=demain&dep=61", "«\u202fdemain\u202f» (date) n’existe pas"),
        ("dep=61&utm_source=lettre", "«\u202futm_source\u202f» de l’adresse n’est pas un filtre"),
        ("dep=61&du=2021-01-01&au=2019-01-01", "suit la date de fin"),
        ("dep=61&x=%3Cimg%20src=x%20onerror=alert(1)%3E", "«\u202fx\u202f»"),
    ],
)
def test_invalid_parameters_give_a_notice_and_stay_in_the_address(page: Page, query: str, expected_notice: str) -> None:
    visit(page, f"/?{query}")
    assert page.url.endswith(f"/?{query}")
    expect(page.locator("#notices")).to_contain_text(expected_notice)
    expect(page.locator("h1")).to_contain_text("Orne")


def test_back_leaves_an_address_with_invalid_parameters(page: Page) -> None:
    visit(page, "/indicateurs")
    visit(page, "/?dep=99&zzz=1")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Indicateurs")
    assert page.url.endswith("/indicateurs")


def test_the_next_choice_removes_a_notice(page: Page) -> None:
    visit(page, "/?dep=99")
    choose(page, "dep", "61")
    wait_for_query(page, "dep=61")
    expect(page.locator("#notices")).to_be_empty()


def test_clearing_the_filters_clears_everything(page: Page) -> None:
    visit(page, f"/?{DEEP}&porteur=public&du=2018-01-01")
    page.locator("#clear-filters").click()
    wait_for_query(page, "")
    assert page.url.endswith("/")
    expect(page.locator("input[type=checkbox]:checked")).to_have_count(0)
    expect(page.locator("#filter-au")).to_have_value("")
    expect(page.locator("#filter-du")).to_have_value("")
    expect(page.locator("h1")).to_contain_text("visés")
    expect(page.locator("#menu-indicateurs")).to_have_attribute("href", "/indicateurs")


def test_the_pages_of_a_list_are_addresses(page: Page) -> None:
    visit(page, "/indicateurs/visites/lignes")
    first = page.locator("#list-body-lignes tr").first.inner_text()
    page.get_by_role("link", name="Page suivante").click()
    page.wait_for_url("**/lignes?page-lignes=2")
    settle(page)
    expect(page.locator("#list-count-lignes")).to_contain_text("page 2 sur")
    assert page.locator("#list-body-lignes tr").first.inner_text() != first
    page.go_back()
    expect(page.locator("#list-count-lignes")).to_contain_text("page 1 sur")
