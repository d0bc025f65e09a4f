"""What no single aggregate says of aid: how it levers, how long the first order takes, how much for whom."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import accumulate
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Integer, Select, Text, and_, case, cast, func, select, type_coerce

from data.engine import once
from data.facts.aggregate import conditions, read_measure, rows_of, within
from data.facts.aid import AIDS, LEVER, UNPLACED, VOTED
from data.facts.model import Columns, Conditions, Measure, Ratio, Reading, Total
from data.facts.population import NOBODY, read_population
from data.facts.scope import NOWHERE
from data.i18n import NARROW, count, euros
from data.schema import aid_file, aid_place, departement, label_span
from data.selection import Selection
from data.sources.aids import PAYMENT_ORDERS, REGION_SIREN
from data.types import day_number, day_of


def levers_of_the_region(*steps: str) -> Conditions:
    """The Région's money for its own two levers, by kinds of step."""
    return lambda rows: (of_the_levers(rows), rows.step == steps[0] if len(steps) == 1 else rows.step.in_(steps))


def of_the_levers(rows: Columns) -> ColumnElement[bool]:
    """SQL: the Région's money for its own two levers."""
    return and_(rows.funder == REGION_SIREN, rows.family == LEVER)


def files_of_the_levers(rows: Columns) -> tuple[ColumnElement[bool], ...]:
    """SQL: the rows that say what is counted once for a file of the levers, on the day of its first vote."""
    return (*levers_of_the_region("vote")(rows), rows.files > 0)


def measure_of_files(value: Total | Ratio) -> Measure:
    """What is counted once for a file of the levers: its single rows are first votes."""
    return Measure(AIDS, value, only=files_of_the_levers, lines=lambda rows: func.sum(rows.files))


def amount_of(*steps: str) -> Measure:
    """The Région's money for its own two levers, by kinds of step."""
    return Measure(AIDS, Total(lambda rows: func.sum(rows.amount)), only=levers_of_the_region(*steps))


VOTED_BY_LEVERS, VOTED_WITHOUT_PLACE = amount_of(*VOTED), amount_of(UNPLACED)
COMMITTED, ORDERED, PAID = amount_of("commitment"), amount_of(*PAYMENT_ORDERS), amount_of("payment")
CANCELLED = amount_of("cancellation")
COMPLEMENTARY = Measure(
    AIDS,
    Total(lambda rows: func.sum(rows.amount)),
    only=lambda rows: (rows.family == "complementary", rows.step.in_(VOTED)),
)
FILES_OF_LEVERS = measure_of_files(Total(lambda rows: func.sum(rows.files)))
ELIGIBLE = measure_of_files(
    Total(lambda rows: func.sum(rows.eligible), reason="aucun dossier n’indique ses dépenses éligibles")
)
_NO_EXPENSE = "aucun dossier voté dans la période n’a de dépenses éligibles connues"
RATE = measure_of_files(
    Ratio(lambda rows: func.sum(rows.eligible_voted), lambda rows: func.sum(rows.eligible), _NO_EXPENSE)
)
EXPENSES_PER_EURO = measure_of_files(
    Ratio(lambda rows: func.sum(rows.eligible), lambda rows: func.sum(rows.eligible_voted), _NO_EXPENSE)
)
TO_CHECK = Measure(
    AIDS,
    Total(lambda rows: func.sum(rows.to_check)),
    only=lambda rows: (*files_of_the_levers(rows), rows.to_check > 0),
    lines=lambda rows: func.sum(rows.to_check),
)
LEFT_TO_ORDER = Measure(
    AIDS,
    Total(lambda rows: func.sum(case((rows.step == "commitment", rows.amount), else_=-rows.amount))),
    only=levers_of_the_region("commitment", *PAYMENT_ORDERS),
)


def read_leverage(connection: Connection, selection: Selection) -> Reading:
    """Private money for one euro voted, over the files with a known total cost; the note says how many."""
    sums = read_leverage_sums(connection, selection)
    note = f"coût total connu pour {count(sums.costed, 'dossier', 'dossiers')} sur {sums.files}"
    if not sums.voted:
        return Reading(None, "aucun dossier voté n’a de coût total connu", note)
    return Reading(sums.private_money / sums.voted, note=note)


class Leverage(NamedTuple):
    """Of the files with a known total cost: private money and votes, in euros, their number; and that of all files."""

    private_money: float
    voted: float
    costed: int
    files: int


@once
def read_leverage_sums(connection: Connection, selection: Selection) -> Leverage:
    """The two sides of the leverage, over the files first voted in the period."""
    rows = rows_of(FILES_OF_LEVERS, selection)
    sums = (func.sum(rows.c[name]) for name in ("private_money", "costed_voted", "costed", "files"))
    found = connection.execute(select(*sums).where(*conditions(FILES_OF_LEVERS, rows, selection))).one()
    private_money, voted, costed, files = (one or 0 for one in found)
    return Leverage(float(private_money), float(voted), int(costed), int(files))


