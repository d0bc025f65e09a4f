"""Figures are drawn once when a page opens and once for each change, and follow their box after."""

from playwright.sync_api import Page

from tests.browser.driving import CHARTS, NOTHING, choose, resize, settle, visit, wait_for_query

# Counts drawings after the first of each figure, from the frame in which it appears.
COUNT = """() => {
  const seen = new Set();
  window.drawings = 0;
  const look = () => {
    requestAnimationFrame(look);
    for (const one of document.querySelectorAll(".js-plotly-plot")) {
      if (seen.has(one) || !one._fullLayout) continue;
      seen.add(one);
      one.on("plotly_afterplot", () => { window.drawings++; });
    }
  };
  requestAnimationFrame(look);
}"""
FIT = """() => [...document.querySelectorAll(".js-plotly-plot")].filter(one => one.offsetWidth).every(one => {
  const drawn = one.querySelector(".main-svg").getBoundingClientRect();
  return Math.abs(drawn.width - one.offsetWidth) <= 1 && Math.abs(drawn.height - one.offsetHeight) <= 1;
})"""
LATE = 400  # ms: Dash and plotly wait a little before they draw again


def drawings(page: Page) -> int:
    page.wait_for_timeout(LATE)
    return int(page.evaluate("window.drawings"))


def test_a_figure_is_drawn_once(page: Page) -> None:
    page.add_init_script(f"({COUNT})()")
    visit(page, "/")
    assert drawings(page) == 0
    page.set_viewport_size({"width": 1440, "height": 700})  # as when a phone hides its address bar
    assert drawings(page) == 0
    assert page.evaluate(FIT)


# Plotly begins again where the labels had no room: how many times did it, for each figure?
BEGUN = """all => {
  window.begun = all.map(() => 0);
  all.forEach((one, at) => one.on("plotly_beforeplot", () => { window.begun[at]++; }));
}"""


def test_a_change_draws_each_figure_once(page: Page) -> None:
    visit(page, "/")
    page.locator(".js-plotly-plot").evaluate_all(BEGUN)
    choose(page, "dep", "61")
    wait_for_query(page, "dep=61")
    page.wait_for_timeout(LATE)
    assert page.evaluate("window.begun") == [1] * len(CHARTS)


def test_the_map_is_a_few_shapes_and_shows_those_of_the_departement(page: Page) -> None:
    visit(page, "/?dep=61")
    areas = page.locator("#image-carte .shapelayer path")
    assert 3 <= areas.count() <= 8
    drawn = areas.evaluate_all("all => all.map(one => one.getAttribute('d').split('M').length - 1)")
    shown = len(page.evaluate("document.querySelector('#image-carte .js-plotly-plot').data[0].x"))
    assert 0 < shown < sum(drawn[1:-1]) + drawn[0]
    page.locator("#image-carte").scroll_into_view_if_needed()
    settle(page)  # a scroll that is still to be told would hide the tip
    box = page.locator("#image-carte .nsewdrag").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.locator(".area-tip", has_text="habitants").wait_for()


def test_figures_follow_a_narrower_window(page: Page) -> None:
    visit(page, "/aides")
    for width in (1100, 700, 360, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(FIT)


def test_a_figure_shown_again_takes_the_size_of_its_box(page: Page) -> None:
    visit(page, f"/?{NOTHING}")
    assert page.locator("#image-trajectoire").is_hidden()
    resize(page, "phone")
    page.locator("#filters-toggle").click()
    page.locator("#filter-box-epci summary").click()
    page.locator("#filter-epci input:checked").click()
    wait_for_query(page, "dep=61")
    settle(page)
    page.wait_for_function(FIT)


def test_figures_of_the_next_page_follow_the_window(page: Page) -> None:
    visit(page, "/")
    page.locator(".menu a", has_text="Label").first.click()
    page.wait_for_url("**/label*")
    settle(page)
    page.set_viewport_size({"width": 900, "height": 900})
    page.wait_for_function(FIT)
