"""Whether the database may be read, checked again at each request: it may be replaced, upgraded or lost meanwhile."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from threading import Lock

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from data.engine import reading
from data.migrations import why_not_current

DATABASE_ERRORS = (DBAPIError, PoolTimeoutError, sqlite3.Error, psycopg.Error)  # the drivers' own, from our listeners
UNREACHABLE = "La base de données ne répond pas. Vérifiez qu’elle fonctionne et que DATABASE_URL est la bonne adresse."
BUSY = "La base de données est trop occupée pour répondre. Réessayez dans un instant."
_CAUSES = {  # what SQLite's messages say -> what to tell
    "not a database": "Le fichier de la base n’est pas une base SQLite. Rétablissez-le depuis une sauvegarde.",
    "malformed": "Le fichier de la base est abîmé. Rétablissez-le depuis une sauvegarde.",
    "disk i/o error": "Le fichier de la base ne peut pas être lu\u202f: le disque répond mal.",
    "unable to open": "Le fichier de la base ne peut pas être ouvert. Vérifiez qu’on a le droit de le lire.",
    "locked": BUSY,
}

Identity = tuple[int, int, int, int]  # device, inode, size, time of the last change (ns)


def reason_of(problem: BaseException) -> str:
    """What a database error means, in French."""
    if isinstance(problem, PoolTimeoutError):
        return BUSY
    text = str(problem).lower()
    return next((reason for words, reason in _CAUSES.items() if words in text), UNREACHABLE)


class Gate:
    """Says why the database may not be read. An SQLite file that is not the one seen before is opened anew."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._path = _file_of(engine)
        self._lock = Lock()
        self._identity: Identity | None = None

    def why_not(self) -> str | None:
        """Why the database may not be read, in French; None when it may."""
        if self._path and self.identity() is None:  # SQLite would make an empty file there
            missing = f"Le fichier de la base n’existe pas\u202f: {self._path}."
            return f"{missing} Créez-le en lançant\u202f: python -m etl init"
        try:
            with reading(self._engine) as connection:
                return why_not_current(connection)
        except DATABASE_ERRORS as problem:
            return reason_of(problem)

    def identity(self) -> Identity | None:
        """What tells the SQLite file from another at its path; None when there is no file, or no SQLite.

        Idle connections to the former file are closed: they would read it still, even deleted.
        """
        found = _identity(self._path) if self._path else None
        with self._lock:
            if found != self._identity:
                self._identity = found
                self._engine.dispose()
        return found


def _file_of(engine: Engine) -> Path | None:
    database = engine.url.database
    is_file = engine.dialect.name == "sqlite" and database and database != ":memory:"
    return Path(database) if is_file and database else None


def _identity(path: Path) -> Identity | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
