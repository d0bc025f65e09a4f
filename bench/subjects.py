"""The applications compared: how each is served and where its controls are. Adjust here when a page changes."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from lab import BASE_FILES, OUT, ROOT, demonstration, fresh_sqlite, run_ours

# The départements chosen one after the other, as their labels on screen.
DEPARTEMENTS = ("Calvados", "Manche", "Orne", "Eure", "Seine-Maritime")
WORKERS, THREADS = 2, 24
DEMONSTRATION = "demo"  # a size without files of its own: what `etl init` loads
# Every page that follows the filters of the bar; the sheet of a territory settles its own.
PAGES = (
    "/", "/label", "/aides", "/partenaires", "/frequentation", "/territoires", "/lieux",
    "/indicateurs/taux-aide", "/indicateurs/aides-votees/lignes",
)  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """One application: its WSGI object, the variable that names its data, and its page's controls.

    `steps` are the actions of one filter change, each "open" (a details element), "click" or "select" and a selector;
    `{name}` stands for the département's label. The last one is the moment from which the time is counted.
    `undo` are the actions that go back to all départements, not timed.
    """

    name: str
    wsgi: str
    chdir: str
    variable: str
    paths: tuple[str, ...]  # the first one is compared with the other applications
    steps: tuple[str, ...]
    undo: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    dated: str = ""  # the id of its « arrêté au » control, by which each question can be made a new one


OURS = Subject(
    name="ours",
    wsgi="app:server",
    chdir=".",
    variable="DATABASE_URL",
    paths=PAGES,
    dated="filter-au",
    steps=("open #filter-box-dep", "click #filter-dep label:has-text('{name}')"),
    undo=("click #filter-dep label:has-text('{name}')",),
)
TUTORIAL = Subject(
    name="tutorial",
    wsgi="tutorial_app:server",
    chdir="bench",
    variable="BENCH_DATA",
    paths=("/",),
    steps=("click #dep", "click .dash-dropdown-option:has-text('{name}')"),
)
# The same with categorical columns: what a reader who knows pandas well would do. Printed, no target.
TUNED = Subject(
    name="tutorial, categories",
    wsgi=TUTORIAL.wsgi,
    chdir=TUTORIAL.chdir,
    variable=TUTORIAL.variable,
    paths=TUTORIAL.paths,
    steps=TUTORIAL.steps,
    extra=(("BENCH_CATEGORIES", "1"),),
)
SUBJECTS = {"ours": OURS, "tutorial": TUTORIAL, "tuned": TUNED}


@dataclass(frozen=True)
class Served:
    """A running application."""

    url: str
    pid: int
    ready_s: float  # seconds from the command to the first answer

    def worker_cpu(self) -> float:
        """Processor seconds that the workers have used so far."""
        return sum(sum(p.cpu_times()[:2]) for p in psutil.Process(self.pid).children())

    def worker_memory(self) -> float:
        """Resident memory of the largest worker, MB."""
        return max(p.memory_info().rss for p in psutil.Process(self.pid).children(recursive=True)) / 1e6


def prepared(subject: Subject, size: str, *, fresh: bool) -> str:
    """The value of the variable that tells the application its data; ours is loaded into SQLite on first use."""
    folder = OUT / size
    if size == DEMONSTRATION:
        return demonstration(OUT / "demo.sqlite3")
    if subject.variable != "DATABASE_URL":
        return str(folder)
    path = folder / "ours.sqlite3"
    if path.exists() and not fresh:
        return f"sqlite:///{path}"
    unfinished = folder / "loading.sqlite3"
    url = fresh_sqlite(unfinished)
    for name in (*BASE_FILES, "attendance.csv"):
        print(f"… loading {name}, size {size}", flush=True)
        run_ours(url, [folder / name])
    fresh_sqlite(path)  # the former one goes only when the new one is complete
    for part in sorted(folder.glob("loading.sqlite3*")):
        part.rename(folder / part.name.replace("loading", "ours"))
    return f"sqlite:///{path}"


def wait_until_served(url: str, process: subprocess.Popen[bytes], limit_s: float) -> None:
    """Returns at the first answer; raises when the server died or the limit has passed."""
    end = time.monotonic() + limit_s
    while time.monotonic() < end:
        if process.poll() is not None:
            raise SystemExit(f"server ended with {process.returncode}: see {OUT / 'server.log'}")
        try:
            urllib.request.urlopen(url, timeout=limit_s).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"no answer from {url} in {limit_s} s")


@contextmanager
def serve(subject: Subject, size: str, port: int, *, fresh: bool = False) -> Iterator[Served]:
    """The application under gunicorn, the same way for all, on the files of one size."""
    data = prepared(subject, size, fresh=fresh)
    command = [
        str(Path(sys.executable).with_name("gunicorn")),
        *("-w", str(WORKERS), "--threads", str(THREADS), "-b", f"127.0.0.1:{port}", "--timeout", "600"),
        *("--keep-alive", "15", "--no-control-socket", "--chdir", subject.chdir, subject.wsgi),
    ]
    environment = os.environ | {"MALLOC_ARENA_MAX": "1", subject.variable: data} | dict(subject.extra)
    url = f"http://127.0.0.1:{port}"
    with (OUT / "server.log").open("wb") as log:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            wait_until_served(url, process, 600)
            yield Served(url, process.pid, time.perf_counter() - start)
        finally:
            process.terminate()
            process.wait(60)  # it lets answers under way end, for half a minute
