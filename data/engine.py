"""Connections: one writer, readers that see one snapshot, the same behaviour on SQLite and PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

if TYPE_CHECKING:
    from sqlalchemy.pool import ConnectionPoolEntry

Asked = ParamSpec("Asked")
Value = TypeVar("Value")

BUSY_SECONDS = 30
KEPT_STATEMENTS = "48"  # compiled, by each connection: a page asks 22 to 34, and 128 of ours are megabytes
DEFAULT_DATABASE_URL = "sqlite:///var/tiers-lieux.sqlite"


def open_engine(url: str) -> Engine:
    """Open the database at a SQLAlchemy URL; an SQLite file's folder is made when missing.

    `postgresql://` is read as psycopg 3; `?timeout=5` is how long an SQLite writer waits for another (30 seconds).
    Raises sqlalchemy.exc.ArgumentError on a URL that is none, or of another kind of database.
    """
    target = make_url(url)
    if target.get_backend_name() not in ("postgresql", "sqlite"):
        raise ArgumentError(f"neither SQLite nor PostgreSQL: {target.get_backend_name()}")
    if target.get_backend_name() == "postgresql":
        return create_engine(target.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_size=8)
    if target.database and target.database != ":memory:":
        Path(target.database).parent.mkdir(parents=True, exist_ok=True)
    told = {"timeout": target.query.get("timeout", str(BUSY_SECONDS)), "cached_statements": KEPT_STATEMENTS}
    engine = create_engine(target.update_query_dict(told))
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions are ours: pysqlite opens none for a SELECT
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "temp_store=FILE",  # the stage of a large delivery would fill the memory
        "cache_size=-1000",  # each thread has its own: a larger one, or a map of the file, saves no time of a page
    ):
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
