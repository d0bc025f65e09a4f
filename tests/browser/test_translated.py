"""A page that the browser has translated: each of its texts is in elements of the translator's. What is shown after a
change of filters, of list or of page is what a page never translated shows, and nothing fails."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.driving import choose, open_tables, settle, visit
from tests.site import STEERING

MARK = "※"
# As Google's translator in Chromium and the translating extensions do: it leaves pictures alone.
TRANSLATE = """mark => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, node =>
    node.parentElement.closest("script, style, noscript, template, svg, font") || !node.nodeValue.trim()
      ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const texts = [];
  while (walker.nextNode()) { texts.push(walker.currentNode); }
  for (const text of texts) {
    const outer = document.createElement("font"), inner = document.createElement("font");
    inner.textContent = mark + text.nodeValue;
    outer.append(inner);
    text.replaceWith(outer);
  }
  return texts.length;
}"""
# What is read, also in closed lists, but for what was said of the change before.
READ = """() => [...document.querySelectorAll(".menu, .filters, #contenu")].map(box => {
  const copy = box.cloneNode(true);
  copy.querySelectorAll("svg, [hidden], #status, #failure").forEach(one => one.remove());
  return copy.textContent;
}).join("\\n")"""


def _translate(page: Page) -> None:
    assert page.evaluate(TRANSLATE, MARK) > 50


def _read(page: Page) -> str:
    text: str = page.evaluate(READ)
    return re.sub(r"\s+", " ", text.replace(MARK, ""))


def _assert_as_new(page: Page, profile: BrowserContext, tables: bool = False) -> None:
    """The page reads as another tab that has just opened its address."""
    settle(page)
    fresh = profile.new_page()
    visit(fresh, page.url)
    if tables:
        open_tables(fresh)
    expected = _read(fresh)
    fresh.close()
    assert _read(page) == expected


@pytest.mark.parametrize("path", STEERING)
def test_a_translated_page_follows_the_filters(page: Page, profile: BrowserContext, path: str) -> None:
    visit(page, path)
    open_tables(page)
    as_new = _read(page)
    _translate(page)
    choose(page, "dep", "61")
    page.wait_for_url("**dep=61*")
    _assert_as_new(page, profile, tables=True)
    _translate(page)
    choose(page, "dep", "14")
    page.wait_for_url("**dep=14,61*")
    _assert_as_new(page, profile, tables=True)
    _translate(page)
    page.keyboard.press("Escape")  # the open list covers it
    page.locator("#clear-filters").click()
    page.wait_for_url(lambda url: "dep" not in url)
    assert _read(settle(page)) == as_new


def test_a_translated_list_is_sorted_paged_and_searched(page: Page, profile: BrowserContext) -> None:
    visit(page, "/lieux")
    for change in (".list thead a >> nth=1", ".list thead a >> nth=1", ".pager a >> nth=-1"):
        _translate(page)
        before = page.url
        page.locator(change).click()
        page.wait_for_url(lambda url, before=before: url != before)  # type: ignore[misc]
        _assert_as_new(page, profile)


def test_a_translated_page_opens_another_page(page: Page, profile: BrowserContext) -> None:
    visit(page, "/?dep=61")
    for link in ("#menu-label", "#menu-territoires", "#menu-accueil"):
        _translate(page)
        before = page.url
        page.locator(link).click()
        page.wait_for_url(lambda url, before=before: url != before)  # type: ignore[misc]
        _assert_as_new(page, profile)


@pytest.mark.parametrize("path", ["/territoires/61", "/lieux/DEMO-01", "/indicateurs/visites", "/donnees"])
def test_a_translated_sheet_follows_the_date(page: Page, profile: BrowserContext, path: str) -> None:
    visit(page, path)
    _translate(page)
    page.evaluate(
        """() => {
          history.pushState({}, "", location.pathname + "?au=2019-06-15");
          window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
        }"""
    )
    _assert_as_new(page, profile)
