"""What a query may name, and the default date."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, func, select, union_all

from data.schema import activity, aid_step, attendance_month, label_event, live
from data.selection import FILTERS, Known


def read_known(connection: Connection, today: date) -> Known:
    """The options of every filter and the latest day of a fact that is not after `today` (today without any)."""
    return Known(
        options={one.key: one.options(connection) for one in FILTERS},
        until=read_last_day(connection, today) or today,
        today=today,
    )


def read_last_day(connection: Connection, today: date) -> date | None:
    """The latest date of a label event, aid step, activity or end of attendance not after `today`; None without."""
    latest = [
        select(func.max(table.c.day).label("day")).where(live(table), table.c.day <= today)
        for table in (label_event, aid_step, activity)
    ]
    days = [day for day in connection.scalars(union_all(*latest)) if day]
    month = connection.scalar(select(func.max(attendance_month.c.last_day)).where(attendance_month.c.last_day <= today))
    return max([*days, *([month] if month else [])], default=None)
