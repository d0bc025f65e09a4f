"""The calendar of decision sessions, for labels and for aid."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, ScalarSelect, and_, case, func, literal, or_, select

from data.schema import live, session
from data.selection import Selection
from data.types import Day

SessionDecision = Literal["labels", "aids"]


class DecisionSession(NamedTuple):
    """A decision session: its day and its label."""

    day: date
    label: str


def session_decides(decision: SessionDecision) -> ColumnElement[bool]:
    """SQL: a live session takes such decisions, by its column `session_decides`, or else by its label."""
    names_the_label = func.lower(session.c.label).contains("label")
    by_label = case((names_the_label, literal("labels")), else_=literal("aids"))
    decided = func.coalesce(session.c.decides, by_label)
    return and_(live(session), or_(decided == decision, decided == "both"))


def read_next_session(
    connection: Connection, decision: SessionDecision, selection: Selection, today: date
) -> DecisionSession | None:
    """The first session after today that takes such decisions; the first after `until` when the date was chosen, or
    when none comes after today. None without any.
    """
    for day in _reference_days(selection, today):
        row = connection.execute(
            select(session.c.day, session.c.label)
            .where(session.c.day > day, session_decides(decision))
            .order_by(session.c.day, session.c.label)
            .limit(1)
        ).first()
        if row:
            return DecisionSession(row.day, row.label)
    return None


def next_session_after(
    column: ColumnElement[Any], decision: SessionDecision, selection: Selection, today: date
) -> ColumnElement[Any]:
    """SQL: the day of the session of `read_next_session`, but after the day in a column."""
    candidates = [_first_session_after(column, day, decision) for day in _reference_days(selection, today)]
    return func.coalesce(*candidates) if len(candidates) > 1 else candidates[0]


def _first_session_after(column: ColumnElement[Any], day: date, decision: SessionDecision) -> ScalarSelect[Any]:
    days = select(func.min(session.c.day)).where(
        session.c.day > column, session.c.day > literal(day, Day), session_decides(decision)
    )
    return days.scalar_subquery().correlate(column.table)


def _reference_days(selection: Selection, today: date) -> tuple[date, ...]:
    """The days after which the next session is searched, in order of preference."""
    return (selection.until,) if selection.until_given else (today, selection.until)
