"""Facts for the dashboard's tests: as Python values, to be recounted naively, and as rows of a prepared database."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import Connection, insert

from data import schema
from data.reference import read_communes
from data.sources import REGION_SIREN
from data.types import month_end, months_between

LOAD = 1_000  # after those of the policy
Scope = tuple[str, str, str, str]


@dataclass(frozen=True)
class Place:
    """A place, when its label was in force (the end is the first day after it), and its scope."""

    number: int
    name: str
    commune: str
    scope: Scope
    spans: tuple[tuple[date, date | None], ...]

    def labelled_at(self, day: date) -> bool:
        return any(start <= day and (end is None or end > day) for start, end in self.spans)

    def labelled_during(self, month: int) -> bool:
        first, last = date(month // 100, month % 100, 1), month_end(month)
        return any(start <= last and (end is None or end > first) for start, end in self.spans)


@dataclass(frozen=True)
class Vote:
    day: date
    scheme: str
    family: str
    funder: str
    scope: Scope
    amount: Decimal


@dataclass(frozen=True)
class Report:
    place: Place
    month: int
    visits: int


@dataclass(frozen=True)
class Facts:
    places: tuple[Place, ...] = ()
    votes: tuple[Vote, ...] = ()
    reports: tuple[Report, ...] = ()


def some_facts(seed: int = 1, count: int = 34) -> Facts:
    """Plausible facts from 2017 to 2020: places labelled one by one, a few withdrawn; reports with holes."""
    random = Random(seed)
    communes = random.sample([one for one in read_communes() if one.population > 3_000], count)
    places = []
    for number, commune in enumerate(communes, 1):
        start = date(2017 + number * 4 // (count + 1), random.randint(1, 12), random.randint(1, 28))
        end = date(2020, random.randint(1, 12), 1) if number % 9 == 0 and start.year < 2020 else None
        holder = random.choice(("public", "private", "nonprofit"))
        typologies = random.choice(("|coworking|", "|fablab|", "|coworking|fablab|", ""))
        scope = (commune.dep, commune.epci, holder, typologies)
        places.append(Place(number, f"Lieu {number:02d} — {commune.name}", commune.code, scope, ((start, end),)))
    return Facts(tuple(places), tuple(_votes(random, places)), tuple(_reports(random, places)))


def _votes(random: Random, places: list[Place]) -> Iterable[Vote]:
    for place in places:
        for scheme, most in (("emergence", 10_000), ("services-numeriques", 30_000), ("ess", 20_000)):
            if random.random() < 0.6:
                day = date(random.randint(2017, 2020), random.randint(1, 12), random.randint(1, 28))
                family = "complementary" if scheme == "ess" else "lever"
                funder = REGION_SIREN if random.random() < 0.9 else "200000000"
                yield Vote(day, scheme, family, funder, place.scope, Decimal(random.randint(100_000, most * 100)) / 100)


def _reports(random: Random, places: list[Place]) -> Iterable[Report]:
    for month in months_between(201901, 202012):
        for place in places:
            if place.labelled_during(month) and month != 202004 and random.random() < 0.75:
                yield Report(place, month, random.randint(0 if month % 100 == 8 else 10, 60))


def fill(connection: Connection, facts: Facts) -> None:
    """Write the facts: identities, versions and roll-ups, all of one load of the Région's files."""
    _identities(connection, facts)
    _add(connection, schema.label_span, (row for place in facts.places for row in _span_rows(place)))
    totals: dict[tuple[Any, ...], list[Decimal]] = defaultdict(list)
    for vote in facts.votes:
        totals["vote", vote.day, vote.scheme, vote.funder, *vote.scope, vote.family].append(vote.amount)
    names = ("step", "day", "scheme", "funder", "dep", "epci", "holder_type", "typologies", "family")
    _add(
        connection,
        schema.aid_total,
        (dict(zip(names, key, strict=True), amount=sum(all_), files=len(all_)) for key, all_ in totals.items()),
    )
    _add(connection, schema.attendance_total, attendance_rows(facts))


def attendance_rows(facts: Facts) -> list[dict[str, Any]]:
    """The monthly roll-up of the reports."""
    cells: dict[tuple[int, Scope], dict[str, Any]] = {}
    months = sorted({report.month for report in facts.reports})
    reported = {(report.place.number, report.month): report.visits for report in facts.reports}
    for month in months_between(months[0], months[-1]) if months else []:
        for place in facts.places:
            visits, expected = reported.get((place.number, month)), place.labelled_during(month)
            if visits is None and not expected:
                continue
            cell = cells.setdefault((month, place.scope), {"value": None, "reports": 0, "expected": 0, "answered": 0})
            cell["expected"] += expected
            if visits is not None:
                cell["value"] = (cell["value"] or 0) + visits
                cell["reports"] += 1
                cell["answered"] += expected
    names = ("dep", "epci", "holder_type", "typologies")
    return [
        {"unit": "visits", "month": month, **dict(zip(names, scope, strict=True)), **cell}
        for (month, scope), cell in cells.items()
    ]


def _identities(connection: Connection, facts: Facts) -> None:
    status = {"kind": "region", "status": "loaded", "loaded_at": datetime(2021, 1, 4, tzinfo=UTC)}
    counts = dict.fromkeys(("accepted", "rejected", "unchanged", "replaced", "warnings"), 0)
    load = (
        {"load_id": LOAD, "source": "labels", "file": "essai.csv", "sha256": "", "content_hash": ""} | status | counts
    )
    _add(connection, schema.load, [load])
    proof = {"load_id": LOAD, "line": 2}
    names = [{"place_id": place.number, "code": f"L{place.number}", "load_id": LOAD} for place in facts.places]
    _add(connection, schema.place, names)
    _add(
        connection,
        schema.place_version,
        [
            {"place_id": place.number, "name": place.name, "commune": place.commune, "holder": "Porteur"}
            | {"holder_type": place.scope[2], "typologies": place.scope[3]}
            | proof
            for place in facts.places
        ],
    )


def _span_rows(place: Place) -> Iterable[dict[str, Any]]:
    names = ("dep", "epci", "holder_type", "typologies")
    for start, end in place.spans:
        opening = {"state": "labelled", "started": start, "opened": start, "opened_by": "awarded", "ended": end}
        yield {"place_id": place.number} | opening | dict(zip(names, place.scope, strict=True))


def _add(connection: Connection, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    listed = list(rows)
    if listed:
        connection.execute(insert(table), listed)
