"""What is ready for the next decision meeting."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from data.facts.aggregate import within
from data.queries.aid_lists import Meeting, proposed_files, read_next_meeting
from data.schema import label_event, label_span, live
from data.selection import OF_PLACES, Selection

FILE, OPINION = "complete_file", "aract_opinion"


class Ready(NamedTuple):
    """A decision meeting, the applications that could be put before it, the aid files proposed."""

    meeting: Meeting
    applications: int
    proposals: int


def read_ready(connection: Connection, selection: Selection, today: date) -> Ready | None:
    """For the first meeting after today; when the date was chosen, or the calendar knows none, for the first after
    `until`. None without.
    """
    to_come = None if selection.until_given else read_next_meeting(connection, today)
    meeting = to_come or read_next_meeting(connection, selection.until)
    if meeting is None:
        return None
    rows = proposed_files(selection, today).subquery("rows")
    proposals = connection.scalar(select(func.count()).select_from(rows).where(rows.c.meeting == meeting.day))
    return Ready(meeting, count_ready(connection, selection), proposals or 0)


def count_ready(connection: Connection, selection: Selection) -> int:
    """The places in process at `until` whose file is complete, but for those whose latest opinion is not favourable."""
    columns, event = label_span.c, label_event.c
    steps = select(event.step).where(
        event.place_id == columns.place_id,
        live(label_event),
        event.day >= columns.opened,
        event.day <= selection.until,
    )
    opinion = (
        steps.where(event.step == OPINION, event.opinion.is_not(None))
        .with_only_columns(event.opinion)
        .order_by(event.day.desc())
        .limit(1)
        .scalar_subquery()
    )
    ready = (
        columns.state == "in_process",
        steps.where(event.step == FILE).exists(),
        func.coalesce(opinion, "favorable") == "favorable",
    )
    kept = (*selection.where(columns, OF_PLACES), *within("stock", columns, None, selection.until))
    return connection.scalar(select(func.count()).where(*ready, *kept)) or 0
