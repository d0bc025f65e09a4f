"""What is ready for the next decision meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from data.facts.aggregate import within
from data.queries.aid_lists import Meeting, proposed_files, read_next_meeting
from data.schema import label_event, label_span, live
from data.selection import Selection

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
    steps = connection.execute(
        select(columns.place_id, event.day, event.step, event.opinion)
        .join(label_event, event.place_id == columns.place_id)
        .where(columns.state == "in_process", *selection.where(columns))
        .where(*within("stock", columns, None, selection.until))
        .where(live(label_event), event.step.in_((FILE, OPINION)))
        .where(event.day >= columns.opened, event.day <= selection.until)
        .order_by(columns.place_id, event.day, event.step.desc())  # the same day, the file comes before its opinion
    )
    return sum(_is_ready([(row.step, row.opinion) for row in group]) for _key, group in groupby(steps, _place))


def _place(row: Sequence[object]) -> object:
    return row[0]


def _is_ready(steps: list[tuple[str, str | None]]) -> bool:
    opinions = [opinion for step, opinion in steps if step == OPINION and opinion]
    return any(step == FILE for step, _opinion in steps) and opinions[-1:] in ([], ["favorable"])
