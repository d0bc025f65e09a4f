"""Phones, tablets, enlarged text and paper: nothing is lost, nothing scrolls sideways."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import CHARTS, PAGES, resize, settle, sideways, visit, wait_for_query

PRINTED_WIDTH, PRINTED_HEIGHT = 688, 1016  # A4 less margins of 14 mm, in CSS pixels

CUT = """() => [...document.querySelectorAll("main *, header *")]
  .filter(one => one.checkVisibility() && !one.closest(".table-box, .table-scroll, .visually-hidden, .main-svg, [role=img]"))
  .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(one => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("address", [*PAGES, "/?dep=61&epci=200066827&zzz=1", "/?du=2018-01-01&porteur=public"])
def test_no_page_scrolls_sideways(page: Page, address: str) -> None:
    visit(page, address)
    for size in ("tablet", "phone", "narrow"):
        resize(page, size)
        assert sideways(page) <= 0, size
        assert page.evaluate(CUT) == [], size


def test_text_twice_as_large_loses_nothing(page: Page) -> None:
    visit(page, "/")
    page.set_viewport_size({"width": 720, "height": 450})  # the 1440 px window at 200 %
    settle(page)
    assert sideways(page) <= 0
    page.set_viewport_size({"width": 1440, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")  # text alone enlarged
    settle(page)
    assert sideways(page) <= 0
    assert page.evaluate(CUT) == []
    clipped = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"
    assert page.locator(".tile-number, .card-title, .button, .tile-status").evaluate_all(clipped) == []


def test_tiles_stand_in_two_columns_and_charts_in_one(page: Page) -> None:
    visit(page, "/")
    resize(page, "phone")
    lefts = "all => all.map(one => Math.round(one.getBoundingClientRect().left))"
    tiles = page.locator(".tile").evaluate_all(lefts)
    assert len(set(tiles)) == 2
    assert tiles[:2] == tiles[2:]
    assert len(set(page.locator(".card").evaluate_all(lefts))) == 1
    for slug in CHARTS:
        box = page.locator(f"#image-{slug} .main-svg").first.bounding_box()
        assert box is not None
        assert 200 < box["width"] <= 375


def test_controls_are_large_enough_for_a_finger(page: Page) -> None:
    visit(page, "/")
    resize(page, "phone")
    page.locator("#filters-toggle").click()
    small = """all => all.filter(one => one.checkVisibility()).map(one => [one.textContent, one.getBoundingClientRect()])
      .filter(([, box]) => box.height < 24 || box.width < 24).map(([text]) => text)"""
    assert page.locator("button, summary, .button, .menu a, .tile-link").evaluate_all(small) == []


def test_the_drawer_opens_and_closes_by_touch(page: Page) -> None:
    visit(page, "/")
    resize(page, "phone")
    assert page.locator("#filters").is_hidden()
    page.locator("#filters-toggle").click()
    page.locator("#filter-box-dep summary").click()
    page.locator("#filter-dep input[value='61']").click()
    wait_for_query(page, "dep=61")
    page.locator("#filter-box-epci summary").click()  # below the open list: nothing may move under the finger
    expect(page.locator("#filter-box-epci .filter-panel")).to_be_visible()
    page.locator("#filters-toggle").click()
    assert page.locator("#filters").is_hidden()
    expect(page.locator("#filters-toggle")).to_have_text("Filtres (1)")
    expect(page.locator("h1")).to_contain_text("Orne")


def test_paper_holds_the_filters_as_text_and_no_control(page: Page) -> None:
    visit(page, "/?dep=61&au=2019-06-15")
    page.set_viewport_size({"width": PRINTED_WIDTH, "height": PRINTED_HEIGHT})
    page.emulate_media(media="print")
    settle(page)
    expect(page.get_by_text("Filtres\u202f: Orne · arrêté au 15/06/2019")).to_be_visible()
    expect(page.locator(".banner")).to_be_visible()
    controls = page.locator("button, summary, input, .menu a, .button, .tile-link, .skip-link")
    assert not [one for one in controls.all() if one.is_visible()]
    assert sideways(page) <= 0
    heights = "all => all.map(one => [getComputedStyle(one).breakInside, one.getBoundingClientRect().height])"
    for rule, height in page.locator(".card, .tile").evaluate_all(heights):
        assert rule == "avoid"
        assert height < PRINTED_HEIGHT


@pytest.mark.parametrize("address", ["/", "/indicateurs/taux-reponse", "/indicateurs/lieux-labellises/lignes"])
def test_paper_is_a4(page: Page, address: str) -> None:
    visit(page, address)
    sheets = re.findall(rb"/MediaBox\s*\[0 0 (\d+)[.\d]* (\d+)", page.pdf(prefer_css_page_size=True))
    assert sheets
    assert {(int(width), int(height)) for width, height in sheets} <= {(594, 841), (595, 841), (595, 842)}
    assert len(sheets) <= 4
