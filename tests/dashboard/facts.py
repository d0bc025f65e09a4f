"""Facts for the dashboard's tests: as Python values, to be counted naively, and as live rows with their roll-ups."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import Connection, insert, select

from data import schema
from data.reference import read_communes
from data.sources import REGION_SIREN
from data.types import month_end, month_of, months_between
from etl.rollups import mark_changed_months, refresh
from tests.dashboard import network, standard
from tests.dashboard.activities import AGREEMENT, DATES, TARGET, Activity, activity_rows, some_activities

LOAD = 1_000  # after those of the policy
FILLED = (
    *("labels", "places", "aids", "envelopes", "attendance", "activities", "mediation-places", "conventions"),
    *network.SOURCES,
    *standard.SOURCES,
)
TODAY = date(2021, 1, 15)
WAITED = ("application", "complete_file", "aract_opinion")
Scope = tuple[str, str, str, str]


@dataclass(frozen=True)
class Place:
    """A place, when its label was in force (the end is the first day after it), its scope, its steps before that."""

    number: int
    name: str
    commune: str
    scope: Scope
    spans: tuple[tuple[date, date | None], ...]
    steps: tuple[tuple[date, str], ...] = ()

    def labelled_at(self, day: date) -> bool:
        return any(start <= day and (end is None or end > day) for start, end in self.spans)

    def labelled_during(self, month: int) -> bool:
        first, last = date(month // 100, month % 100, 1), month_end(month)
        return any(start <= last and (end is None or end > first) for start, end in self.spans)


@dataclass(frozen=True)
class Vote:
    day: date
    scheme: str
    funder: str
    place: Place
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
    activities: tuple[Activity, ...] = ()


def some_facts(seed: int = 1, count: int = 34) -> Facts:
    """Plausible facts from 2017 to 2020: places labelled one by one, a few withdrawn; reports with holes."""
    random = Random(seed)
    communes = random.sample([one for one in read_communes() if one.population > 3_000], count)
    places = []
    for number, commune in enumerate(communes, 1):
        start = date(2017 + number * 4 // (count + 1), random.randint(1, 12), random.randint(1, 28))
        end = date(2020, random.randint(1, 12), 1) if number % 9 == 0 and start.year < 2020 else None
        holder = random.choice(("public", "private", "nonprofit"))
        scope = (
            commune.dep,
            commune.epci,
            holder,
            random.choice(("|coworking|", "|fablab|", "|coworking|fablab|", "")),
        )
        applied = start - timedelta(days=100 + number * 37 % 200)
        name = f"Lieu {number:02d} — {commune.name}"
        places.append(Place(number, name, commune.code, scope, ((start, end),), ((applied, "application"),)))
    votes, reports = tuple(_votes(random, places)), tuple(_reports(random, places))
    return Facts((*places, *_candidates(places[::2], count)), votes, reports, some_activities(places))


def _candidates(like: list[Place], after: int) -> Iterable[Place]:
    """Places on their way to the label in 2020, where others are."""
    for rank, place in enumerate(like, 1):
        first = date(2019, 12, 1) + timedelta(days=rank * 10)
        steps = [(first + timedelta(days=60 * at), step) for at, step in enumerate(WAITED[: 1 + rank % 3])]
        yield Place(after + rank, f"Candidat {rank:02d}", place.commune, place.scope, (), tuple(steps))


def _votes(random: Random, places: list[Place]) -> Iterable[Vote]:
    for place in places:
        for scheme, most in (("emergence", 10_000), ("services-numeriques", 30_000), ("ess", 20_000)):
            if random.random() < 0.6:
                day = date(random.randint(2017, 2020), random.randint(1, 12), random.randint(1, 28))
                funder = REGION_SIREN if random.random() < 0.9 else "200000000"
                yield Vote(day, scheme, funder, place, Decimal(random.randint(100_000, most * 100)) / 100)


def _reports(random: Random, places: list[Place]) -> Iterable[Report]:
    for month in months_between(201901, 202012):
        for place in places:
            if place.labelled_during(month) and month != 202004 and random.random() < 0.75:
                yield Report(place, month, random.randint(0 if month % 100 == 8 else 10, 60))


def fill(connection: Connection, facts: Facts) -> None:
    """Write the facts as live rows of one load of the Région's files, and refresh the roll-ups as a load does."""
    counts = dict.fromkeys(("accepted", "rejected", "unchanged", "replaced", "warnings"), 0)
    shown_text = {"file": "essai.csv", "sha256": "", "content_hash": "", "kind": "region"}
    loaded = {"status": "loaded", "loaded_at": datetime(2021, 1, 4, tzinfo=UTC)}
    loads = [{"load_id": LOAD + at, "source": source} for at, source in enumerate(FILLED)]  # the rows are the first's
    _add(connection, schema.load, [one | loaded | shown_text | counts for one in loads])
    _add_places(connection, facts)
    _add_votes(connection, facts)
    _add_proven(connection, schema.attendance, [_report_row(report) for report in facts.reports])
    _add_proven(connection, schema.activity, activity_rows(facts.activities))
    _add_proven(connection, schema.target, [TARGET | DATES] if facts.activities else [])
    for table, rows in network.network_rows([one.number for one in facts.places]).items() if facts.places else ():
        _add_proven(connection, table, rows)
    declarations = standard.declaration_rows([one.number for one in facts.places])
    _add_proven(connection, schema.standard_declaration, declarations)
    _add_proven(connection, schema.agreement, [AGREEMENT] if facts.activities else [])
    attendance = schema.attendance
    mark_changed_months(connection, [select(attendance.c.place_id, month_of(attendance.c.starts).label("month"))])
    changed = ("label_event", "place_version", "aid_step", "aid_version", "attendance", "activity")
    refresh(connection, frozenset(changed), TODAY)


