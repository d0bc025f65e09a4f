"""Connections: one writer, readers that see one snapshot, the same behaviour on SQLite and PostgreSQL."""

from __future__ import annotations

import logging
import os
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError

from data.database_errors import MissingDatabaseError
from data.i18n import NARROW, count, number
from data.limits import limit_postgresql, limit_sqlite
from data.settings import parse_database_url

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect
    from sqlalchemy.pool import ConnectionPoolEntry

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

_log = logging.getLogger(__name__)  # warnings go to the standard error

DEFAULT_WRITER_WAIT = 30
WAL_RETRY_SECONDS = 0.05  # seconds
WRITER_WAIT = "writer_wait"  # execution option: the seconds for which a writer waits for another
WRITER_WAIT_IN_URL = "writer_wait_given"  # execution option: whether the URL sets writer_wait
STATEMENT_CACHE_SIZE = "48"  # compiled, per connection: a page executes 22 to 34, and 128 would take megabytes
CONNECTION_LIMITS = {
    "connect_timeout": "10",  # seconds, until the server has answered
    "keepalives_idle": "30",  # seconds; these three notice a server that has vanished, in a minute
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "60000",  # milliseconds, for what was sent and never received
}
_PRAGMAS = (
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "temp_store=FILE",  # the stage of a large delivery would fill the memory
    "cache_size=-1000",  # each thread has its own: a larger one, or a map of the file, saves no time of a page
)


def open_engine(url: str | URL, *, create: bool = True, statement_seconds: float | None = None) -> Engine:
    """Open the database of a URL (data.settings). Every waiting time of a connection is set here.

    `create`: a missing SQLite file and its folder are created; otherwise nothing is, and connecting to a missing file
    raises MissingDatabaseError (wrapped in OperationalError). `?timeout=5` is the time a writer waits for another (30
    seconds). PostgreSQL: `?connect_timeout=5` is the time a server may take to answer a new connection (10 seconds),
    `?prepare_threshold=0` prepares no statement on the server (PgBouncer in transaction mode).

    A statement that takes more than `statement_seconds` is stopped (data.limits.is_time_limit_error recognises the
    exception); None: no limit. Raises SettingsError on another URL.
    """
    target = parse_database_url(url) if isinstance(url, str) else url
    if target.get_backend_name() == "postgresql":
        engine, limit = _open_postgresql(target), limit_postgresql
    else:
        engine, limit = _open_sqlite(target, create=create), limit_sqlite
    if statement_seconds is not None:
        limit(engine, statement_seconds)
    return engine


def _open_postgresql(target: URL) -> Engine:
    parameters = {name: target.query.get(name, value) for name, value in CONNECTION_LIMITS.items()}
    threshold = target.query.get("prepare_threshold")
    connect_args: dict[str, int | str | None] = {"fallback_application_name": _process_name()}
    if threshold is not None:
        connect_args["prepare_threshold"] = int(str(threshold)) or None  # psycopg writes None what others write 0
    address = target.difference_update_query(["prepare_threshold", "timeout"]).update_query_dict(parameters)
    return create_engine(
        address,
        pool_pre_ping=True,
        pool_size=8,
        connect_args=connect_args,
        execution_options=_writer_wait_options(target),
    )


def _open_sqlite(target: URL, *, create: bool) -> Engine:
    in_file = target.database and target.database != ":memory:"
    parameters = {
        "timeout": target.query.get("timeout", str(DEFAULT_WRITER_WAIT)),
        "cached_statements": STATEMENT_CACHE_SIZE,
    }
    wait_options = _writer_wait_options(target)
    engine = create_engine(target.update_query_dict(parameters), execution_options=wait_options)
    if in_file:
        event.listen(engine, "do_connect", _make_folder if create else _refuse_missing_file)
    event.listen(engine, "connect", partial(_configure_sqlite, create=create, wait=wait_options[WRITER_WAIT]))
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _writer_wait_options(target: URL) -> dict[str, Any]:
    """Execution options with the seconds a writer waits for another."""
    seconds = float(str(target.query.get("timeout", DEFAULT_WRITER_WAIT)))
    return {WRITER_WAIT: seconds, WRITER_WAIT_IN_URL: "timeout" in target.query}


def _make_folder(_dialect: Dialect, _entry: object, arguments: tuple[str, ...], _keywords: object) -> None:
    with suppress(OSError):  # SQLite then fails to open the file, with its own error
        Path(arguments[0]).parent.mkdir(parents=True, exist_ok=True)


def _refuse_missing_file(_dialect: Dialect, _entry: object, arguments: tuple[str, ...], _keywords: object) -> None:
    """SQLite would make an empty file in its place."""
    try:
        Path(arguments[0]).stat()
    except FileNotFoundError as error:
        raise MissingDatabaseError("no such file") from error
    except OSError:
        return  # not a folder, or no permission: SQLite raises its own error


def _process_name() -> str:
    """The name of this process for `pg_stat_activity` and for other writers; PostgreSQL truncates it to 63 bytes."""
    return f"tiers-lieux {os.getpid()}@{socket.gethostname()}"[:63]


