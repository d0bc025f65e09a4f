"""Readers of all pages beside people who take files: `python bench/office.py M`. See bench/README.md.

Without a browser: pages are asked as Dash asks for their layout, each on a date of its own, so that it is computed.
"""

import argparse
import asyncio
import random
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlsplit

from lab import OUT, keep, markdown
from replay import Connection
from subjects import OURS, PAGES, THREADS, WORKERS, Served, serve

PORT = 8191
READERS, THINK_S, EXPORTS = 50, 3.0, 30
LIMIT_MS = 300
LAST_DAY, DAYS = date(2025, 12, 30), 1400
FILES = (
    "/exports/liste-dossiers.xlsx", "/exports/liste-dossiers.csv", "/exports/liste-lieux.xlsx",
    "/exports/lignes-aides-votees.csv", "/exports/liste-declarations.xlsx", "/exports/trajectoire.csv",
    "/exports/trajectoire.pptx", "/exports/carte.docx", "/exports/trajectoire.png", "/exports/carte.svg",
    "/exports/trajectoire.xlsx", "/exports/liste-lieux.ods",
)  # fmt: skip
OK, BUSY = 200, 503  # the answer of turns that are all taken: told, no failure


@dataclass
class Tally:
    """What the readers met, in seconds each; answers that are no page, and files, by status (0: still on its way at the
    end, -1: the connection was lost).
    """

    pages: list[float] = field(default_factory=list)
    failed: Counter[int] = field(default_factory=Counter)
    files: Counter[int] = field(default_factory=Counter)

    @property
    def p95_ms(self) -> float:
        """The 95th percentile of the times of pages; not a number with less than two."""
        return 1000 * statistics.quantiles(self.pages, n=20)[-1] if len(self.pages) > 1 else float("nan")


async def _office(url: str, seconds: float, exports: int) -> Tally:
    address = urlsplit(url)
    host, port = address.hostname or "127.0.0.1", address.port or 80
    tally, end, asked = Tally(), time.perf_counter() + seconds, 0

    async def reader(number: int) -> None:
        nonlocal asked
        connection, chance, turn = Connection(host, port), random.Random(number), number
        await asyncio.sleep(chance.uniform(0, 2 * THINK_S))
        while time.perf_counter() < end:
            asked, turn = asked + 1, turn + 1
            page = f"{PAGES[turn % len(PAGES)]}?au={LAST_DAY - timedelta(days=asked % DAYS)}"
            start = time.perf_counter()
            status = await _status(connection, page)
            if status != OK:
                tally.failed[status] += 1
            tally.pages.append(time.perf_counter() - start)
            await asyncio.sleep(chance.uniform(0, 2 * THINK_S))

    async def taker(number: int) -> None:
        connection, turn = Connection(host, port), number
        while time.perf_counter() < end:
            status = await _status(connection, FILES[turn % len(FILES)])
            tally.files[status] += 1
            turn += 1
            if status == BUSY:
                await asyncio.sleep(1)

    takers = [asyncio.create_task(taker(number)) for number in range(exports)]
    await asyncio.gather(*(reader(number) for number in range(READERS)))
    for each in takers:
        tally.files[0] += each.cancel()
    await asyncio.gather(*takers, return_exceptions=True)
    return tally


async def _status(connection: Connection, path: str) -> int:
    """The status of an answer, or -1 when the connection was lost."""
    try:
        return await connection.get(path)
    except (OSError, asyncio.IncompleteReadError):
        return -1


def by_status(counts: Counter[int]) -> str:
    """« 3 × 200, 1 × 503 »."""
    return ", ".join(f"{count} × {status or 'unfinished'}" for status, count in sorted(counts.items()))


def line(served: Served, seconds: float, exports: int) -> tuple[str, ...]:
    """One line of the table: readers beside so many exports."""
    before = served.worker_cpu()
    tally = asyncio.run(_office(served.url, seconds, exports))
    cpu = served.worker_cpu() - before
    return (
        str(exports),
        str(len(tally.pages)),
        f"{1000 * statistics.median(tally.pages):.0f}",
        f"{1000 * max(tally.pages):.0f}",
        f"{tally.p95_ms:.0f} {'✓' if tally.p95_ms <= LIMIT_MS else '✗'}",
        by_status(tally.failed) or "0",
        by_status(tally.files),
        f"{cpu:.0f}",
        f"{served.worker_memory():.0f}",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", nargs="?", default="M")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--exports", type=int, nargs="+", default=[0, EXPORTS])
    options = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    with serve(OURS, options.size, PORT) as served:
        rows = [line(served, options.seconds, exports) for exports in options.exports]
    header = (
        *(
            "exports at once",
            "pages",
            "median, ms",
            "worst, ms",
            f"p95, ms (≤ {LIMIT_MS})",
            "failed",
            "files by status",
        ),
        *("processor s", "memory of a worker, MB"),
    )
    about = f"{READERS} readers of every page who think for {THINK_S:g} s, {options.seconds:g} s a line"
    notes = (f"{about}; {WORKERS} workers × {THREADS} threads.",)
    keep(f"Pages beside exports, size {options.size}", markdown(header, rows), notes)


if __name__ == "__main__":
    main()
