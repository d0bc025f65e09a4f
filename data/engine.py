"""Connections: one writer, readers that see one snapshot, the same behaviour on SQLite and PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event

from data.database_errors import MissingDatabaseError
from data.limits import limit_sqlite
from data.settings import parse_database_url

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect
    from sqlalchemy.pool import ConnectionPoolEntry

Asked = ParamSpec("Asked")
Value = TypeVar("Value")

BUSY_SECONDS = 30
KEPT_STATEMENTS = "48"  # compiled, by each connection: a page asks 22 to 34, and 128 of ours are megabytes
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
    """Open the database at an address of `data.settings`. The only place that says how long a connection waits.

    `create`: an SQLite file and its folder are made when missing; without it nothing is made, and connecting to a
    file that is not there raises MissingDatabaseError (as an OperationalError). SQLite: `?timeout=5` is how long a
    writer waits for another (30 seconds). PostgreSQL: `?connect_timeout=5` is how long a server may keep silent at
    the start (10 seconds), `?prepare_threshold=0` prepares no statement on the server (PgBouncer by transaction).
    A statement that takes more than `statement_seconds` is stopped (`is_stopped` of what it raises); None: no limit.
    Raises SettingsError on another address.
    """
    target = parse_database_url(url) if isinstance(url, str) else url
    if target.get_backend_name() == "postgresql":
        return _open_postgresql(target, statement_seconds)
    engine = _open_sqlite(target, create=create)
    if statement_seconds is not None:
        limit_sqlite(engine, statement_seconds)
    return engine


def _open_postgresql(target: URL, statement_seconds: float | None) -> Engine:
    told = {name: target.query.get(name, value) for name, value in CONNECTION_LIMITS.items()}
    if statement_seconds is not None:
        limit = f"-c statement_timeout={round(statement_seconds * 1000)}"
        told["options"] = f"{target.query.get('options', '')} {limit}".strip()
    threshold = target.query.get("prepare_threshold")
    prepared: dict[str, int | None] = {}
    if threshold is not None:
        prepared["prepare_threshold"] = int(str(threshold)) or None  # psycopg writes None what others write 0
    address = target.difference_update_query(["prepare_threshold"]).update_query_dict(told)
    return create_engine(address, pool_pre_ping=True, pool_size=8, connect_args=prepared)


def _open_sqlite(target: URL, *, create: bool) -> Engine:
    in_file = target.database and target.database != ":memory:"
    told = {"timeout": target.query.get("timeout", str(BUSY_SECONDS)), "cached_statements": KEPT_STATEMENTS}
    engine = create_engine(target.update_query_dict(told))
    if in_file:
        event.listen(engine, "do_connect", _make_folder if create else _refuse_missing_file)
    pragmas = ("journal_mode=WAL", *_PRAGMAS) if create else _PRAGMAS
    event.listen(engine, "connect", partial(_prepare_sqlite, pragmas))
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_folder(_dialect: Dialect, _entry: object, given: tuple[str, ...], _named: object) -> None:
    with suppress(OSError):  # SQLite says that it cannot open the file
        Path(given[0]).parent.mkdir(parents=True, exist_ok=True)


def _refuse_missing_file(_dialect: Dialect, _entry: object, given: tuple[str, ...], _named: object) -> None:
    """SQLite would make an empty file in its place."""
    try:
        Path(given[0]).stat()
    except FileNotFoundError as error:
        raise MissingDatabaseError("no such file") from error
    except OSError:
        return  # a folder that is none, or that nobody may look into: SQLite says so


def _prepare_sqlite(pragmas: Sequence[str], connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions are ours: pysqlite opens none for a SELECT
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    raw, may_write = connection.connection, KEPT not in options
    if raw.info.get(MAY_WRITE, True) != may_write:  # only then: SQLite forgets all that it has compiled
        raw.driver_connection.execute(f"PRAGMA query_only={'OFF' if may_write else 'ON'}")  # type: ignore[union-attr]
        raw.info[MAY_WRITE] = may_write
    mode = options.get("begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")


_WRITER_CACHES = ("cache_size=-64000", "temp.cache_size=-64000")  # of a process that ends when it has written


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one snapshot and cannot write; what `once` keeps lives as long as it."""
    with engine.connect() as connection:
        options: dict[str, Any] = {KEPT: {}}  # what says, for SQLite, that it only reads
        if engine.dialect.name == "postgresql":
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        yield connection.execution_options(**options)


KEPT = "kept_on_snapshot"
MAY_WRITE = "may_write"


def once(
    read: Callable[Concatenate[Connection, Asked], Value],
) -> Callable[Concatenate[Connection, Asked], Value]:
    """Ask the database once for what several pieces of a page need: on one snapshot the same question has one answer.

    The arguments must be hashable, and nobody may change the value. A connection that may write asks each time.
    """

    @wraps(read)
    def kept(connection: Connection, /, *asked: Asked.args, **named: Asked.kwargs) -> Value:
        answers: dict[object, Value] | None = connection.get_execution_options().get(KEPT)
        if answers is None:
            return read(connection, *asked, **named)
        question = (read, asked, tuple(named.items()))
        if question not in answers:
            answers[question] = read(connection, *asked, **named)
        return answers[question]

    return kept


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """The one writer: everything it does is kept, or nothing."""
    with engine.execution_options(begin="IMMEDIATE").begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(727202)")
        else:
            for pragma in _WRITER_CACHES:
                connection.exec_driver_sql(f"PRAGMA {pragma}")
        yield connection
