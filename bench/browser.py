"""Times and bytes of a page in headless Chromium: opening it, opening it again, changing the département."""

import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Request, TimeoutError, sync_playwright
from replay import Change, Post
from subjects import DEPARTEMENTS, Subject

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync", "--disable-quic",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
QUIET_MS = 300
CALLBACK = "/_dash-update-component"
TIMEOUT_MS = 60_000

# Runs in every page before its own scripts. A chart counts as drawn when plotly has data in it and has said
# plotly_afterplot, or shows its marks; the times kept are those of the last one, and of the last one that the window
# shows, not of the end of the wait. On a page without charts both are that of the last change of the document.
WATCH = """
(() => {
  const none = {start: 0, drawn: 0, shown: 0, told: 0, posts: 0};
  const bench = window.bench = {...none, none, armed: false, busy: 0, seen: new Set()};
  new MutationObserver(() => { bench.told = performance.now(); })
    .observe(document, {childList: true, subtree: true, characterData: true});
  const send = window.fetch;
  window.fetch = async (...args) => {
    const callback = String(args[0]?.url ?? args[0]).includes('_dash-update-component');
    if (callback) { bench.busy++; bench.posts++; }
    try { return await send(...args); } finally { if (callback) bench.busy--; }
  };
  const act = event => { if (bench.armed) { bench.start = event.timeStamp; } };
  for (const kind of ['click', 'change']) document.addEventListener(kind, act, true);
  const filled = plot => plot._fullLayout && plot.querySelector('.main-svg')
    && plot.data?.some(trace => (trace.x?.length ?? trace.x?.bdata?.length ?? 0) > 0);
  const draws = plot => {
    const box = plot.getBoundingClientRect();
    bench.drawn = performance.now();
    if (box.height && box.top < innerHeight && box.bottom > 0) { bench.shown = bench.drawn; }
  };
  const look = () => {
    requestAnimationFrame(look);  // first: a chart caught half made must not stop the watch
    for (const plot of document.querySelectorAll('.js-plotly-plot')) {
      if (bench.seen.has(plot) || !filled(plot)) continue;
      bench.seen.add(plot);
      draws(plot);
      plot.on('plotly_afterplot', () => draws(plot));
    }
  };
  requestAnimationFrame(look);
})();
"""


@dataclass(frozen=True)
class Measures:
    """Medians, ms; kilobytes over the wire (headers and compression included)."""

    cold_ms: float
    warm_ms: float
    change_ms: float  # to the charts that the window shows
    whole_ms: float  # to every chart of the page
    first_kb: float
    change_kb: float
    changes: tuple[Change, ...]  # what each recorded filter change posted
    foreign: int  # requests to any other host


class Wire:
    """Bytes received by a page and the bodies it posts to Dash, counted as they come."""

    def __init__(self, page: Page, url: str) -> None:
        self.received, self.foreign = 0.0, 0
        self.under_way: set[Request] = set()
        self.steps: list[list[Post]] = []
        parts = urlsplit(url)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._finished)
        page.on("request", self._asked)
        page.on("requestfinished", self._answered)

    def _finished(self, event: dict[str, float]) -> None:
        self.received += event["encodedDataLength"]

    def _asked(self, request: Request) -> None:
        if CALLBACK in request.url:
            if not self.under_way:
                self.steps.append([])
            self.steps[-1].append((request.url.removeprefix(self.origin), request.post_data_buffer or b""))
            self.under_way.add(request)
        elif request.url.startswith("http") and not request.url.startswith(self.origin):
            self.foreign += 1

    def _answered(self, request: Request) -> None:
        self.under_way.discard(request)

    def reset(self) -> None:
        self.received, self.steps = 0.0, []
        self.under_way.clear()

    def change(self) -> Change:
        """What was posted since the reset: posts sent together stay together, one that waited comes after."""
        return tuple(tuple(step) for step in self.steps)


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def new_context(browser: Browser) -> BrowserContext:
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="fr-FR")
    context.set_default_timeout(TIMEOUT_MS)
    context.add_init_script(WATCH)
    return context


