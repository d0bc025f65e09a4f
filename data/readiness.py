"""Whether a database may be read: it is there, of the latest schema, and its roll-ups are of today's definitions."""

from __future__ import annotations

import stat
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from data.database_errors import ABSENT, DATABASE_ERRORS, describe_database_error
from data.definitions import definitions_version
from data.engine import reading
from data.i18n import NARROW
from data.migrations import describe_newer, is_known, latest_revision, read_revision

_EMPTY = f"La base de données est vide. Créez-la en lançant{NARROW}: python -m etl init"
_OLD = f"La base de données n’est pas à la version de l’application. Mettez-la à jour{NARROW}: python -m etl init"
_STALE = (
    "Les règles de calcul ont changé depuis le dernier calcul des sommes de la base. "
    f"Mettez-les à jour{NARROW}: python -m etl init"
)


def why_not_ready(connection: Connection) -> str | None:
    """None when the database may be read, else what is wrong and what to run, in French.

    Raises DBAPIError when the database does not answer. On a database that is ready it takes one query: the web asks at
    each request.
    """
    try:
        if connection.execute(_STATE).one_or_none() == (latest_revision(), definitions_version()):
            return None
    except (OperationalError, ProgrammingError):  # a table is missing, or no answer: what follows tells them apart
        connection.rollback()
    revision = read_revision(connection)
    if revision is None:
        return _EMPTY
    if not is_known(revision):
        return describe_newer(revision)
    return _STALE if revision == latest_revision() else _OLD


def check_ready(engine: Engine) -> str | None:
    """The same for whoever has no connection yet; a database that does not answer is a reason too. Creates nothing."""
    if lack := _lack_of_content(engine.url):
        return lack
    try:
        with reading(engine) as connection:
            return why_not_ready(connection)
    except DATABASE_ERRORS as error:
        sentence = describe_database_error(error)
        if sentence is None:
            raise
        return sentence


_STATE = text("SELECT version_num, version FROM alembic_version CROSS JOIN roll_up_version")


def _lack_of_content(url: URL) -> str | None:
    """What is said of an SQLite file that is missing or of no bytes: to connect to it would write it."""
    name = url.database or ":memory:"
    if url.get_backend_name() != "sqlite" or name.startswith((":memory:", "file:")):
        return None
    try:
        found = Path(name).stat()
    except FileNotFoundError:
        return ABSENT
    except OSError:
        return None  # a folder that is none, or that nobody may look into: SQLite says so
    return _EMPTY if stat.S_ISREG(found.st_mode) and found.st_size == 0 else None
