"""Options of the filters, the default date, and the state of loads on which both depend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, func, select

from data.filters import FILTERS
from data.filters.options import Option
from data.schema import fact_day, load
from data.selection import FilterOptions

OptionsByFilter = Mapping[str, tuple[Option, ...]]
CachedValue = TypeVar("CachedValue")


def read_options(connection: Connection) -> OptionsByFilter:
    """The options of every filter, by its key."""
    return {each.key: each.options(connection) for each in FILTERS}


def read_active_loads(connection: Connection) -> tuple[int, int | None, datetime | None]:
    """Number of the loads not rolled back, the latest of them, and its time.

    Loads are only added, or rolled back for good: number and latest identify a state of one database. The time
    distinguishes a database from another one that replaced it.
    """
    number, latest, loaded_at = connection.execute(_ACTIVE_LOADS).one()
    return number, latest, loaded_at


_ACTIVE_LOADS = select(func.count(), func.max(load.c.load_id), func.max(load.c.loaded_at)).where(
    load.c.status != "rolled_back"
)


class LoadCache:
    """Cache of values that depend on the active loads only: emptied when a load was added or rolled back."""

    def __init__(self) -> None:
        self._kept: tuple[object, dict[str, Any]] = (None, {})

    def __call__(self, name: str, connection: Connection, read: Callable[[Connection], CachedValue]) -> CachedValue:
        """The value of that name on the snapshot of a connection, read when it is not cached."""
        loads = read_active_loads(connection)
        state, values = self._kept
        if state != loads:  # read as one tuple: another thread may have another state
            values = {}
            self._kept = (loads, values)
        if name not in values:
            values[name] = read(connection)
        value: CachedValue = values[name]
        return value


def read_filter_options(connection: Connection, today: date, load_cache: LoadCache | None = None) -> FilterOptions:
    """The options of every filter and the latest day of a fact that is not after `today` (today without any)."""
    options = load_cache("options", connection, read_options) if load_cache else read_options(connection)
    return FilterOptions(by_filter=options, until=read_last_day(connection, today) or today, today=today)


def read_last_day(connection: Connection, today: date) -> date | None:
    """The latest date of a label event, aid step, activity or end of attendance not after `today`; None without."""
    latest: date | None = connection.scalar(_LAST_DAY, {"today": today})
    return latest


_LAST_DAY = select(func.max(fact_day.c.day)).where(fact_day.c.day <= bindparam("today"))
