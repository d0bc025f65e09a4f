"""Our pages against the tutorial-style app, on the same files, in the same run: `python bench/web.py S M L`.

Prints a table with our targets and adds it to bench/results/<date>.md. See bench/README.md.
"""

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass

from browser import Measures, chromium, measure_page
from lab import OUT, RESULTS, ROOT, keep, markdown
from replay import Load, replay
from subjects import SUBJECTS, THREADS, WORKERS, Subject, serve

PORT = 8190
SESSIONS, USERS, THINK_S = 10, 50, 3.0
FLAT = 1.2  # the slowest size may not exceed the fastest by more


@dataclass(frozen=True)
class Outcome:
    """Everything measured of one application at one size; `page` is its first one, `pages` are all, by path."""

    subject: str
    size: str
    page: Measures
    pages: dict[str, Measures]
    burst: Load  # 10 sessions without a pause, who ask what was asked before
    anew: Load  # the same, each change a question that nobody asked before
    cpu_ms: float  # of the workers, per change of `anew`
    office: Load  # 50 readers of all pages who think for 3 s
    worker_mb: float
    ready_s: float


@dataclass(frozen=True)
class Metric:
    """One line of the table; `limit` is ours' own target, `at_least` turns the comparison round."""

    label: str
    read: Callable[[Outcome], float]
    limit: float | None = None
    at_least: bool = False
    times: tuple[tuple[str, float], ...] = ()  # size -> how many times better than the tutorial app


METRICS = (
    Metric("cold page → charts drawn, ms", lambda o: o.page.cold_ms, 1000),
    Metric("warm page → charts drawn, ms", lambda o: o.page.warm_ms, 400),
    Metric("filter change → charts in view drawn, ms", lambda o: o.page.change_ms, 120, times=(("M", 8), ("L", 20))),
    Metric("filter change → every chart drawn, ms", lambda o: o.page.whole_ms, 120, times=(("M", 8), ("L", 20))),
    Metric("first load, KB", lambda o: o.page.first_kb, 700),
    Metric("per change, KB", lambda o: o.page.change_kb, 6),
    Metric(f"changes/s, {SESSIONS} sessions", lambda o: o.burst.rate, 150, at_least=True),
    Metric(f"changes/s, {SESSIONS} sessions, never asked before", lambda o: o.anew.rate, at_least=True),
    Metric("processor time of a change never asked before, ms", lambda o: o.cpu_ms),
    Metric(f"p95 of a change, {USERS} users, {THINK_S:g} s thinking, ms", lambda o: o.office.p95_ms, 300),
    Metric("failed changes", lambda o: o.burst.failed + o.anew.failed + o.office.failed, 0),
    Metric("memory of a worker, MB", lambda o: o.worker_mb, 200),
    Metric("command → first answer, s", lambda o: o.ready_s),
    Metric("requests to other hosts", lambda o: sum(page.foreign for page in o.pages.values()), 0),
)
PAGE_METRICS: tuple[tuple[str, Callable[[Measures], float], float], ...] = (
    ("cold, ms", lambda page: page.cold_ms, 1000),
    ("warm, ms", lambda page: page.warm_ms, 400),
    ("change in view, ms", lambda page: page.change_ms, 120),
    ("whole change, ms", lambda page: page.whole_ms, 120),
    ("first load, KB", lambda page: page.first_kb, 700),
    ("per change, KB", lambda page: page.change_kb, 6),
)


def measure_subject(key: str, size: str, options: argparse.Namespace) -> Outcome:
    """Start one application, open its pages in Chromium, then replay their filter changes."""
    subject: Subject = SUBJECTS[key]
    with serve(subject, size, PORT, fresh=options.fresh) as served:
        pages = {}
        for path in subject.paths:
            print(f"… {subject.name}, size {size}, {path}", flush=True)
            with chromium() as browser:
                pages[path] = measure_page(browser, subject, f"{served.url}{path}", options.repeat)
        page = pages[subject.paths[0]]
        everything = [change for one in pages.values() for change in one.changes]
        burst = replay(served.url, page.changes, SESSIONS, options.seconds)
        before = served.worker_cpu()
        anew = replay(served.url, page.changes, SESSIONS, options.seconds, dated=subject.dated)
        cpu_ms = 1000 * (served.worker_cpu() - before) / (anew.rate * options.seconds)
        office = replay(served.url, everything, USERS, 2 * options.seconds, THINK_S)
        memory = served.worker_memory()
        return Outcome(subject.name, size, page, pages, burst, anew, cpu_ms, office, memory, served.ready_s)


