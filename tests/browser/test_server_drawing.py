"""The server draws each chart as the browser does: the same figure, at the same size, in the same font."""

import io
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PIL import Image, ImageFilter
from playwright.sync_api import FloatRect, Page

from dashboard.charts import CHARTS
from dashboard.drawing.cache import DrawingCache
from dashboard.drawing.drawer import Drawer
from dashboard.drawing.process import DrawingProcess
from tests.browser.driving import visit

WIDE, NARROW = (800, 450), (375, 340)  # of a card on a screen, and on a phone
DENSE = ("trajectoire", "carte", "visites-par-departement", "enveloppes")  # what has the least room on a phone
AROUND = 5  # pixels on a side: what is moved by two pixels is not different
MIN_DIFFERENCE = 40  # of 255, in red, green or blue
MAX_DIFFERENT_SHARE = 0.0002  # of the pixels: a label that is missing is more

# A page that has begun in the system's font keeps it (`font-display: optional`): these faces wait for nothing.
LOAD_FONT = """() => Promise.all([["regular", "400"], ["bold", "700"]].map(async ([name, weight]) => {
  document.fonts.add(await new FontFace("Inter", `url(/assets/inter-${name}.woff2)`, { weight }).load());
}))"""

# Two boxes over the page: the figure drawn by the browser's plotly, and the server's SVG.
DRAW = """async ([figure, svg, width, height]) => {
  document.getElementById("compared")?.remove();
  const box = document.createElement("div");
  box.id = "compared";
  box.style = `position: fixed; z-index: 999; top: 0; left: 0; background: #fff;
    width: ${2 * width}px; height: ${height}px`;
  box.innerHTML = `<div style="position: absolute; width: ${width}px; height: ${height}px"></div>`
    + `<div style="position: absolute; left: ${width}px; width: ${width}px; height: ${height}px">${svg}</div>`;
  document.body.appendChild(box);
  const whole = window.completeFigure(figure, { width, height });
  const layout = Object.assign({}, whole.layout, { width, height, autosize: false });
  const config = Object.assign({}, figure.config, { staticPlot: true });
  await window.Plotly.newPlot(box.firstChild, whole.data, layout, config);
}"""


@pytest.fixture(scope="module")
def drawer() -> Iterator[Drawer]:
    process = DrawingProcess()
    yield Drawer(process, DrawingCache(), seconds=60)
    process.stop()


def pixels(image: Image.Image) -> np.ndarray:
    return np.asarray(image, dtype=np.int16)


def unlike(one: Image.Image, other: Image.Image) -> np.ndarray:
    """The pixels of one picture whose colour the other has nowhere around them."""
    lowest, highest = (pixels(other.filter(rank(AROUND))) for rank in (ImageFilter.MinFilter, ImageFilter.MaxFilter))
    return ((pixels(one) < lowest - MIN_DIFFERENCE) | (pixels(one) > highest + MIN_DIFFERENCE)).any(axis=2)


def different_share(picture: Image.Image) -> float:
    """The share of pixels that differ between the left half and the right half of a picture."""
    width, height = picture.width // 2, picture.height
    left, right = (picture.crop((at, 0, at + width, height)) for at in (0, width))
    return float((unlike(left, right) | unlike(right, left)).mean())


@pytest.fixture
def compare(page: Page, drawer: Drawer) -> Callable[[str, tuple[int, int], Callable[[str], str]], float]:
    """The share of pixels in which a chart differs, drawn by the browser and by the server."""
    visit(page, "/a-propos")  # without charts: plotly remembers the width of a text in the font that it met first
    page.evaluate(LOAD_FONT)
    page.set_viewport_size({"width": 1600, "height": 450})

    def share(slug: str, size: tuple[int, int], change: Callable[[str], str] = str) -> float:
        width, height = size
        figure = page.request.get(f"/exports/{slug}.json").json()
        page.evaluate(DRAW, [figure, change(drawer.draw_svg(figure, width, height)), width, height])
        clip: FloatRect = {"x": 0, "y": 0, "width": 2 * width, "height": height}
        return different_share(Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB"))

    return share


def test_the_server_draws_as_the_browser(compare: Callable[..., float]) -> None:
    shares = {(chart.slug, WIDE): compare(chart.slug, WIDE) for chart in CHARTS}
    shares |= {(slug, NARROW): compare(slug, NARROW) for slug in DENSE}
    assert {name: share for name, share in shares.items() if share > MAX_DIFFERENT_SHARE} == {}


def test_a_label_that_is_missing_is_seen(compare: Callable[..., float]) -> None:
    share = compare("trajectoire", WIDE, lambda svg: svg.replace("17 adhésions annoncées", ""))
    assert share > 2 * MAX_DIFFERENT_SHARE
