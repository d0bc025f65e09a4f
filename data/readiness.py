"""Whether a database may be read: it is there, of the latest schema, and its roll-ups are of today's definitions."""

from __future__ import annotations

import stat
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from data.database_errors import DATABASE_ERRORS, MISSING_DATABASE, describe_database_error
from data.definitions import definitions_version
from data.engine import reading
from data.i18n import NARROW
from data.migrations import describe_unknown_revision, is_known_revision, latest_revision, read_revision

_EMPTY_DATABASE = f"La base de données est vide. Créez-la en lançant{NARROW}: python -m etl init"
_OUTDATED_SCHEMA = (
    f"La base de données n’est pas à la version de l’application. Mettez-la à jour{NARROW}: python -m etl init"
)
_OUTDATED_ROLL_UPS = (
    "Les règles de calcul ont changé depuis le dernier calcul des sommes de la base. "
    f"Mettez-les à jour{NARROW}: python -m etl init"
)


def not_ready_reason(connection: Connection) -> str | None:
    """None when the database may be read, else what is wrong and what to run, in French.

    Raises DBAPIError when the database does not answer. On a database that is ready it takes one query: the web asks at
    each request.
    """
    try:
        if connection.execute(_VERSIONS_QUERY).one_or_none() == (latest_revision(), definitions_version()):
            return None
    except (OperationalError, ProgrammingError):  # a table is missing, or no answer: what follows tells them apart
        connection.rollback()
    revision = read_revision(connection)
    if revision is None:
        return _EMPTY_DATABASE
    if not is_known_revision(revision):
        return describe_unknown_revision(revision)
    return _OUTDATED_ROLL_UPS if revision == latest_revision() else _OUTDATED_SCHEMA


def find_not_ready_reason(engine: Engine) -> str | None:
    """The same for whoever has no connection yet; a database that does not answer is a reason too. Creates nothing."""
    if lack := _missing_file_reason(engine.url):
        return lack
    try:
        with reading(engine) as connection:
            return not_ready_reason(connection)
    except DATABASE_ERRORS as error:
        sentence = describe_database_error(error)
        if sentence is None:
            raise
        return sentence


_VERSIONS_QUERY = text("SELECT version_num, version FROM alembic_version CROSS JOIN roll_up_version")


def _missing_file_reason(url: URL) -> str | None:
    """What is said of an SQLite file that is missing or of no bytes: to connect to it would write it."""
    name = url.database or ":memory:"
    if url.get_backend_name() != "sqlite" or name.startswith((":memory:", "file:")):
        return None
    try:
        found = Path(name).stat()
    except FileNotFoundError:
        return MISSING_DATABASE
    except OSError:
        return None  # a folder that is none, or that nobody may look into: SQLite says so
    return _EMPTY_DATABASE if stat.S_ISREG(found.st_mode) and found.st_size == 0 else None
