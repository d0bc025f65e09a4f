"""Whether a database may be read: it exists, has the latest schema, and roll-ups of the current definitions."""

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
    """The French reason why the database may not be read, with the command to run; None when it may.

    Raises DBAPIError when the database does not answer. A ready database costs one query: the web checks at each
    request.
    """
    try:
        if connection.execute(_VERSIONS_QUERY).one_or_none() == (latest_revision(), definitions_version()):
            return None
    except (OperationalError, ProgrammingError):  # a table is missing, or no answer: distinguished below
        connection.rollback()
    revision = read_revision(connection)
    if revision is None:
        return _EMPTY_DATABASE
    if not is_known_revision(revision):
        return describe_unknown_revision(revision)
    return _OUTDATED_ROLL_UPS if revision == latest_revision() else _OUTDATED_SCHEMA


def find_not_ready_reason(engine: Engine) -> str | None:
    """`not_ready_reason` without a connection; a database that does not answer is a reason too. Creates no file."""
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
    """The French reason for an SQLite file that is missing or empty, found without connecting, which would write it."""
    name = url.database or ":memory:"
    if url.get_backend_name() != "sqlite" or name.startswith((":memory:", "file:")):
        return None
    try:
        status = Path(name).stat()
    except FileNotFoundError:
        return MISSING_DATABASE
    except OSError:
        return None  # not a folder, or no permission: SQLite raises its own error
    return _EMPTY_DATABASE if stat.S_ISREG(status.st_mode) and status.st_size == 0 else None
