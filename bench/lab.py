"""What the benchmarks share: a process measured, our loader called, tables printed and kept."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
BENCH = ROOT / "bench"
OUT = ROOT / "var" / "bench"
RESULTS = BENCH / "results"
# Loaded before attendance, in this order, by anything that needs a filled database.
BASE_FILES = (
    "targets.csv", "places.csv", "labels.csv", "envelopes.csv", "sessions.csv", "aids.csv", "activities.csv",
    "mediation-places.csv",
)  # fmt: skip


@dataclass(frozen=True)
class Run:
    """One process from start to end: wall seconds, processor seconds of it and its children, peak memory of its whole
    tree in MB, what it printed. A busy machine hardly moves the processor seconds.
    """

    seconds: float
    processor: float
    peak_mb: float
    code: int
    output: str


def tree_memory(pid: int) -> float:
    """Resident memory of a process and its descendants, MB (0 once it has ended)."""
    try:
        process = psutil.Process(pid)
        tree = [process, *process.children(recursive=True)]
        return sum(p.memory_info().rss for p in tree) / 1e6
    except psutil.Error:
        return 0.0


def measure(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Run:
    """Run a command in a fresh process. Memory: the larger of the kernel's own peak and 20 samples a second."""
    start = time.perf_counter()
    with (OUT / "stdout.txt").open("w+", encoding="utf-8") as out, (OUT / "stderr.txt").open("w") as err:
        child = subprocess.Popen(command, stdout=out, stderr=err, cwd=ROOT, env=os.environ | dict(environment or {}))
        sampled, pid = 0.0, 0
        while pid == 0:
            sampled = max(sampled, tree_memory(child.pid))
            time.sleep(0.05)
            pid, status, usage = os.wait4(child.pid, os.WNOHANG)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        processor = usage.ru_utime + usage.ru_stime
        return Run(seconds, processor, max(sampled, usage.ru_maxrss / 1024 * 1.048576), child.returncode, out.read())


def run_ours(url: str, files: Sequence[Path]) -> Run:
    """`python -m etl load FILE… --json` on a database; stops the benchmark when nothing was loaded (exit 1)."""
    command = [sys.executable, "-m", "etl", "load", *(str(file) for file in files), "--json"]
    run = measure(command, {"DATABASE_URL": url})
    if run.code not in (0, 2):
        raise SystemExit(f"etl load: exit {run.code}\n{run.output[-2000:]}\n{(OUT / 'stderr.txt').read_text()[-2000:]}")
    return run


def counts(run: Run) -> tuple[int, int]:
    """(accepted, rejected) of the last JSON line that a loader printed."""
    answer = json.loads(run.output.strip().splitlines()[-1])
    return int(answer["accepted"]), int(answer["rejected"])


def fresh_sqlite(path: Path) -> str:
    """The URL of a file that does not exist yet."""
    for leftover in path.parent.glob(f"{path.name}*"):
        leftover.unlink()
    return f"sqlite:///{path}"


def demonstration(path: Path) -> str:
    """The URL of a new file that holds the demonstration data."""
    url = fresh_sqlite(path)
    subprocess.run([sys.executable, "-m", "etl", "init"], check=True, cwd=ROOT, env=os.environ | {"DATABASE_URL": url})
    return url


def markdown(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table for the terminal and for a results file: columns padded, numbers as given."""
    widths = [max(len(row[i]) for row in (header, *rows)) for i in range(len(header))]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (header, *rows)]
    lines.insert(1, " | ".join("-" * width for width in widths))
    return "\n".join(f"| {line} |" for line in lines)


def keep(title: str, table: str, notes: Sequence[str] = ()) -> None:
    """Print a table and add it to bench/results/<date>.md."""
    text = "\n".join([f"## {title}", "", table, "", *(f"* {note}" for note in notes), ""])
    print("\n" + text)
    RESULTS.mkdir(exist_ok=True)
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    path = RESULTS / f"{today}.md"
    if not path.exists():
        path.write_text(f"# Measured on {today}, {os.cpu_count()} cores\n\n", encoding="utf-8")
    with path.open("a", encoding="utf-8") as file:
        file.write(text + "\n")
