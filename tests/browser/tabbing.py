"""Where Tab stops."""

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page

# What Tab should stop at, in the order of the page: what can be focused and is seen; of radio buttons the checked one.
EXPECTED = """() => [...document.querySelectorAll(
  "a[href], button, iframe, input, select, summary, textarea, [tabindex='0']")]
  .filter(one => !one.disabled && one.checkVisibility({visibilityProperty: true}) && one.tabIndex >= 0)
  .filter(one => one.type !== "radio" || one.checked)
  .map(one => one.outerHTML.slice(0, 160))"""

# Where Tab has stopped: null on the document itself; the focus ring as a person could see it.
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) { return null; }
  const style = getComputedStyle(one), box = one.getClientRects()[0];  // the first line of a link on two
  const above = document.elementFromPoint(box.x + Math.min(box.width / 2, 20), box.y + Math.min(box.height / 2, 10));
  return {
    html: one.outerHTML.slice(0, 160),
    rank: [...document.querySelectorAll("*")].indexOf(one),
    ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    seen: one.contains(above) || (above !== null && above.contains(one)),
  };
}"""


@dataclass(frozen=True)
class Stop:
    """Where Tab stopped: the element, its rank in the document (rows may repeat a link), the width of its focus ring in
    pixels, whether nothing covers it.
    """

    html: str
    rank: int
    ring: float
    seen: bool


def tab_through(page: Page) -> list[Stop]:
    """Each stop from the first to the last, fields of several parts (dates) once."""
    stops: list[Stop] = []
    if page.locator("iframe:visible").count():
        page.frames[-1].wait_for_selector("main")  # an empty frame is no stop
    for _ in range(400):
        page.keyboard.press("Tab")
        if stops and stops[-1].html.startswith("<iframe"):
            page.wait_for_timeout(50)  # another process gives the focus back when it can: the next Tab would be lost
        found = page.evaluate(FOCUSED) or _later(page)
        if found is None:
            return stops
        if found["html"].startswith("<iframe") and (inside := page.frames[-1].evaluate(FOCUSED)):
            found |= {"ring": inside["ring"]}  # drawn in the frame, around what has the focus there
        stop = Stop(**found)
        if not stops or stops[-1].rank != stop.rank:
            stops.append(stop)
    pytest.fail("Tab never leaves the page")


def _later(page: Page) -> dict[str, Any] | None:
    """Where the focus is a moment later: a frame of another process takes it when it can."""
    page.wait_for_timeout(100)
    found: dict[str, Any] | None = page.evaluate(FOCUSED)
    return found


def assert_tab_stops_at_every_control_once_in_order_and_shows_where(page: Page) -> None:
    """On a page just opened."""
    expected = page.evaluate(EXPECTED)
    stops = tab_through(page)
    assert [stop.html for stop in stops] == expected
    assert not [stop.html for stop in stops if stop.ring < 2], "no focus ring"
    assert not [stop.html for stop in stops if not stop.seen], "covered or out of sight"