def _add_places(connection: Connection, facts: Facts) -> None:
    names = [{"place_id": one.number, "code": f"L{one.number}", "load_id": LOAD} for one in facts.places]
    _add(connection, schema.place, names)
    versions = [
        {"place_id": one.number, "name": one.name, "commune": one.commune, "holder": "Porteur"}
        | {"holder_type": one.scope[2], "typologies": one.scope[3]}
        for one in facts.places
    ]
    _add_proven(connection, schema.place_version, versions)
    events = [
        {"place_id": one.number, "day": day, "step": step}
        for one in facts.places
        for span in one.spans
        for day, step in zip(span, ("awarded", "withdrawn"), strict=True)
        if day
    ]
    events += [{"place_id": one.number, "day": day, "step": step} for one in facts.places for day, step in one.steps]
    _add_proven(connection, schema.label_event, events)


def _add_votes(connection: Connection, facts: Facts) -> None:
    votes = list(enumerate(facts.votes, 1))
    _add(connection, schema.aid, [{"aid_id": n, "reference": f"A{n}", "load_id": LOAD} for n, _vote in votes])
    versions = [
        {"aid_id": n, "origin": "aids", "scheme": vote.scheme, "place_id": vote.place.number, "beneficiary": "Porteur"}
        | {"vote": vote.day, "voted_amount": vote.amount, "funder": vote.funder}
        for n, vote in votes
    ]
    _add_proven(connection, schema.aid_version, versions)
    steps = [
        {"aid_id": n, "step": "vote", "day": vote.day, "number": 1, "origin": "aids", "amount": vote.amount}
        for n, vote in votes
    ]
    steps += [
        {"aid_id": n, "step": step, "day": vote.day + timedelta(days=after), "number": 1, "origin": "aids"}
        | {"amount": vote.amount * share / 10}
        for n, vote in votes
        for step, after, share in (("commitment", 30, 10), ("payment_order", 200, 7), ("payment", 220, 7))
        if vote.day + timedelta(days=after) <= date(2020, 12, 31)
    ]
    _add_proven(connection, schema.aid_step, steps)
    envelopes = [
        {"scheme": scheme, "fiscal_year": year, "credit": credit, "amount": Decimal(300_000)}
        for year in (2019, 2020)
        for scheme, credit in (("emergence", "AE"), ("services-numeriques", "AP"), ("emergence", "CP"))
    ]
    _add_proven(connection, schema.envelope, envelopes)


def _report_row(report: Report) -> dict[str, Any]:
    first = date(report.month // 100, report.month % 100, 1)
    period = {"starts": first, "ends": month_end(report.month), "unit": "visits", "audience": ""}
    return {"place_id": report.place.number, "value": report.visits} | period


def _add_proven(connection: Connection, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    _add(connection, table, (row | {"load_id": LOAD, "line": line} for line, row in enumerate(rows, 2)))


def _add(connection: Connection, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    listed = list(rows)
    if listed:
        connection.execute(insert(table), listed)
