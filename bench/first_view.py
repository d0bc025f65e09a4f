"""How soon a page can be read: `python bench/first_view.py [NAME=URL …]`, on emulated lines, in headless Chromium.

Each URL is opened by a new visitor, without a cache, on each line; medians of the runs, one after the other so that
the load of the machine weighs on all alike. Without URL: the demonstration, and the application of the tutorial.
"""

import argparse
import statistics
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from itertools import product

from browser import chromium
from playwright.sync_api import Browser, CDPSession
from subjects import DEMONSTRATION, OURS, TUTORIAL, serve

RUNS = 5
PORT = 8290
DEADLINE_MS = 90_000
QUIET_MS = 300  # after the last chart, for what still moves
DONE = "() => window.firstView.charts && window.firstView.interactive"
HEADER = (
    "line", "screen", "application", "headline, ms", "charts seen, ms", "scripts ready, ms", "plotly's chart, ms",
    "kB before ready", "layout shifts",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A line to emulate: kilobits per second (0: the loopback as it is), milliseconds before each response."""

    name: str
    kilobits: int
    latency: int


LINES = (Line("loopback", 0, 0), Line("4G lente", 1600, 150), Line("3G", 400, 400))
SCREENS = {"desktop": (1440, 900), "phone": (375, 812)}

# The frame that shows the title, the one that shows all charts in the window, bytes until both, what moved (CLS), the
# first frame in which scripts have taken over
WATCH = """
(() => {
  const seen = window.firstView = {headline: 0, charts: 0, ready: 0, interactive: 0, shifts: 0};
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shifts += entry.value;
  }).observe({type: 'layout-shift', buffered: true});
  const inWindow = element => {
    const box = element.getBoundingClientRect();
    return box.height > 0 && box.top < innerHeight && box.bottom > 0;
  };
  const isDrawn = graph => [...graph.querySelectorAll('svg')]
    .some(svg => svg.getBoundingClientRect().height > 0 && svg.querySelector('path, rect'));
  const look = now => {
    requestAnimationFrame(look);
    const title = document.querySelector('h1');
    if (!title || !inWindow(title) || !title.textContent) return;
    seen.headline ||= now;
    const graphs = [...document.querySelectorAll('.card-image, .js-plotly-plot')];
    const shown = graphs.some(inWindow) ? graphs.filter(inWindow) : graphs.slice(0, 1);
    if (shown.length && shown.every(isDrawn)) seen.charts ||= now;
    const isReady = !document.getElementById('first-view') && document.querySelector('#react-entry-point h1');
    if (isReady) seen.ready ||= now;
    if (document.querySelector('.js-plotly-plot .main-svg')) seen.interactive ||= now;
  };
  requestAnimationFrame(look);
})();
"""


@dataclass(frozen=True)
class View:
    """One opening, ms: the title can be read, the charts in the window are seen, scripts have taken over, a chart is
    plotly's; kilobytes received before scripts took over; the sum of layout shifts.
    """

    headline: float
    charts: float
    ready: float
    interactive: float
    kilobytes: float
    shifts: float


class Wire:
    """The bytes of each response of a page, with the time of its end (seconds of the browser's clock)."""

    def __init__(self, session: CDPSession) -> None:
        self._start: float | None = None
        self._ends: list[tuple[float, float]] = []
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._started)
        session.on("Network.loadingFinished", self._finished)

    def _started(self, event: dict[str, float]) -> None:
        self._start = self._start or event["timestamp"]

    def _finished(self, event: dict[str, float]) -> None:
        self._ends.append((event["timestamp"], event["encodedDataLength"]))

    def kilobytes_before(self, milliseconds: float) -> float:
        """What came in the first milliseconds."""
        return sum(size for end, size in self._ends if end - (self._start or 0) <= milliseconds / 1000) / 1000


def open_once(browser: Browser, url: str, line: Line, screen: tuple[int, int]) -> View:
    """Open an address as a new visitor does."""
    context = browser.new_context(viewport={"width": screen[0], "height": screen[1]}, locale="fr-FR")
    try:
        context.add_init_script(WATCH)
        page = context.new_page()
        session = context.new_cdp_session(page)
        wire = Wire(session)
        if line.kilobits:
            rate = line.kilobits * 1000 / 8
            conditions = {"latency": line.latency, "downloadThroughput": rate, "uploadThroughput": rate}
            session.send("Network.emulateNetworkConditions", {"offline": False, **conditions})
        page.goto(url, wait_until="commit", timeout=DEADLINE_MS)
        page.wait_for_function(DONE, timeout=DEADLINE_MS, polling=100)
        page.wait_for_timeout(QUIET_MS)
        seen = page.evaluate("() => window.firstView")
        kilobytes = wire.kilobytes_before(seen["ready"])
        return View(seen["headline"], seen["charts"], seen["ready"], seen["interactive"], kilobytes, seen["shifts"])
    finally:
        context.close()


def rows(urls: dict[str, str], runs: int) -> Iterator[tuple[str, ...]]:
    """The rows of the table, as they come."""
    with chromium() as browser:
        for line, (screen, size) in product(LINES, SCREENS.items()):
            views: dict[str, list[View]] = {name: [] for name in urls}
            for _run, (name, url) in product(range(runs), urls.items()):
                views[name].append(open_once(browser, url, line, size))
            for name, several in views.items():
                medians = [statistics.median(values) for values in zip(*map(astuple, several), strict=True)]
                yield line.name, screen, name, *(f"{value:.0f}" for value in medians[:-1]), f"{medians[-1]:.3f}"


def print_rows(urls: dict[str, str], runs: int) -> None:
    """Print the table, one row after the other."""
    for cells in (HEADER, ("---",) * len(HEADER)):
        print(f"| {' | '.join(cells)} |")
    for cells in rows(urls, runs):
        print(f"| {' | '.join(cells)} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("urls", nargs="*", help="NAME=URL of a running application")
    parser.add_argument("--runs", type=int, default=RUNS)
    options = parser.parse_args()
    if options.urls:
        print_rows(dict(one.split("=", 1) for one in options.urls), options.runs)
        return
    with serve(OURS, DEMONSTRATION, PORT) as ours, serve(TUTORIAL, "S", PORT + 1) as tutorial:
        print_rows({"ours": ours.url, "tutorial": tutorial.url}, options.runs)


if __name__ == "__main__":
    main()
