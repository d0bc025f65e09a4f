"""Attendance through time and by territory, always with the declarations that were expected."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select

from data.engine import cached_on_snapshot
from data.facts.aggregate import measure_conditions, rows_to_aggregate
from data.facts.attendance import COMPARABLE_PAIRS, DECLARED_ATTENDANCE, RESPONSE_RATE
from data.queries.suppression import count_omitted_places
from data.selection import Selection


class Visits(NamedTuple):
    """One month in the unit of the selection: the declared value (None: no declaration, or none left after
    suppression), the places that declared, the labelled places, the labelled places that declared, and the private
    places omitted.
    """

    visits: int | None
    reports: int
    expected: int
    answered: int
    omitted: int


NO_VISITS = Visits(None, 0, 0, 0, 0)


class ComparableMonth(NamedTuple):
    """Values of one month and of the same month a year before, over the places that declared both."""

    now: int
    before: int


class DeclarationCount(NamedTuple):
    """Declarations received and expected, and the private places omitted from both."""

    answered: int
    expected: int
    omitted: int


@cached_on_snapshot
def read_visits_by_month(connection: Connection, selection: Selection) -> dict[int, Visits]:
    """Visits by month (yyyymm) of the whole months of the period with something declared or expected, in order."""
    return {month: visits for (month,), visits in _read_visits(connection, selection, "month").items()}


def read_visits_by_departement(connection: Connection, selection: Selection) -> dict[tuple[str, int], Visits]:
    """Visits by (département, month), for months with something declared or expected, in order."""
    return {
        (dep, month): visits for (dep, month), visits in _read_visits(connection, selection, "dep", "month").items()
    }


def _read_visits(connection: Connection, selection: Selection, *by: str) -> dict[tuple[Any, ...], Visits]:
    rows = rows_to_aggregate(DECLARED_ATTENDANCE, selection)
    keys = [rows.c[name] for name in by]
    sums = (rows.c.reports, rows.c.expected, rows.c.answered)
    query = (
        select(*keys, func.sum(rows.c.value), *(func.sum(column) for column in sums))
        .where(*measure_conditions(DECLARED_ATTENDANCE, rows, selection, *by))
        .group_by(*keys)
        .order_by(*keys)
    )
    omitted = count_omitted_places(connection, "declared", selection, *by)
    visits_by_key = {}
    for row in connection.execute(query):
        key, (value, reports, expected, answered) = tuple(row[: len(by)]), row[len(by) :]
        visits = None if value is None else int(value)
        visits_by_key[key] = Visits(visits, int(reports), int(expected), int(answered), omitted.get(key, 0))
    return visits_by_key


def read_comparable_months(connection: Connection, selection: Selection) -> dict[int, ComparableMonth]:
    """Comparable values by month (yyyymm), for the whole months of the period with a comparable place, in order."""
    rows = rows_to_aggregate(COMPARABLE_PAIRS, selection)
    query = (
        select(rows.c.month, func.sum(rows.c.twin_now), func.sum(rows.c.twin_before))
        .where(*measure_conditions(COMPARABLE_PAIRS, rows, selection))
        .group_by(rows.c.month)
        .order_by(rows.c.month)
    )
    return {
        int(month): ComparableMonth(int(now), int(before))
        for month, now, before in connection.execute(query)
        if now is not None and before is not None
    }


def read_declarations_by(connection: Connection, selection: Selection, column: str) -> dict[str, DeclarationCount]:
    """Declaration counts by value of a standard column (`dep`, `epci`), over the whole months of the period, in the
    unit of the selection; values without an expected declaration are left out.
    """
    rows = rows_to_aggregate(RESPONSE_RATE, selection)
    key: ColumnElement[Any] = rows.c[column]
    query = (
        select(key, func.sum(rows.c.answered), func.sum(rows.c.expected))
        .where(*measure_conditions(RESPONSE_RATE, rows, selection, column))
        .group_by(key)
        .having(func.sum(rows.c.expected) > 0)
        .order_by(key)
    )
    omitted = count_omitted_places(connection, "expected", selection, column)
    return {
        code: DeclarationCount(int(answered), int(expected), omitted.get((code,), 0))
        for code, answered, expected in connection.execute(query)
    }
