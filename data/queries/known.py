"""What a query may name, and the default date."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, func, select

from data.schema import fact_day
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
    latest: date | None = connection.scalar(select(func.max(fact_day.c.day)).where(fact_day.c.day <= today))
    return latest
