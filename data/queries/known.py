"""What a query may name, and the default date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy import Connection, func, select

from data.schema import fact_day, load
from data.selection import FILTERS, Known, Option

Options = Mapping[str, tuple[Option, ...]]


def read_options(connection: Connection) -> Options:
    """The options of every filter, by its key."""
    return {one.key: one.options(connection) for one in FILTERS}


class KeptOptions:
    """`read_options`, asked again only when a load was added or rolled back: nothing else changes them."""

    def __init__(self) -> None:
        self._loads: tuple[int, int | None] | None = None
        self._options: Options = {}

    def __call__(self, connection: Connection) -> Options:
        """The options on the snapshot of a connection."""
        standing = select(func.count(), func.max(load.c.load_id)).where(load.c.status != "rolled_back")
        count, latest = connection.execute(standing).one()
        kept, options = self._loads, self._options
        if kept != (count, latest):
            options = read_options(connection)
            self._options, self._loads = options, (count, latest)
        return options


def read_known(connection: Connection, today: date, options: Callable[[Connection], Options] = read_options) -> Known:
    """The options of every filter and the latest day of a fact that is not after `today` (today without any)."""
    return Known(options=options(connection), until=read_last_day(connection, today) or today, today=today)


def read_last_day(connection: Connection, today: date) -> date | None:
    """The latest date of a label event, aid step, activity or end of attendance not after `today`; None without."""
    latest: date | None = connection.scalar(select(func.max(fact_day.c.day)).where(fact_day.c.day <= today))
    return latest
