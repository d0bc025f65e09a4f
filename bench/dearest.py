"""The twenty dearest addresses, over every indicator, grouping, list and export: `python bench/dearest.py M`.

Each is asked of the application in this process, on a date that was not asked for before, so that no answer comes from
memory; its cost is the processor time from the request to the last byte,
the least of three when it is above the limit. See bench/README.md.
"""

import argparse
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from flask.testing import FlaskClient
from lab import OUT, ROOT, keep, markdown
from sqlalchemy import Engine
from subjects import OURS, prepared

import sys  # isort: skip

sys.path.insert(0, str(ROOT))

from dashboard.charts import CHARTS
from dashboard.exports.formats import served_formats
from dashboard.lists import LISTS, Listing
from dashboard.lists.proof import proof_listing
from dashboard.web.factory import create_app
from data.engine import open_engine, reading
from data.indicators import INDICATORS, groupings_of
from data.queries.options import read_filter_options
from data.selection import Selection

SHOWN = 20
LIMIT_S = 0.5  # of every address but the workbooks of lists, which are sent row by row
LAST_DAY = date(2025, 12, 30)
FILTERS = ("", "typologie=coworking", "epci=200066827,246100663", "du=2019-03-10&porteur=public")
AGAIN = 2  # times that what seems too dear is asked once more: a busy machine makes some of it
FAR = 9_999_999  # a page that no list has


@dataclass(frozen=True)
class Address:
    """What is asked: a path and its query; a page is asked as Dash asks for its layout. `streamed`: a whole list."""

    kind: str
    path: str
    query: str = ""
    streamed: bool = False


@dataclass(frozen=True)
class Cost:
    """Processor seconds, bytes and status of one answer."""

    address: Address
    seconds: float
    size: int
    status: int


def addresses(proofs: Sequence[Listing]) -> Iterator[Address]:
    """Every address of a kind that grows with the data; `proofs` are the lists behind indicators."""
    for indicator in INDICATORS:
        for grouping in ("", *(f"par={one.key}" for one in groupings_of(indicator))):
            for filters in FILTERS:
                query = "&".join(part for part in (grouping, filters) if part)
                yield Address("api", f"/api/indicateurs/{indicator.slug}.json", query)
        yield Address("page", f"/indicateurs/{indicator.slug}")
    for rows in proofs:
        for sort in ("", *(column.name for column in rows.columns)):
            yield from _pages(rows.path, rows.slug, sort)
    yield from _exports_and_lists(proofs)


def _exports_and_lists(proofs: Sequence[Listing]) -> Iterator[Address]:
    for chart in CHARTS:
        for one in served_formats("chart"):
            yield Address("export", f"/exports/{chart.slug}.{one.extension}")
    for listing in LISTS:
        for sort in ("", *(column.name for column in listing.columns)):
            yield from _pages(listing.path, listing.slug, sort)
    for listing in (*LISTS, *proofs):
        for one in served_formats("list"):
            yield Address("list export", f"/exports/{listing.file}.{one.extension}", streamed=True)


def _proofs(engine: Engine) -> list[Listing]:
    """The rows behind every indicator."""
    with reading(engine) as connection:
        selection, _notices = Selection.from_query(f"au={LAST_DAY}", read_filter_options(connection, LAST_DAY))
        return [proof_listing(connection, one, selection) for one in INDICATORS]


def _pages(path: str, slug: str, sort: str) -> Iterator[Address]:
    """The first and the last page of a list, in both orders."""
    for order in (sort, f"-{sort}") if sort else ("",):
        for page in (1, FAR):
            parts = ((f"tri-{slug}", order), (f"page-{slug}", page))
            yield Address("page", path, "&".join(f"{key}={value}" for key, value in parts if value))


def measure(url: str, kinds: list[str]) -> list[Cost]:
    """The cost of each address."""
    engine = open_engine(url)
    client = create_app(engine).server.test_client()
    asked = [one for one in addresses(_proofs(engine)) if one.kind in kinds]
    days = (LAST_DAY - timedelta(days=number) for number in count())
    client.get("/sante")
    found = []
    day = LAST_DAY
    for at, address in enumerate(asked):
        day = next(days) if at % 400 == 0 else day
        cost = _ask(client, address, day)
        for _again in range(AGAIN if cost.seconds > LIMIT_S and not address.streamed else 0):
            cost = min(cost, _ask(client, address, next(days)), key=lambda one: one.seconds)
        found.append(cost)
    return found


def _ask(client: FlaskClient, address: Address, day: date) -> Cost:
    query = f"{address.query}&au={day}" if address.query else f"au={day}"
    start = time.process_time()
    answer = client.get(f"{address.path}?{query}")
    size = sum(len(piece) for piece in answer.iter_encoded())
    answer.close()
    return Cost(address, time.process_time() - start, size, answer.status_code)


def table(costs: list[Cost]) -> str:
    """The dearest, the dearest first."""
    dearest = sorted(costs, key=lambda cost: -cost.seconds)[:SHOWN]
    rows = [
        (
            f"{cost.seconds:.2f}",
            "" if cost.address.streamed else "✓" if cost.seconds <= LIMIT_S else "✗",
            f"{cost.size / 1000:.0f}",
            str(cost.status),
            f"{cost.address.path}?{cost.address.query}".removesuffix("?").replace("|", "\\|"),
        )
        for cost in dearest
    ]
    return markdown(("s", f"≤ {LIMIT_S:g}", "KB", "status", "address"), rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", nargs="?", default="M")
    parser.add_argument("--url", help="a database that is there already")
    parser.add_argument("--only", nargs="+", default=["api", "page", "export", "list export"])
    options = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    costs = measure(options.url or prepared(OURS, options.size, fresh=False), options.only)
    slow = [cost for cost in costs if not cost.address.streamed and cost.seconds > LIMIT_S]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    notes = (
        f"{len(costs)} addresses, {len(slow)} above {LIMIT_S:g} s, whole lists as files apart",
        f"{sum(cost.seconds for cost in costs):.0f} s in all; peak memory of the process {peak:.0f} MB",
    )
    keep(f"Dearest addresses, size {options.size}: processor time", table(costs), notes)


if __name__ == "__main__":
    main()
