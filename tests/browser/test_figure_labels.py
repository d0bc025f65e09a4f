"""No two texts of a figure overlap and none is cut, on the widest screen and on the narrowest."""

from playwright.sync_api import Page

from tests.browser.driving import resize, settle, visit
from tests.site import STEERING

SHEETS = ("/indicateurs/visites", "/territoires/61")
# The lines of the texts of each figure as boxes, without the room above and below their letters: those that leave the
# drawing, and those that touch another one.
WRONG_TEXTS = """() => [...document.querySelectorAll(".card-image:not([hidden]) .js-plotly-plot")].flatMap(graph => {
  const drawing = graph.querySelector(".main-svg").getBoundingClientRect();
  const texts = [...graph.querySelectorAll(".main-svg text")].filter(text => text.textContent.trim()
    && text.checkVisibility({ opacityProperty: true, visibilityProperty: true }));
  const boxes = texts.flatMap(text => {
    const lines = text.querySelectorAll("tspan.line");
    return [...(lines.length ? lines : [text])];
  }).map(line => {
    const box = line.getBoundingClientRect();
    const air = Math.min(box.width, box.height) / 5;
    const [top, bottom] = [box.top + air, box.bottom - air];
    return { text: line.textContent, left: box.left + 1, right: box.right - 1, top, bottom };
  }).filter(box => box.right > box.left);
  const name = graph.closest(".card").id;
  const cut = boxes.filter(box => box.left < drawing.left - 1 || box.right > drawing.right + 1
    || box.top < drawing.top - 1 || box.bottom > drawing.bottom + 1);
  const pairs = boxes.flatMap((one, at) => boxes.slice(at + 1).filter(other => one.left < other.right
    && other.left < one.right && one.top < other.bottom && other.top < one.bottom).map(other => [one, other]));
  return [...cut.map(one => `${name} cuts « ${one.text} »`),
    ...pairs.map(([one, other]) => `${name}: « ${one.text} » over « ${other.text} »`)];
})"""


def test_texts_of_figures_neither_overlap_nor_are_cut(page: Page) -> None:
    wrong: dict[str, list[str]] = {}
    for path in (*STEERING, *SHEETS):
        visit(page, path)
        wrong[f"{path}, wide"] = page.evaluate(WRONG_TEXTS)
        resize(page, "narrow")
        page.wait_for_timeout(200)  # figures are drawn again when their size has settled
        wrong[f"{path}, narrow"] = page.evaluate(WRONG_TEXTS)
        visit(page, f"{path}?dep=61")
        wrong[f"{path}?dep=61, narrow"] = page.evaluate(WRONG_TEXTS)
        page.set_viewport_size({"width": 1440, "height": 900})
    assert {where: texts for where, texts in wrong.items() if texts} == {}


def test_a_text_over_another_is_seen(page: Page) -> None:
    visit(page, "/?dep=61")
    moved = """() => {
      const [one, other] = document.querySelectorAll("#card-aides-par-dispositif .ytick text");
      one.setAttribute("transform", other.getAttribute("transform"));
    }"""
    page.evaluate(moved)
    settle(page)
    (found,) = page.evaluate(WRONG_TEXTS)
    assert found.startswith("card-aides-par-dispositif")