def read_left_to_order(connection: Connection, selection: Selection) -> Reading:
    """Committed less ordered, over every step up to `until`, whatever the start of the period."""
    return read_measure(connection, LEFT_TO_ORDER, replace(selection, since=None))


def read_first_order_delay(connection: Connection, selection: Selection) -> Reading:
    """The median of the days from the vote to the first order, for the files voted in the period and ordered by
    `until`; the note says how many, and how many have no order yet.
    """
    waits: Counter[int] = Counter()
    voted = 0
    for dep in selection.codes("dep") or [*connection.scalars(select(departement.c.code)), NOWHERE]:
        files, waited = _read_waits(connection, selection.choosing("dep", [dep]))
        voted += files
        waits.update(waited)
    note = f"{count(waits.total(), 'dossier', 'dossiers')}, {voted - waits.total()} sans mandat à ce jour"
    if not waits:
        return Reading(None, "aucun dossier voté dans la période n’a de mandat à cette date", note)
    return Reading(median_of(waits), note=note)


@once
def _read_waits(connection: Connection, selection: Selection) -> tuple[int, Counter[int]]:
    """The files voted, and of those ordered by `until` how many waited each number of days.

    Asked of one département at a time, an index gives the files day by day; the first orders of those of a day come in
    one text: neither a sort of all files nor a row for each.
    """
    orders = func.aggregate_strings(cast(type_coerce(aid_file.c.first_order, Integer), Text), ",")
    query = select(aid_file.c.day, func.count().label("files"), orders.label("orders")).where(
        aid_file.c.is_voted,
        of_the_levers(aid_file.c),
        *selection.where(aid_file.c),
        *within("day", aid_file.c, selection.since, selection.until),
    )
    votes = [
        (row.day.toordinal(), row.files, Counter(row.orders.split(",") if row.orders else ()))
        for row in connection.execute(query.group_by(aid_file.c.day))
    ]
    until = day_number(selection.until)
    met = {day for _voted, _files, ordered in votes for day in ordered}
    days = {day: day_of(int(day)).toordinal() for day in met if int(day) <= until}  # the same for many votes
    waits: Counter[int] = Counter()
    for voted, _files, ordered in votes:
        waits.update({days[day] - voted: files for day, files in ordered.items() if day in days})
    return sum(files for _voted, files, _ordered in votes), waits


def median_of(counts: Mapping[int, int]) -> float | int:
    """The median of values given with the number of times that each is met; there is at least one."""
    ordered, total = sorted(counts), sum(counts.values())
    ranks = list(accumulate(counts[value] for value in ordered))
    low, high = (ordered[bisect_left(ranks, rank)] for rank in ((total + 1) // 2, total // 2 + 1))
    return low if low == high else (low + high) / 2


def read_per_inhabitant(connection: Connection, selection: Selection) -> Reading:
    """Euros voted for each inhabitant of the selected communes."""
    people = read_population(connection, selection)
    if not people:
        return Reading(None, NOBODY)
    return Reading(float(read_measure(connection, VOTED_BY_LEVERS, selection).value or 0) / people)


def read_per_place(connection: Connection, selection: Selection) -> Reading:
    """Euros voted in the period to the places of the selection labelled at `until`, for each of them; the note says
    what was voted without a place.
    """
    amount, number = read_voted_to_places(connection, selection)
    unplaced = read_measure(connection, VOTED_WITHOUT_PLACE, selection).value or 0
    note = f"à part{NARROW}: {euros(unplaced)} votés sans tiers-lieu" if unplaced else None
    if not number:
        return Reading(None, "aucun lieu labellisé à cette date", note)
    return Reading(amount / number, note=note)


@once
def read_voted_to_places(connection: Connection, selection: Selection) -> tuple[float, int]:
    """The euros voted in the period to the places of the selection labelled at `until`, and their number."""
    places = labelled_places(selection).subquery("places")
    voted = (  # wherever the project was: the filters are those of the places, but for the scheme
        select(func.sum(aid_place.c.amount))
        .join(places, places.c.place_id == aid_place.c.place_id)
        .where(*within("day", aid_place.c, selection.since, selection.until))
        .where(*of_schemes(selection).where(aid_place.c))
    )
    number = connection.scalar(select(func.count()).select_from(places)) or 0
    return float(connection.scalar(voted) or 0), number


def labelled_places(selection: Selection) -> Select[Any]:
    """The `place_id` of the places of the selection labelled at `until`, once each."""
    return (
        select(label_span.c.place_id)
        .where(label_span.c.state == "labelled", *selection.where(label_span.c))
        .where(*within("stock", label_span.c, None, selection.until))
        .distinct()
    )


def of_schemes(selection: Selection) -> Selection:
    """The selection without its filters but those of schemes."""
    return replace(selection, choices=tuple(one for one in selection.choices if one[0] == "dispositif"))
