"""Help at a first visit: a tour that keyboards and phones follow, refused for ever; the mark of what is new."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import watch
from tests.browser.driving import VIEWPORTS


@pytest.fixture
def first_visit(browser: Browser, site: str, complaints: list[str]) -> Iterator[Page]:
    """A tab of a browser that never came, on a phone, where motion is reduced."""
    width, height = VIEWPORTS["phone"]
    context = browser.new_context(
        base_url=site, locale="fr-FR", viewport={"width": width, "height": height}, reduced_motion="reduce"
    )
    page = context.new_page()
    watch(page, site, complaints, set())
    yield page
    context.close()
    assert not complaints, "\n".join(complaints)


def test_the_tour_is_offered_once_and_followed_with_the_keyboard(first_visit: Page) -> None:
    page = first_visit
    page.goto("/label?dep=61")
    page.wait_for_selector("#whats-new")
    page.wait_for_timeout(2_000)
    assert page.locator(".tour").count() == 0, "whoever follows a link to a view came for that view"
    page.goto("/")
    page.get_by_role("button", name="Commencer").click()
    tour = page.get_by_role("dialog")
    for step in range(1, 5):
        expect(tour).to_contain_text(f"étape {step} sur 4")
        assert_accessible(page, within=".tour")
        box = tour.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= VIEWPORTS["phone"][0]
        for _ in range(5):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.closest('dialog') !== null"), "the focus stays inside"
        tour.get_by_role("button", name="Terminer" if step == 4 else "Suivant").focus()
        page.keyboard.press("Enter")
    expect(tour).to_have_count(0)
    page.reload()
    page.wait_for_selector("#whats-new")
    page.wait_for_timeout(2_000)
    assert page.locator(".tour").count() == 0
    page.get_by_role("button", name="Visite guidée").click()
    expect(tour).to_contain_text("étape 1 sur 4")
    page.keyboard.press("Escape")
    expect(tour).to_have_count(0)
    assert page.evaluate("document.activeElement.id") == "tour-start"


def test_the_mark_leads_to_what_came_since_the_last_load_seen_here(first_visit: Page) -> None:
    page = first_visit
    page.goto("/")
    link = page.locator("#whats-new")
    expect(link).to_be_attached()
    last = link.get_attribute("data-load")
    assert link.get_attribute("data-news") is None, "nothing is new to who comes for the first time"
    assert page.evaluate("localStorage.getItem('dernier-chargement-vu')") == last
    page.get_by_role("button", name="Non merci").click()
    page.evaluate("localStorage.setItem('dernier-chargement-vu', '8')")
    page.reload()
    expect(link).to_have_attribute("data-news", "")
    link.click()
    expect(page).to_have_url(re.compile(r"/quoi-de-neuf\?depuis=8$"))
    expect(page.locator("h1")).to_contain_text("fichiers chargés depuis le chargement 8")
    page.goto("/label?dep=61")
    expect(link).to_be_attached()
    assert link.get_attribute("data-news") is None
    page.locator("#report-problem").click()
    expect(page.locator("#problem-text")).to_contain_text("/label?dep=61")