DRAWN = "(document.querySelector('.js-plotly-plot') ? window.bench.drawn : window.bench.told)"
SHOWN = "(document.querySelector('.js-plotly-plot') ? window.bench.shown || window.bench.drawn : window.bench.told)"
# Charts that show nothing (hidden) are never drawn.
ALL = "[...document.querySelectorAll('.js-plotly-plot')].every(p => !p.offsetParent || window.bench.seen.has(p))"


def settle(page: Page, condition: str) -> None:
    """Wait until the condition holds, no callback is under way and nothing was drawn for a while."""
    quiet = f"performance.now() - Math.max(window.bench.drawn, window.bench.told) > {QUIET_MS}"
    try:
        page.wait_for_function(f"() => {condition} && window.bench.busy === 0 && {quiet}")
    except TimeoutError as error:
        state = page.evaluate("() => ({...window.bench, seen: window.bench.seen.size})")
        raise SystemExit(f"{page.url} never settled ({condition}): {state}; see var/bench/server.log") from error


def open_page(page: Page, url: str) -> float:
    """Milliseconds from the navigation to the last chart drawn."""
    page.goto(url, wait_until="commit")
    settle(page, f"document.querySelector('h1') && {ALL}")
    return float(page.evaluate(f"() => {DRAWN}"))


def act(page: Page, step: str, name: str) -> None:
    """One action of the reader on the page (see `Subject.steps`)."""
    verb, selector = step.split(" ", 1)
    target = page.locator(selector.format(name=name)).first
    if verb == "open":
        target.evaluate("element => { element.open = true; }")
    elif verb == "select":
        target.select_option(label=name)
    else:
        target.click()


def change_filter(page: Page, steps: Sequence[str], name: str) -> tuple[float, float]:
    """Milliseconds from the reader's last action to the last chart in view drawn, and to the last of all."""
    for step in steps[:-1]:
        act(page, step, name)
    page.evaluate("() => { Object.assign(window.bench, window.bench.none, {armed: true}); }")
    act(page, steps[-1], name)
    settle(page, f"window.bench.start > 0 && window.bench.posts > 0 && {DRAWN} > window.bench.start")
    page.evaluate("() => { window.bench.armed = false; }")
    shown, drawn = page.evaluate(f"() => [{SHOWN} - window.bench.start, {DRAWN} - window.bench.start]")
    return float(shown), float(drawn)


def measure_page(browser: Browser, subject: Subject, url: str, repeat: int) -> Measures:
    """Open the page cold and warm `repeat` times, then change the département once for each of the five.

    Each opening asks for a day that was not asked for before, where the application can: its answer is computed.
    """
    cold, warm, kilobytes = [], [], []
    foreign = 0
    for turn in range(repeat):
        with new_context(browser) as context:
            page = context.new_page()
            wire = Wire(page, url)
            days = [f"?au=2021-{month:02d}-{turn + 1:02d}" if subject.dated else "" for month in (11, 12)]
            cold.append(open_page(page, f"{url}{days[0]}"))
            kilobytes.append(wire.received / 1000)
            warm.append(open_page(page, f"{url}{days[1]}"))
            foreign += wire.foreign
    with new_context(browser) as context:
        page = context.new_page()
        wire = Wire(page, url)
        open_page(page, url)
        changes, sizes, bodies = [], [], []
        for name in DEPARTEMENTS:
            wire.reset()
            changes.append(change_filter(page, subject.steps, name))
            sizes.append(wire.received / 1000)
            bodies.append(wire.change())
            if subject.undo:
                change_filter(page, subject.undo, name)
        if not all(bodies):
            raise SystemExit(f"{subject.name}: a filter change posted nothing, nothing to replay")
    shown, drawn = zip(*changes, strict=True)
    medians = (statistics.median(values) for values in (cold, warm, shown, drawn, kilobytes, sizes))
    return Measures(*medians, tuple(bodies), foreign)
