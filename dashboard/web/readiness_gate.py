"""Whether the database may be read, checked again at each request: it may be replaced, upgraded or lost meanwhile."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from sqlalchemy import Engine

from data.database_errors import DATABASE_ERRORS, describe_database_error
from data.engine import reading
from data.readiness import not_ready_reason

UNREACHABLE_MESSAGE = (
    "La base de données ne répond pas. Vérifiez qu’elle fonctionne et que DATABASE_URL est la bonne adresse."
)

FileIdentity = tuple[int, int, int, int]  # device, inode, size, time of the last change (ns)


def database_error_reason(problem: Exception) -> str:
    """What a database error means, in French."""
    return describe_database_error(problem) or UNREACHABLE_MESSAGE


class ReadinessGate:
    """Says why the database may not be read. An SQLite file that is not the one seen before is opened anew."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._path = _database_file(engine)
        self._lock = Lock()
        self._identity: FileIdentity | None = None

    def why_not(self) -> str | None:
        """Why the database may not be read, in French; None when it may."""
        self.identity()
        try:
            with reading(self._engine) as connection:
                return not_ready_reason(connection)
        except DATABASE_ERRORS as problem:
            return database_error_reason(problem)

    def identity(self) -> FileIdentity | None:
        """What tells the SQLite file from another at its path; None when there is no file, or no SQLite.

        Idle connections to the former file are closed: they would read it still, even deleted.
        """
        found = _file_identity(self._path) if self._path else None
        with self._lock:
            if found != self._identity:
                self._identity = found
                self._engine.dispose()
        return found


def _database_file(engine: Engine) -> Path | None:
    database = engine.url.database
    is_file = engine.dialect.name == "sqlite" and database and database != ":memory:"
    return Path(database) if is_file and database else None


def _file_identity(path: Path) -> FileIdentity | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
