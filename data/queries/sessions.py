"""The calendar of decision meetings: which one comes next, for labels or for aid."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, ScalarSelect, and_, case, func, literal, or_, select

from data.schema import live, session
from data.selection import Selection
from data.types import Day

SessionDecision = Literal["labels", "aids"]


class DecisionSession(NamedTuple):
    """A decision meeting."""

    day: date
    label: str


def session_decides(what: SessionDecision) -> ColumnElement[bool]:
    """SQL: a live session decides this; one of which the calendar does not say it, what its label suggests."""
    names_the_label = func.lower(session.c.label).contains("label")
    by_label = case((names_the_label, literal("labels")), else_=literal("aids"))
    decided = func.coalesce(session.c.decides, by_label)
    return and_(live(session), or_(decided == what, decided == "both"))


def read_next_session(
    connection: Connection, what: SessionDecision, selection: Selection, today: date
) -> DecisionSession | None:
    """The first meeting after today that decides this; when the date was chosen, or the calendar knows none, the first
    after `until`. None without.
    """
    for day in _reference_days(selection, today):
        row = connection.execute(
            select(session.c.day, session.c.label)
            .where(session.c.day > day, session_decides(what))
            .order_by(session.c.day, session.c.label)
            .limit(1)
        ).first()
        if row:
            return DecisionSession(row.day, row.label)
    return None


def next_session_after(
    column: ColumnElement[Any], what: SessionDecision, selection: Selection, today: date
) -> ColumnElement[Any]:
    """SQL: the day of the same meeting, but never before the day in a column."""
    found = [_first_session_after(column, day, what) for day in _reference_days(selection, today)]
    return func.coalesce(*found) if len(found) > 1 else found[0]


def _first_session_after(column: ColumnElement[Any], day: date, what: SessionDecision) -> ScalarSelect[Any]:
    days = select(func.min(session.c.day)).where(
        session.c.day > column, session.c.day > literal(day, Day), session_decides(what)
    )
    return days.scalar_subquery().correlate(column.table)


def _reference_days(selection: Selection, today: date) -> tuple[date, ...]:
    """The days after which a meeting is to come, the best first."""
    return (selection.until,) if selection.until_given else (today, selection.until)