def _configure_sqlite(
    connection: sqlite3.Connection, _entry: ConnectionPoolEntry, *, create: bool, wait: float
) -> None:
    connection.isolation_level = None  # transactions are ours: pysqlite opens none for a SELECT
    if create:
        _enable_wal(connection, wait)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _enable_wal(connection: sqlite3.Connection, wait: float) -> None:
    """Write-ahead logging. Of two processes that turn it on in a new file at once SQLite fails one, without a wait: it
    tries again for `wait` seconds. When the file is locked SQLite has waited that long itself, and there is one try.
    """
    deadline = time.monotonic() + wait
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as failure:
            if failure.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() >= deadline:
                raise
            time.sleep(WAL_RETRY_SECONDS)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    raw, may_write = connection.connection, SNAPSHOT_CACHE not in options
    if raw.info.get(MAY_WRITE, True) != may_write:  # only then: SQLite forgets all that it has compiled
        raw.driver_connection.execute(f"PRAGMA query_only={'OFF' if may_write else 'ON'}")  # type: ignore[union-attr]
        raw.info[MAY_WRITE] = may_write
    wait = options[WRITER_WAIT]
    if raw.info.get(WRITER_WAIT) != wait:
        raw.driver_connection.execute(f"PRAGMA busy_timeout={round(wait * 1000)}")  # type: ignore[union-attr]
        raw.info[WRITER_WAIT] = wait
    mode = options.get("begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")


_WRITER_CACHES = ("cache_size=-64000", "temp.cache_size=-64000")  # of a process that ends when it has written


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one snapshot and cannot write; what `cached_on_snapshot` keeps lives as long as it."""
    with engine.connect() as connection:
        options: dict[str, Any] = {SNAPSHOT_CACHE: {}}  # marks the connection as read-only for _begin_sqlite
        if engine.dialect.name == "postgresql":
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        yield connection.execution_options(**options)


SNAPSHOT_CACHE = "kept_on_snapshot"
MAY_WRITE = "may_write"


def cached_on_snapshot(
    read: Callable[Concatenate[Connection, Parameters], Result],
) -> Callable[Concatenate[Connection, Parameters], Result]:
    """Cache the result of a query function on the connection of `reading`: one snapshot, one execution per arguments.

    The arguments must be hashable, and the result is shared: callers do not change it. A connection of `writing` has no
    cache.
    """

    @wraps(read)
    def kept(connection: Connection, /, *arguments: Parameters.args, **keywords: Parameters.kwargs) -> Result:
        results: dict[object, Result] | None = connection.get_execution_options().get(SNAPSHOT_CACHE)
        if results is None:
            return read(connection, *arguments, **keywords)
        key = (read, arguments, tuple(keywords.items()))
        if key not in results:
            results[key] = read(connection, *arguments, **keywords)
        return results[key]

    return kept


WRITER_LOCK = 727202  # the key of PostgreSQL's advisory lock
LOCK_NOT_AVAILABLE = "55P03"


class WriterBusyError(Exception):
    """Another process wrote for longer than this one may wait; the French message names that process."""


@contextmanager
def writing(engine: Engine, wait: float | None = None) -> Iterator[Connection]:
    """A connection with the writer's transaction: committed as a whole, or rolled back. `wait`: seconds, unless the URL
    sets them.

    Raises WriterBusyError on PostgreSQL, OperationalError (SQLITE_BUSY) on SQLite, when another writer takes longer.
    """
    with engine.connect() as connection, begin_writing(connection, wait):
        yield connection


@contextmanager
def begin_writing(connection: Connection, wait: float | None = None) -> Iterator[None]:
    """The writer's transaction, on a connection that has none. See `writing`."""
    if wait is not None and not connection.get_execution_options().get(WRITER_WAIT_IN_URL):
        connection.execution_options(**{WRITER_WAIT: wait})
    with connection.execution_options(begin="IMMEDIATE").begin():
        if connection.dialect.name == "postgresql":
            _lock_postgresql(connection)
        else:
            for pragma in _WRITER_CACHES:
                connection.exec_driver_sql(f"PRAGMA {pragma}")
        yield


def _lock_postgresql(connection: Connection) -> None:
    if connection.exec_driver_sql(f"SELECT pg_try_advisory_xact_lock({WRITER_LOCK})").scalar():
        return
    seconds = connection.get_execution_options()[WRITER_WAIT]
    _log.warning("%s Attente de %s s au plus…", _describe_writer(connection.engine), number(seconds))
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {round(seconds * 1000)}")
    try:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")
    except OperationalError as failure:
        if getattr(failure.orig, "sqlstate", None) != LOCK_NOT_AVAILABLE:
            raise
        advice = f"Attendez qu’il se termine{NARROW}; s’il est bloqué, arrêtez-le, puis recommencez."
        raise WriterBusyError(f"{_describe_writer(connection.engine)} {advice}") from failure
    connection.exec_driver_sql("SET LOCAL lock_timeout TO DEFAULT")


_WRITER_QUERY = """
SELECT activity.pid, activity.application_name, extract(epoch FROM clock_timestamp() - activity.xact_start) AS seconds
FROM pg_locks AS lock JOIN pg_stat_activity AS activity ON activity.pid = lock.pid
WHERE lock.locktype = 'advisory' AND lock.granted AND lock.classid = 0 AND lock.objid = %s
AND activity.datname = current_database()
"""


def _describe_writer(engine: Engine) -> str:
    """French sentence: the process that writes and since when, as far as this database role may see them."""
    with engine.connect() as connection:
        row = connection.exec_driver_sql(_WRITER_QUERY, (WRITER_LOCK,)).first()
    if row is None:
        return "La base de données est occupée par un autre chargement."
    since = ""
    if row.seconds is not None:
        minutes, seconds = divmod(max(1, round(row.seconds)), 60)
        since = f" depuis {count(minutes, 'minute', 'minutes') if minutes else count(seconds, 'seconde', 'secondes')}"
    who = f"{row.application_name}, " if row.application_name else ""
    return f"La base de données est occupée{since} par un autre chargement ({who}session PostgreSQL {row.pid})."
