"""When the server does not answer as it should, a sentence says so, and what to do."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.accessibility import assert_accessible
from tests.browser.driving import choose, settle, shown_query, visit, wait_for_query

CALLBACKS = "**/_dash-update-component*"
ROOT = Path(__file__).resolve().parents[2]


def forget(complaints: list[str], *expected: str) -> None:
    """Take the complaints that this test provoked out of the list; any other stays and fails the test."""
    complaints[:] = [one for one in complaints if not any(word in one for word in expected)]


@pytest.mark.parametrize("status", [500, 503])
def test_a_failed_response_is_shown_and_the_page_recovers(page: Page, complaints: list[str], status: int) -> None:
    visit(page, "/")
    page.route(CALLBACKS, lambda route: route.fulfill(status=status, json={"error": "Panne"}))
    tick(page, "61")
    failure = page.get_by_role("alert")
    expect(failure).to_contain_text("n’ont pas pu être mis à jour")
    expect(failure).to_contain_text("Panne")
    assert_shown(page, [])
    assert_accessible(page)
    page.unroute(CALLBACKS)
    page.keyboard.press("Escape")  # the open list covers the button
    page.get_by_role("button", name="Réessayer").click()
    settle(page)
    expect(failure).to_be_hidden()
    choose(page, "dep", "61")
    wait_for_query(page, "dep=61")
    expect(failure).to_be_hidden()
    forget(complaints, str(status))


def tick(page: Page, code: str) -> None:
    """Click a choice of the filter of départements; the answer may take it back at once."""
    box = page.locator("#filter-box-dep")
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    box.locator(f"input[value='{code}']").click()


def failing(status: int) -> Callable[[Route], None]:
    """An answer of this status; 0: none at all."""
    return lambda route: route.fulfill(status=status) if status else route.abort()


def assert_shown(page: Page, codes: list[str]) -> None:
    """Boxes, words of the button and figures say the same choice."""
    ticked = page.locator("#filter-dep input:checked")
    expect(ticked).to_have_count(len(codes))
    assert [one.get_attribute("value") for one in ticked.all()] == codes
    assert (page.locator("#filter-label-dep").inner_text() == "tous") == (not codes)
    assert shown_query(page) == (f"dep={','.join(codes)}" if codes else "")


def test_a_failed_choice_resets_the_controls(page: Page, complaints: list[str]) -> None:
    """Whatever was chosen before, and however the next choices go: controls, figures and address agree."""
    visit(page, "/?dep=61")
    headline = page.locator("h1").inner_text()
    for step, status in enumerate((500, 503, 0)):
        page.route(CALLBACKS, failing(status))
        tick(page, "14" if step != 1 else "61")  # one more, one less
        expect(page.get_by_role("alert")).to_contain_text("les filtres disent ce qui est affiché")
        settle(page)
        assert_shown(page, ["61"])
        page.keyboard.press("Escape")
        page.locator("details.filter:has(#filter-au) summary").click()
        page.locator("#filter-au").fill("2019-06-15")
        expect(page.locator("#filter-au")).not_to_have_value("2019-06-15")
        page.keyboard.press("Escape")
        page.locator("#clear-filters").click()
        settle(page)
        assert_shown(page, ["61"])
        assert "/?dep=61" in page.url
        page.unroute(CALLBACKS)
    assert page.locator("h1").inner_text() == headline
    choose(page, "dep", "14")
    wait_for_query(page, "dep=14,61")
    assert_shown(page, ["14", "61"])
    page.route(CALLBACKS, failing(503))
    tick(page, "50")
    expect(page.get_by_role("alert")).to_be_visible()
    settle(page)
    assert_shown(page, ["14", "61"])
    forget(complaints, "500", "503", "ERR_FAILED")


def test_a_server_without_response_shows_a_failure(page: Page, complaints: list[str]) -> None:
    visit(page, "/")
    page.route(CALLBACKS, lambda route: route.abort())
    tick(page, "61")
    expect(page.get_by_role("alert")).to_contain_text("n’ont pas pu être mis à jour")
    page.unroute(CALLBACKS)
    choose(page, "dep", "14")  # the next answer that comes takes the sentence away
    wait_for_query(page, "dep=14")
    expect(page.locator("#failure")).to_be_hidden()
    forget(complaints, "ERR_FAILED")


def test_a_page_without_its_scripts_can_be_read_and_filtered(page: Page, complaints: list[str]) -> None:
    page.route("**/dash_renderer*", lambda route: route.abort())
    page.goto("/")
    expect(page.locator("h1")).to_contain_text("tiers-lieux")
    page.locator("#filter-box-dep summary").click()
    page.get_by_label("Orne", exact=True).check()
    page.locator("#filter-box-dep").get_by_role("button", name="Appliquer").click()
    expect(page.locator("h1")).to_contain_text("dans l’Orne")
    assert "/?dep=61" in page.url
    page.unroute("**/dash_renderer*")
    page.get_by_role("link", name="Label", exact=True).click()
    expect(page).to_have_url(re.compile(r"/label\?dep=61$"))
    settle(page)
    forget(complaints, "ERR_FAILED", "DashContext")


def test_a_database_that_is_not_ready_shows_its_reason(page: Page, unready: tuple[str, str]) -> None:
    origin, url = unready
    response = page.goto(origin)
    assert response is not None
    assert response.status == 503
    expect(page.locator("h1")).to_have_text("Base de données indisponible")
    expect(page.locator("main")).to_contain_text("python -m etl init")
    assert page.locator("html").get_attribute("lang") == "fr"
    assert_accessible(page)
    command = [sys.executable, "-m", "etl", "init"]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, capture_output=True, check=True)
    page.get_by_role("link", name="Recharger la page").click()
    expect(page.locator("h1")).to_contain_text("tiers-lieux")
