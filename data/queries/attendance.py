"""Attendance through time."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select

from data.facts.aggregate import conditions, rows_of
from data.facts.attendance import ANSWERS, VISITS
from data.facts.model import Columns, Expression, Measure, Ratio
from data.selection import Selection


class Visits(NamedTuple):
    """One month: visits (None when nobody declared), places that declared, places labelled, those that declared."""

    visits: int | None
    reports: int
    expected: int
    answered: int


def read_visits_by_month(connection: Connection, selection: Selection) -> dict[int, Visits]:
    """By month (yyyymm), for whole months of the period for which visits were declared or expected, in order.

    Visits, whatever the unit selected.
    """
    visits = selection.choosing("unite", ())
    rate = ANSWERS.value
    assert isinstance(rate, Ratio)
    declared = _by_month(connection, VISITS, visits, (VISITS.value.of, _reports))
    answers = _by_month(connection, ANSWERS, visits, (rate.to, rate.of))
    months = sorted(set(declared) | set(answers))
    return {month: Visits(*declared.get(month, (None, 0)), *_counts(answers.get(month))) for month in months}


def _counts(found: tuple[int | None, int] | None) -> tuple[int, int]:
    return (found[0] or 0, found[1]) if found else (0, 0)


def _reports(columns: Columns) -> ColumnElement[Any]:
    return func.sum(columns.reports)


def _by_month(
    connection: Connection, measure: Measure, selection: Selection, parts: tuple[Expression, Expression]
) -> dict[int, tuple[int | None, int]]:
    rows = rows_of(measure, selection)
    first, second = (part(rows.c) for part in parts)
    query = select(rows.c.month, first, second).where(*conditions(measure, rows, selection)).group_by(rows.c.month)
    return {
        int(month): (None if one is None else int(one), int(other or 0))
        for month, one, other in connection.execute(query)
    }
