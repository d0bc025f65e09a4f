"""Time limits of statements. SQLite has none: a progress handler of its virtual machine compares the clock with a
deadline.
"""

from __future__ import annotations

import sqlite3
from time import monotonic
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from sqlalchemy.pool import ConnectionPoolEntry

STATEMENT_SECONDS = "statement_seconds"  # option of a statement: its own limit (a list read row by row)
STEPS_BETWEEN_CHECKS = 200_000  # of the virtual machine between two looks at the clock: some milliseconds
DEADLINE_KEY = "statement_deadline"
QUERY_CANCELED = "57014"  # PostgreSQL


class Deadline:
    """When the statement that a connection runs is stopped."""

    def __init__(self) -> None:
        self.at = float("inf")

    def has_passed(self) -> bool:
        """Whether SQLite must stop."""
        return monotonic() > self.at


def limit_sqlite(engine: Engine, seconds: float) -> None:
    """Stop each statement of an SQLite engine that takes longer, be it while its rows are fetched."""

    @event.listens_for(engine, "connect")
    def watch(connection: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:
        deadline = entry.info[DEADLINE_KEY] = Deadline()
        connection.set_progress_handler(deadline.has_passed, STEPS_BETWEEN_CHECKS)

    @event.listens_for(engine, "before_cursor_execute")
    def start(connection: Connection, _cursor: Any, _text: str, _given: Any, context: Any, _many: bool) -> None:
        limit = context.execution_options.get(STATEMENT_SECONDS, seconds) if context else seconds
        connection.connection.info[DEADLINE_KEY].at = monotonic() + limit


def limit_postgresql(engine: Engine, seconds: float) -> None:
    """Stop each statement of a PostgreSQL engine that takes longer, by transaction: PgBouncer shares sessions."""

    @event.listens_for(engine, "begin")
    def limit(connection: Connection) -> None:
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {round(seconds * 1000)}")


def is_time_limit_error(problem: BaseException) -> bool:
    """Whether an exception reports a statement stopped at its time limit, on either engine."""
    if not isinstance(problem, DBAPIError):
        return False
    cause = problem.orig
    return getattr(cause, "sqlite_errorname", "") == "SQLITE_INTERRUPT" or (
        getattr(cause, "sqlstate", None) == QUERY_CANCELED
    )
