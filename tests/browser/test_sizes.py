"""Phones, tablets, enlarged text and paper: nothing is lost, nothing scrolls sideways."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import CHARTS, assert_no_sideways_scroll, resize, settle, visit, wait_for_query
from tests.browser.touching import assert_targets_fit_a_finger

PRINTED_WIDTH, PRINTED_HEIGHT = 688, 1016  # A4 less margins of 14 mm, in CSS pixels

# Elements that stand out of the window, but for those in a box that scrolls, or for screen readers; texts that stand
# out of their own box.
SCROLLED = ".data-table-scroll, .table-scroll, .list-scroll, .menu ul, .visually-hidden, [role=img]"
CUT = """scrolled => [...document.querySelectorAll("main *, header *")]
  .filter(one => one.checkVisibility() && !one.closest(scrolled))
  .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(one => one.outerHTML.slice(0, 120))"""
CLIPPED = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"
TEXTS = "h1, h2, .tile-number, .tile-status, .button, .card-source, .notice, .banner"


def assert_nothing_stands_out(page: Page) -> None:
    """Nothing is wider than the window nor cut, on a tablet, a phone and at 320 px, which stays; a finger hits all."""
    for size in ("tablet", "phone", "narrow"):
        resize(page, size)
        assert_no_sideways_scroll(page)
        assert page.evaluate(CUT, SCROLLED) == [], size
        assert page.locator(TEXTS).evaluate_all(CLIPPED) == [], size
    assert_targets_fit_a_finger(page)


def test_text_twice_as_large_is_not_cut(page: Page) -> None:
    visit(page, "/")
    page.set_viewport_size({"width": 720, "height": 450})  # the 1440 px window at 200 %
    settle(page)
    assert_no_sideways_scroll(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")  # text alone enlarged
    settle(page)
    assert_no_sideways_scroll(page)
    assert page.evaluate(CUT, SCROLLED) == []
    assert page.locator(TEXTS).evaluate_all(CLIPPED) == []


def test_spaced_text_is_not_cut_at_400_percent(page: Page) -> None:
    """The spacing of WCAG 1.4.12, in the window of 1280 px at 400 %."""
    visit(page, "/aides")
    resize(page, "narrow")
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
        "p { margin-bottom: 2em !important }"
    )
    settle(page)
    assert_no_sideways_scroll(page)
    assert page.evaluate(CUT, SCROLLED) == []
    assert page.locator(TEXTS).evaluate_all(CLIPPED) == []


def test_tiles_are_in_two_columns_and_charts_in_one(page: Page) -> None:
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


def test_open_filters_and_sorts_fit_a_finger(page: Page) -> None:
    visit(page, "/lieux")
    resize(page, "phone")
    page.locator("#filters-toggle").click()
    page.locator("#filter-box-dep summary").click()
    page.locator(".list-sorts summary").click()
    expect(page.locator("#list-head-lieux a").first).to_be_visible()
    assert_targets_fit_a_finger(page)


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


def test_print_has_the_filters_as_text_and_no_control(page: Page) -> None:
    visit(page, "/?dep=61&au=2019-06-15")
    page.set_viewport_size({"width": PRINTED_WIDTH, "height": PRINTED_HEIGHT})
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    settle(page)
    expect(page.get_by_text("Filtres\u202f: Orne · arrêté au 15/06/2019")).to_be_visible()
    expect(page.locator(".banner")).to_be_visible()
    controls = page.locator("button, summary, input, .menu a, .button, .tile-link, .skip-link")
    assert not [one for one in controls.all() if one.is_visible()]
    assert_no_sideways_scroll(page)
    heights = "all => all.map(one => [getComputedStyle(one).breakInside, one.getBoundingClientRect().height])"
    for rule, height in page.locator(".card, .tile").evaluate_all(heights):
        assert rule == "avoid"
        assert height < PRINTED_HEIGHT / 2, "two cards a page"
    outside = """all => all.filter(one => {
      const drawn = one.getBoundingClientRect(), card = one.closest(".card").getBoundingClientRect();
      const foot = one.closest(".card").querySelector("figcaption").getBoundingClientRect();
      return drawn.right > card.right || drawn.bottom > foot.top + 1;
    }).length"""
    assert page.locator(".main-svg").evaluate_all(outside) == 0, "figures stay within their card"


@pytest.mark.parametrize(("size", "width"), [("desktop", 715), ("phone", 310)])
def test_figures_are_drawn_for_print_and_back(page: Page, size: str, width: int) -> None:
    visit(page, "/")
    resize(page, size)
    sheets = sheets_of(page)
    assert 2 <= len(sheets) <= 3
    drawn = "() => document.querySelector('#image-trajectoire .main-svg').getBoundingClientRect().width"
    page.wait_for_function(f"width => Math.abs(({drawn})() - width) < 12", arg=width)
    assert_no_sideways_scroll(page)


@pytest.mark.parametrize("address", ["/indicateurs/taux-reponse", "/indicateurs/lieux-labellises/lignes"])
def test_print_is_a4(page: Page, address: str) -> None:
    visit(page, address)
    assert len(sheets_of(page)) <= 3


def sheets_of(page: Page) -> list[tuple[int, int]]:
    """The sheets that printing gives, each of them A4 (in points)."""
    found = re.findall(rb"/MediaBox\s*\[0 0 (\d+)[.\d]* (\d+)", page.pdf(prefer_css_page_size=True))
    sheets = [(int(width), int(height)) for width, height in found]
    assert sheets
    assert set(sheets) <= {(594, 841), (595, 841), (595, 842)}
    return sheets
