"""Answers that come out of their order: what is drawn is always what the address and the controls say."""

from collections.abc import Callable

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from tests.browser.driving import choose, settle, shown_query, visit

CALLBACKS = "**/_dash-update-component*"


@pytest.fixture
def held(page: Page) -> Callable[[], Callable[[], None]]:
    """`release = held()`: the answer to the next question is kept back until `release()`; those after it are not."""

    def hold() -> Callable[[], None]:
        selected: list[Route] = []
        answers: list[APIResponse] = []

        def answer(route: Route) -> None:
            selected.append(route)
            if len(selected) > 1:
                route.continue_()
            else:
                answers.append(route.fetch(max_retries=3))

        def release() -> None:
            while not answers:
                page.wait_for_timeout(20)
            selected[0].fulfill(response=answers[0])
            settle(page)
            page.unroute(CALLBACKS)

        page.route(CALLBACKS, answer)
        return release

    return hold


Hold = Callable[[], Callable[[], None]]


def test_a_choice_taken_back_before_its_response(page: Page, held: Hold) -> None:
    visit(page, "/")
    headline = page.locator("h1").inner_text()
    release = held()
    choose(page, "dep", "14")
    page.locator("#filter-box-dep input[value='14']").uncheck()
    release()
    assert shown_query(page) == ""
    expect(page.locator("h1")).to_have_text(headline)
    expect(page.locator("#filter-label-dep")).to_have_text("tous")
    assert page.url.endswith("/")


def test_another_choice_before_the_first_response(page: Page, held: Hold) -> None:
    visit(page, "/")
    release = held()
    choose(page, "dep", "14")
    choose(page, "dep", "61")
    expect(page.locator("#card-trajectoire")).to_have_attribute("data-query", "dep=14,61")
    headline = page.locator("h1").inner_text()
    release()
    assert shown_query(page) == "dep=14,61"
    expect(page.locator("h1")).to_have_text(headline)
    assert page.url.endswith("?dep=14,61")


def test_another_page_before_the_response_to_a_choice(page: Page, held: Hold) -> None:
    visit(page, "/")
    release = held()
    choose(page, "dep", "14")
    page.locator("#menu-label").click()
    page.wait_for_url("**/label")
    release()
    expect(page.locator(".card").first).to_have_attribute("data-query", "")
    expect(page.locator("#filter-label-dep")).to_have_text("tous")
    expect(page.locator("#filter-dep input:checked")).to_have_count(0)
    assert page.url.endswith("/label")


def test_a_choice_before_the_page_is_there(page: Page, held: Hold) -> None:
    visit(page, "/")
    release = held()
    page.locator("#menu-label").click()
    choose(page, "dep", "14")
    page.wait_for_url("**/label?dep=14")
    release()
    expect(page.locator(".card").first).to_have_attribute("data-query", "dep=14")
    expect(page.locator("h1")).to_contain_text("Calvados")


@pytest.mark.parametrize("first", ["choice", "table"])
def test_a_table_and_a_choice_with_responses_in_any_order(page: Page, held: Hold, first: str) -> None:
    visit(page, "/")
    table = page.locator("#table-carte")
    open_it = page.locator("#data-carte summary")
    release = held()
    if first == "choice":
        open_it.click()
        choose(page, "dep", "61")
        expect(page.locator("#card-trajectoire")).to_have_attribute("data-query", "dep=61")
    else:
        choose(page, "dep", "61")
        open_it.click()
    release()
    expect(table.locator("caption")).to_contain_text("Orne")
    assert shown_query(page) == "dep=61"


def test_a_late_failure_is_not_shown(page: Page, complaints: list[str]) -> None:
    visit(page, "/")
    selected: list[Route] = []

    def answer(route: Route) -> None:
        selected.append(route)
        if len(selected) > 1:
            route.continue_()

    page.route(CALLBACKS, answer)
    choose(page, "dep", "14")
    choose(page, "dep", "61")
    expect(page.locator("#card-trajectoire")).to_have_attribute("data-query", "dep=14,61")
    selected[0].fulfill(status=500, json={"error": "Panne"})
    settle(page)
    expect(page.locator("#failure")).to_be_hidden()
    complaints[:] = [one for one in complaints if "500" not in one]
