"""Attendance through time and by territory, always with the declarations that were expected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select

from data.engine import once
from data.facts.aggregate import conditions, rows_of
from data.facts.attendance import ANSWERS, VISITS
from data.selection import Selection


class Visits(NamedTuple):
    """One month: visits (None when nobody declared), places that declared, places labelled, those that declared."""

    visits: int | None
    reports: int
    expected: int
    answered: int


class Twins(NamedTuple):
    """One month: the visits of the places that declared the same month a year before too, and theirs then."""

    now: int
    before: int


class Answers(NamedTuple):
    """Declarations that came, and those that were expected."""

    answered: int
    expected: int


@once
def read_visits_by_month(connection: Connection, selection: Selection) -> dict[int, Visits]:
    """By month (yyyymm), for whole months of the period for which visits were declared or expected, in order.

    Visits, whatever the unit selected.
    """
    return {month: found for (month,), found in _read_visits(connection, selection, ["month"]).items()}


def read_visits_by_departement(connection: Connection, selection: Selection) -> dict[tuple[str, int], Visits]:
    """By département and month, likewise."""
    return {
        (dep, month): found for (dep, month), found in _read_visits(connection, selection, ["dep", "month"]).items()
    }


def _read_visits(connection: Connection, selection: Selection, names: Sequence[str]) -> dict[tuple[Any, ...], Visits]:
    visits = selection.choosing("unite", ())
    rows = rows_of(ANSWERS, visits)
    keys = [rows.c[name] for name in names]
    sums = (rows.c.value, rows.c.reports, rows.c.expected, rows.c.answered)
    query = (
        select(*keys, *(func.sum(one) for one in sums))
        .where(*conditions(ANSWERS, rows, visits))
        .group_by(*keys)
        .order_by(*keys)
    )
    return {
        tuple(row[: len(keys)]): Visits(
            None if row[len(keys)] is None else int(row[len(keys)]), *(int(one) for one in row[len(keys) + 1 :])
        )
        for row in connection.execute(query)
    }


def read_twins_by_month(connection: Connection, selection: Selection) -> dict[int, Twins]:
    """By month (yyyymm), for whole months of the period that compare with a year before, in order."""
    rows = rows_of(VISITS, selection)
    query = (
        select(rows.c.month, func.sum(rows.c.twin_now), func.sum(rows.c.twin_before))
        .where(*conditions(VISITS, rows, selection))
        .group_by(rows.c.month)
        .order_by(rows.c.month)
    )
    return {
        int(month): Twins(int(now), int(before))
        for month, now, before in connection.execute(query)
        if now is not None and before is not None
    }


def read_answers_by(connection: Connection, selection: Selection, column: str) -> dict[str, Answers]:
    """By value of a standard column (`dep`, `epci`), over the whole months of the period, in the unit selected; only
    where a declaration was expected.
    """
    rows = rows_of(ANSWERS, selection)
    key: ColumnElement[Any] = rows.c[column]
    query = (
        select(key, func.sum(rows.c.answered), func.sum(rows.c.expected))
        .where(*conditions(ANSWERS, rows, selection, column))
        .group_by(key)
        .having(func.sum(rows.c.expected) > 0)
        .order_by(key)
    )
    return {code: Answers(int(answered), int(expected)) for code, answered, expected in connection.execute(query)}
