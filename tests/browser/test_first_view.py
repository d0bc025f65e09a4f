"""The first response is the page: before scripts, without them, and when they take over."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.driving import VIEWPORTS, settle, visit

RENDERER = "**/dash_renderer*"
PLOTLY = "**/statique/plotly-*"
SHIFTS = """() => new Promise(resolve => new PerformanceObserver(list => resolve(
  list.getEntries().reduce((sum, entry) => sum + (entry.hadRecentInput ? 0 : entry.value), 0)
)).observe({type: 'layout-shift', buffered: true}) || setTimeout(resolve, 300, 0))"""


@pytest.fixture
def plain(browser: Browser, site: str) -> Iterator[Page]:
    """A browser without scripts."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("size", ["desktop", "narrow"])
def test_a_browser_without_scripts_reads_and_filters(plain: Page, size: str) -> None:
    width, height = VIEWPORTS[size]
    plain.set_viewport_size({"width": width, "height": height})
    drawings = plain.locator(".card-drawing > .drawing:visible > svg")
    for _attempt in range(20):  # the drawing process may still be starting
        plain.goto("/")
        if drawings.count():
            break
        plain.wait_for_timeout(500)
    expect(plain.locator("h1")).to_contain_text("tiers-lieux labellisés")
    assert drawings.count() == 4, "one drawing a chart"
    assert plain.locator("body").evaluate("body => body.scrollWidth") <= width
    plain.locator("#filter-box-dep summary").click()
    plain.get_by_label("Orne", exact=True).check()
    plain.locator("#filter-box-dep").get_by_role("button", name="Appliquer").click()
    expect(plain.locator("h1")).to_contain_text("dans l’Orne")
    plain.get_by_role("link", name="Effacer les filtres").click()
    expect(plain.locator("h1")).not_to_contain_text("dans l’Orne")


def test_what_a_visitor_has_begun_goes_on_when_scripts_take_over(page: Page) -> None:
    held: list[Route] = []
    page.route(RENDERER, lambda route: held.append(route))  # noqa: PLW0108  # Playwright looks into the function
    page.goto("/", wait_until="commit")
    page.locator("#first-view h1").wait_for()
    page.locator("details.card-source-details, details.card-data").first.locator("summary").click()
    page.locator("#first-view .report-add").first.click()
    link = page.locator("#first-view .tile-link").nth(1)
    link.focus()
    page.mouse.wheel(0, 300)
    page.wait_for_function("() => scrollY > 200")
    scrolled = page.evaluate("() => scrollY")
    page.wait_for_function("() => document.readyState !== 'loading'")
    held[0].continue_()
    settle(page)
    expect(page.locator("details[open]").first).to_be_attached()
    expect(page.locator(".tile-link").nth(1)).to_be_focused()
    expect(page.get_by_text("ajouté au rapport").or_(page.get_by_text("Voir le rapport (1)")).first).to_be_visible()
    assert page.evaluate("() => scrollY") == scrolled
    page.unroute(RENDERER)
    page.evaluate("() => localStorage.clear()")


def test_filters_chosen_before_scripts_are_applied_after(page: Page) -> None:
    held: list[Route] = []
    page.route(RENDERER, lambda route: held.append(route))  # noqa: PLW0108  # Playwright looks into the function
    page.goto("/", wait_until="commit")
    page.locator("#first-view #filter-box-dep summary").click()
    page.locator("#first-view").get_by_label("Manche", exact=True).check()
    page.wait_for_function("() => document.readyState !== 'loading'")
    held[0].continue_()
    expect(page.locator("h1")).to_contain_text("dans la Manche")
    settle(page)
    expect(page.locator("#filter-dep").get_by_label("Manche", exact=True)).to_be_checked()
    page.unroute(RENDERER)


@pytest.mark.parametrize("path", ["/", "/aides", "/territoires/61"])
def test_nothing_moves_when_scripts_take_over(page: Page, path: str) -> None:
    visit(page, path)
    assert page.evaluate(SHIFTS) <= 0.02


def test_charts_are_seen_without_plotly_and_touched_with_it(page: Page, complaints: list[str]) -> None:
    page.route(PLOTLY, lambda route: route.abort())
    page.goto("/")
    page.wait_for_function("() => !document.getElementById('first-view')")
    drawings = page.locator(".card-drawing > .drawing:visible")
    expect(drawings).to_have_count(4)
    page.wait_for_timeout(500)  # plotly failed: the drawings stay
    expect(drawings).to_have_count(4)
    page.unroute(PLOTLY)
    page.locator("#image-trajectoire").hover()
    settle(page)
    expect(page.locator(".drawing")).to_have_count(0)
    complaints[:] = [one for one in complaints if "ERR_FAILED" not in one]
