"""The label through time: what the target's line expects on a day, how fast the count moves, where that leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import inf, sqrt

from sqlalchemy import Connection, func, select

from data.engine import once
from data.facts.aggregate import at_date, counted, read_measure, rows_of, year_before
from data.facts.label import LABELLED
from data.facts.model import Reading
from data.facts.targets import Target, read_target, why_no_target
from data.i18n import NARROW, count, day_short, number
from data.selection import Selection

AIMED = "lieux-labellises"  # the indicator of which a target is voted
MONTH = 30.4375  # days
YEAR = 12  # months
EVENTS = 6  # over twelve months: below, a rhythm says nothing of the months to come
SPREAD = 1.2816  # standard deviations on each side of an interval at 80 %
PAST_DUE = "échéance dépassée"

Against = Callable[[Target, date, int], Reading]


def against_target(value: Against) -> Callable[[Connection, Selection], Reading]:
    """The reader of a value of the target, the day and the labelled places of that day."""

    def read(connection: Connection, selection: Selection) -> Reading:
        target = read_target(connection, AIMED, selection)
        if target is None:
            return Reading(None, why_no_target(selection))
        return value(target, selection.until, read_labelled(connection, selection))

    return read


def read_labelled(connection: Connection, selection: Selection) -> int:
    """The places labelled at `until`."""
    return int(read_measure(connection, LABELLED, selection).value or 0)


def share_of_target(target: Target, _day: date, labelled: int) -> Reading:
    """Labelled places over the target's value."""
    if not target.value:
        return Reading(None, "l’objectif est nul")
    return Reading(labelled / target.value, note=f"objectif{NARROW}: {number(target.value)} au {day_short(target.due)}")


def expected(target: Target, day: date, _labelled: int = 0) -> Reading:
    """The count on the target's line; the target itself from the due date on."""
    value = target.expected_at(day)
    return Reading(None, _before(target)) if value is None else Reading(value, note=_late(target, day))


def lead(target: Target, day: date, labelled: int) -> Reading:
    """Labelled less expected places."""
    awaited = expected(target, day)
    return awaited if awaited.value is None else replace(awaited, value=labelled - awaited.value)


def lead_in_days(target: Target, day: date, labelled: int) -> Reading:
    """From the day to the one on which the line reaches the count (a fraction: the line is continuous).

    Unknown where the line has no such count, and before it begins.
    """
    if target.baseline_day is None or target.baseline_value is None or day < target.baseline_day:
        return Reading(None, _before(target))
    done, whole = labelled - target.baseline_value, target.value - target.baseline_value
    gone = done / whole if whole else abs(done) * inf if done else 0.0
    if not 0 <= gone <= 1:
        return Reading(None, f"la trajectoire ne passe pas par {count(labelled, 'lieu', 'lieux')}")
    reached = gone * (target.due - target.baseline_day).days
    return Reading(reached - (day - target.baseline_day).days, note=_late(target, day))


def _before(target: Target) -> str:
    if target.baseline_day is None or target.baseline_value is None:
        return "l’objectif n’a pas de point de départ enregistré"
    return f"la trajectoire ne commence que le {day_short(target.baseline_day)}"


def _late(target: Target, day: date) -> str | None:
    return PAST_DUE if day > target.due else None


def required(target: Target, day: date, labelled: int) -> Reading:
    """Labels per month from the day to the due date; 0 once the target is reached."""
    if day > target.due:
        return Reading(None, PAST_DUE)
    if labelled >= target.value:
        return Reading(0, note="objectif atteint")
    if day == target.due:
        return Reading(None, "l’échéance est ce jour même")
    missing = target.value - labelled
    note = f"{count(missing, 'lieu', 'lieux')} en {number((target.due - day).days / MONTH, 1)} mois"
    return Reading(missing / ((target.due - day).days / MONTH), note=note)


@once
def read_rhythm(connection: Connection, selection: Selection) -> Reading:
    """Net labels per month over the twelve months to `until`."""
    before = read_labelled(connection, at_date(selection, year_before(selection.until)))
    now = read_labelled(connection, selection)
    return Reading((now - before) / YEAR, note=f"{count(now, 'lieu', 'lieux')}, {number(before)} un an plus tôt")


@dataclass(frozen=True)
class Projection:
    """The count on the due date if the rhythm of twelve months went on, and its interval at 80 %."""

    due: date
    value: float
    low: float
    high: float

    @property
    def interval(self) -> str:
        """« 37 à 46 »."""
        return f"{number(self.low)} à {number(self.high)}"


@dataclass(frozen=True)
class Year:
    """What moved the count in twelve months: labels that began (renewals of one in force are not), that ended."""

    awards: int
    exits: int

    @property
    def reason(self) -> str | None:
        """Why this says nothing of the months to come, if so."""
        if self.awards + self.exits >= EVENTS:
            return None
        moves = count(self.awards + self.exits, "entrée ou sortie", "entrées et sorties")
        return f"trop peu de cas{NARROW}: {moves} en douze mois, il en faut {EVENTS}"


def project(target: Target, day: date, labelled: int, year: Year) -> Projection:
    """From a day up to the due date: net labels go on; the spread is that of chance events, known by one year only."""
    left = (target.due - day).days / MONTH / YEAR
    value = labelled + (year.awards - year.exits) * left
    spread = SPREAD * sqrt((year.awards + year.exits) * left * (1 + left))
    return Projection(target.due, *(max(0.0, one) for one in (value, value - spread, value + spread)))


@once
def read_projection(connection: Connection, selection: Selection) -> Projection | str:
    """The projection, or the reason why there is none."""
    target = read_target(connection, AIMED, selection)
    if target is None:
        return why_no_target(selection)
    if selection.until > target.due:
        return PAST_DUE
    year = read_year(connection, selection)
    return year.reason or project(target, selection.until, read_labelled(connection, selection), year)


def read_year(connection: Connection, selection: Selection) -> Year:
    """The labels that began and ended in the twelve months to `until`."""
    rows = rows_of(LABELLED, selection)
    kept = counted(LABELLED, rows, selection)
    first = year_before(selection.until) + timedelta(days=1)
    moves = (
        select(func.count()).where(*kept, day.between(first, selection.until)).scalar_subquery()
        for day in (rows.c.started, rows.c.ended)
    )
    return Year(*connection.execute(select(*moves)).one())


def read_projected(connection: Connection, selection: Selection) -> Reading:
    """The projection as a value; its interval is its note."""
    found = read_projection(connection, selection)
    if isinstance(found, str):
        return Reading(None, found)
    return Reading(found.value, note=f"intervalle à 80{NARROW}%{NARROW}: {found.interval}")
