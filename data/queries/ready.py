"""Applications and proposals that are ready for the next decision sessions."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from data.queries.aid_lists import proposed_files
from data.queries.parcours import places_ready_for_decision
from data.queries.sessions import DecisionSession, read_next_session
from data.selection import Selection


class ReadyForSession(NamedTuple):
    """The next decision session (None: the calendar has none), the number of places or files that wait for it, and the
    number of them (`later`) that go to a later session.
    """

    session: DecisionSession | None
    waiting: int
    later: int = 0


def read_ready_applications(connection: Connection, selection: Selection, today: date) -> ReadyForSession:
    """Places ready for a decision on the label, and the next session that decides labels."""
    waiting = connection.scalar(select(func.count()).select_from(places_ready_for_decision(selection).subquery()))
    return ReadyForSession(read_next_session(connection, "labels", selection, today), waiting or 0)


def read_ready_proposals(connection: Connection, selection: Selection, today: date) -> ReadyForSession:
    """Aid files that wait for their vote, and the next session that votes aid."""
    meeting = read_next_session(connection, "aids", selection, today)
    rows = proposed_files(selection, today).subquery("rows")
    waiting = connection.scalar(select(func.count()).select_from(rows)) or 0
    if meeting is None:
        return ReadyForSession(None, waiting)
    on_time = select(func.count()).select_from(rows).where(rows.c.meeting <= meeting.day)
    return ReadyForSession(meeting, waiting, waiting - (connection.scalar(on_time) or 0))
