"""Reports and files of charts, one after the other: `python bench/reports.py`. See bench/README.md."""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta

from flask.testing import FlaskClient
from lab import OUT, ROOT, demonstration, keep, markdown
from sqlalchemy import make_url

sys.path.insert(0, str(ROOT))

from dashboard.charts import CHARTS
from dashboard.exports.formats import offered_formats
from dashboard.reports.draft import Block, Draft, draft_query
from dashboard.web.factory import create_app
from data.engine import open_engine

TODAY, LAST_DAY = date(2026, 11, 22), date(2020, 12, 30)
CARDS, CHART = 12, "trajectoire"
LIMITS = {"report of 12 cards, pdf": 3000, "chart, pptx": 250}  # ms of the clock, in the median

Address = Callable[[str], str]  # query -> address


def report_address(query: str) -> str:
    """The address of the report whose cards have these filters."""
    cards = tuple(Block("graphique", chart.slug) for chart in CHARTS[:CARDS])
    return f"/exports/rapport.pdf?{draft_query(Draft('Mesure', cards).with_query(query))}"


def addresses() -> dict[str, Address]:
    """What is measured, by its name in the table."""
    charts: dict[str, Address] = {
        f"chart, {format_.extension}": lambda query, extension=format_.extension: (  # type: ignore[misc]
            f"/exports/{CHART}.{extension}?{query}"
        )
        for format_ in offered_formats("chart")
    }
    return {"report of 12 cards, pdf": report_address, **charts}


def line(client: FlaskClient, name: str, address: Address, rounds: int) -> tuple[str, ...]:
    """One line of the table: medians in ms, the largest, the size of the file."""
    clock, processor, size = [], [], 0
    for turn in range(rounds + 1):
        asked = address(f"au={LAST_DAY - timedelta(days=turn)}")
        wall, cpu = time.perf_counter(), time.process_time()
        response = client.get(asked)
        size = len(response.data)
        clock.append(1000 * (time.perf_counter() - wall))
        processor.append(1000 * (time.process_time() - cpu))
        if response.status_code != 200:
            raise SystemExit(f"{asked}: {response.status_code}")
    median, limit = statistics.median(clock[1:]), LIMITS.get(name)
    target = f"≤ {limit} {'✓' if median <= limit else '✗'}" if limit else ""
    cells = (median, max(clock[1:]), statistics.median(processor[1:]), size / 1000)
    return (name, *(f"{cell:.0f}" for cell in cells), target)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    engine = open_engine(make_url(demonstration(OUT / "reports.db")), create=False)
    client = create_app(engine, lambda: TODAY).server.test_client()
    rows = [line(client, name, address, options.rounds) for name, address in addresses().items()]
    header = ("file", "median, ms", "worst, ms", "processor, ms", "KB", "target")
    keep("Reports and files of charts, demonstration", markdown(header, rows), (f"{options.rounds} of each.",))


if __name__ == "__main__":
    main()