def figure(value: float) -> str:
    return f"{value:.1f}" if 0 < abs(value) < 10 else f"{value:.0f}"


def mark(good: bool) -> str:
    return "✓" if good else "✗"


def verdict(metric: Metric, size: str, mine: float, ratio: float | None) -> str:
    """The targets of one line, each with ✓ or ✗."""
    parts = []
    if metric.limit is not None:
        good = mine >= metric.limit if metric.at_least else mine <= metric.limit
        parts.append(f"{mark(good)} {'≥' if metric.at_least else '≤'} {metric.limit:g}")
    wanted = dict(metric.times).get(size)
    if wanted is not None and ratio is not None:
        parts.append(f"{mark(ratio >= wanted)} ≥ ×{wanted:g}")
    return " · ".join(parts)


def table(outcomes: list[Outcome], size: str) -> str:
    """One line per metric, one column per application; the ratio says how many times better ours is."""
    here = {o.subject: o for o in outcomes if o.size == size}
    ours, tutorial = here.get(SUBJECTS["ours"].name), here.get(SUBJECTS["tutorial"].name)
    rows = []
    for metric in METRICS:
        values = [figure(metric.read(outcome)) for outcome in here.values()]
        ratio, target = None, ""
        if ours and tutorial:
            mine, theirs = metric.read(ours), metric.read(tutorial)
            better, worse = (mine, theirs) if metric.at_least else (theirs, mine)
            ratio = better / worse if worse else None
        if ours:
            target = verdict(metric, size, metric.read(ours), ratio)
        rows.append((metric.label, *values, f"×{ratio:.1f}" if ratio else "", target))
    return markdown(("", *here, "ours is better", "target"), rows)


def all_pages(ours: Outcome) -> str:
    """One line per page of ours, with what misses its target marked."""
    rows = [
        (path, *(f"{figure(read(page))} {mark(read(page) <= limit)}" for _label, read, limit in PAGE_METRICS))
        for path, page in ours.pages.items()
    ]
    return markdown(("page", *(f"{label} (≤ {limit:g})" for label, _read, limit in PAGE_METRICS)), rows)


def flatness(outcomes: list[Outcome]) -> str:
    """How our times move from the smallest to the largest attendance file."""
    ours = [o for o in outcomes if o.subject == SUBJECTS["ours"].name]
    rows = []
    for path in ours[0].pages:
        for label, read, _limit in PAGE_METRICS[:4]:
            values = [read(outcome.pages[path]) for outcome in ours]
            spread = max(values) / min(values)
            name = f"{path} {label}"
            rows.append((name, *map(figure, values), f"×{spread:.2f}", f"{mark(spread <= FLAT)} ≤ ×{FLAT:g}"))
    return markdown(("ours", *(o.size for o in ours), "slowest / fastest", "target"), rows)


def keep_raw(outcomes: list[Outcome]) -> None:
    """Every figure, without the recorded bodies, in bench/results/raw/web.json (not committed)."""
    raw = [asdict(outcome) for outcome in outcomes]
    for each in raw:
        del each["page"]
        for page in each["pages"].values():
            del page["changes"]
    folder = RESULTS / "raw"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "web.json").write_text(json.dumps(raw, indent=1), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", nargs="+", choices=("S", "M", "L"))
    parser.add_argument("--only", nargs="+", choices=tuple(SUBJECTS), default=["ours", "tutorial"])
    parser.add_argument("--repeat", type=int, default=5, help="cold and warm openings")
    parser.add_argument("--seconds", type=float, default=10, help="length of the burst; the office lasts twice as long")
    parser.add_argument("--fresh", action="store_true", help="load our database again")
    options = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    if not (ROOT / "app.py").exists():
        options.only = [key for key in options.only if key != "ours"]
    outcomes = []
    for size in options.size:
        outcomes += [measure_subject(key, size, options) for key in options.only]
        served = f"{WORKERS} gunicorn workers × {THREADS} threads"
        notes = [f"Medians of {options.repeat} openings and 5 changes; {served} for all."]
        keep(f"Overview, size {size}", table(outcomes, size), notes)
        for one in outcomes:
            if one.size == size and one.subject == SUBJECTS["ours"].name:
                keep(f"Every page, size {size}", all_pages(one))
    if "ours" in options.only and len(options.size) > 1:
        keep("Flat in attendance rows", flatness(outcomes))
    keep_raw(outcomes)


if __name__ == "__main__":
    main()
