"""Charts drawn on the server, beside kaleido: `python bench/drawing.py [--only ours]`. See bench/README.md.

kaleido lives in var/bench/venv-drawing (requirements-drawing.txt), made on first use.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import orjson
import psutil
from lab import BENCH, OUT, ROOT, demonstration, keep, markdown
from sqlalchemy import make_url

sys.path.insert(0, str(ROOT))

from dashboard.charts import CHARTS
from dashboard.components.chart_card import read_card
from dashboard.drawing.cache import DrawingCache
from dashboard.drawing.drawer import Drawer
from dashboard.drawing.process import DrawingProcess
from dashboard.requests.page_request import open_request
from data.engine import open_engine
from data.queries.options import LoadCache

TODAY = date(2026, 11, 22)
WIDTH, HEIGHT, SCALE, ROUNDS = 800, 450, 2, 5
LIMITS = {"SVG": 60, "PNG": 150}  # ms, in the median
MEMORY_LIMIT_MB = 200
ENCODED = "carte"  # its outlines are put together by our own JavaScript: kaleido cannot draw it


def read_figures() -> dict[str, dict[str, object]]:
    """The figure of every chart on the demonstration data."""
    engine = open_engine(make_url(demonstration(OUT / "drawing.db")), create=False)
    with open_request(engine, lambda: TODAY, LoadCache(), "/", "") as request:
        return {
            chart.slug: read_card(
                request.connection, chart, request.selection, request.options, request.provenance
            ).figure
            for chart in CHARTS
        }


def timed(pid: int, work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of the clock, and of the processor in the process of that number."""
    before, start = psutil.Process(pid).cpu_times(), time.perf_counter()
    work()
    after, seconds = psutil.Process(pid).cpu_times(), time.perf_counter() - start
    return 1000 * seconds, 1000 * (after.user + after.system - before.user - before.system)


def measure_ours(figures: dict[str, dict[str, object]]) -> list[list[str]]:
    process = DrawingProcess()
    drawer = Drawer(process, DrawingCache(max_bytes=0))
    first = figures["parcours"]
    start = time.perf_counter()
    drawer.draw_svg(first, WIDTH, HEIGHT)
    started = 1000 * (time.perf_counter() - start)
    pid = process.pid
    assert pid is not None
    rows = [["ours", "start and first SVG", f"{started:.0f}", "", "", ""]]
    ways: dict[str, Callable[[dict[str, object]], object]] = {
        "SVG": lambda figure: drawer.draw_svg(figure, WIDTH, HEIGHT),
        "PNG": lambda figure: drawer.draw_png(figure, WIDTH, HEIGHT, SCALE),
    }
    for name, draw in ways.items():
        runs = {slug: [timed(pid, partial(draw, one)) for _ in range(ROUNDS)] for slug, one in figures.items()}
        clock = {slug: statistics.median(run[0] for run in these) for slug, these in runs.items()}
        work = statistics.mean(run[1] for these in runs.values() for run in these)
        middle, worst = statistics.median(clock.values()), max(clock, key=clock.__getitem__)
        reached = "✓" if middle <= LIMITS[name] else "✗"
        target = f"{reached} ≤ {LIMITS[name]} ms"
        rows.append(["ours", name, f"{middle:.0f}", f"{clock[worst]:.0f} ({worst})", f"{work:.0f}", target])
    memory = psutil.Process(pid).memory_info().rss / 1e6
    reached = "✓" if memory <= MEMORY_LIMIT_MB else "✗"
    rows.append(["ours", "memory, MB", f"{memory:.0f}", "", "", f"{reached} ≤ {MEMORY_LIMIT_MB} MB"])
    kept = Drawer(process, DrawingCache())
    kept.draw_svg(first, WIDTH, HEIGHT)
    again = [timed(pid, lambda: kept.draw_svg(first, WIDTH, HEIGHT))[0] for _ in range(50)]
    rows.append(["ours", "SVG drawn before", f"{statistics.median(again):.1f}", "", "", ""])
    process.stop()
    return rows


KALEIDO = """import json, statistics, sys, time
import kaleido
figures = json.load(open(sys.argv[1]))
kaleido.start_sync_server(n=1, silence_warnings=True)
times = {}
for kind, scale in (("svg", 1), ("png", SCALE)):
    for slug, figure in figures.items():
        options = {"format": kind, "width": WIDTH, "height": HEIGHT, "scale": scale}
        runs = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            kaleido.calc_fig_sync(figure, opts=options)
            runs.append(1000 * (time.perf_counter() - start))
        times.setdefault(kind, []).append(statistics.median(runs))
import psutil
tree = [psutil.Process(), *psutil.Process().children(recursive=True)]
memory = sum(one.memory_info().rss for one in tree) / 1e6
print(json.dumps({kind: statistics.median(all) for kind, all in times.items()} | {"memory": memory}))
kaleido.stop_sync_server(silence_warnings=True)
"""


def measure_kaleido(figures: dict[str, dict[str, object]]) -> dict[str, float]:
    """Median milliseconds by format, and the memory of kaleido and its browser, MB."""
    home = OUT / "venv-drawing"
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "-r", BENCH / "requirements-drawing.txt"], check=True)
    path = OUT / "figures.json"
    plain = {slug: figure for slug, figure in figures.items() if slug != ENCODED}
    path.write_bytes(orjson.dumps(plain, option=orjson.OPT_SERIALIZE_NUMPY))
    script = KALEIDO.replace("WIDTH", str(WIDTH)).replace("HEIGHT", str(HEIGHT))
    script = script.replace("ROUNDS", str(ROUNDS)).replace("SCALE", str(SCALE))
    environment = os.environ | {"BROWSER_PATH": shutil.which("chromium") or ""}
    run = subprocess.run([python, "-c", script, path], check=True, capture_output=True, text=True, env=environment)
    answer: dict[str, float] = json.loads(run.stdout.strip().splitlines()[-1])
    return answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=["ours"], help="without kaleido")
    options = parser.parse_args()
    Path(OUT).mkdir(parents=True, exist_ok=True)
    figures = read_figures()
    rows = measure_ours(figures)
    if options.only is None:
        theirs = measure_kaleido(figures)
        for name, key in (("SVG", "svg"), ("PNG", "png"), ("memory, MB", "memory")):
            mine = next(float(row[2]) for row in rows if row[1] == name)
            rows.append(["kaleido", name, f"{theirs[key]:.0f}", "", "", f"ours is ÷{theirs[key] / mine:.1f}"])
    keep(
        f"{len(figures)} charts drawn on the server, {WIDTH} × {HEIGHT}, PNG at {SCALE} pixels for one",
        markdown(("who", "what", "ms, median", "slowest", "processor ms, mean", "target"), rows),
        ("Demonstration data; one request at a time. kaleido: with Chromium, without the map.",),
    )


if __name__ == "__main__":
    main()
