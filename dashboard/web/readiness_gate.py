"""Whether the database may be read, checked at each request, since it may be replaced, upgraded or lost meanwhile."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from sqlalchemy import Engine

from data.database_errors import DATABASE_ERRORS, describe_database_error
from data.definitions import definitions_version
from data.engine import reading
from data.readiness import not_ready_reason

UNREACHABLE_MESSAGE = (
    "La base de données ne répond pas. Vérifiez qu’elle fonctionne et que DATABASE_URL est la bonne adresse."
)

FileIdentity = tuple[int, int, int, int]  # device, inode, size, time of the last change (ns)


def database_error_reason(problem: Exception) -> str:
    """The French reason of a database error."""
    return describe_database_error(problem) or UNREACHABLE_MESSAGE


class ReadinessGate:
    """Gives the reason why the database may not be read. A replaced SQLite file is opened anew."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._path = _database_file(engine)
        self._lock = Lock()
        self._identity: FileIdentity | None = None
        definitions_version()  # before there are threads: each would compute it, and ast.parse fails beside another

    def why_not(self) -> str | None:
        """Why the database may not be read, in French; None when it may."""
        self.identity()
        try:
            with reading(self._engine) as connection:
                return not_ready_reason(connection)
        except DATABASE_ERRORS as problem:
            return database_error_reason(problem)

    def identity(self) -> FileIdentity | None:
        """The identity of the SQLite file at its path; None without a file, or with another database.

        Idle connections to the former file are closed, since they would still read it, even deleted.
        """
        identity = _file_identity(self._path) if self._path else None
        with self._lock:
            if identity != self._identity:
                self._identity = identity
                self._engine.dispose()
        return identity


def _database_file(engine: Engine) -> Path | None:
    database = engine.url.database
    is_file = engine.dialect.name == "sqlite" and database and database != ":memory:"
    return Path(database) if is_file and database else None


def _file_identity(path: Path) -> FileIdentity | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
