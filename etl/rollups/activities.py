"""Partner activities with their territory, and what followed prior meetings."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, delete, insert, select

from data.facts.activity import activity_rows, votes_after_prior_meetings
from data.schema import activity_row


def refresh(connection: Connection, _today: date) -> None:
    """Compute the roll-up of activities again; the files of aid and the first labels come first."""
    rows, votes = activity_rows().subquery("rows"), votes_after_prior_meetings().subquery("followed")
    copied = [column.name for column in activity_row.c if column.name not in ("followed", "labelled")]
    connection.execute(delete(activity_row))
    connection.execute(
        insert(activity_row).from_select(
            [*copied, "followed", "labelled"],
            select(*(rows.c[name] for name in copied), votes.c.day, votes.c.labelled).outerjoin(
                votes, votes.c.code == rows.c.code
            ),
        )
    )
