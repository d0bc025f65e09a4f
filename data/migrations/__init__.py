"""The database's version: brought to the latest by the loader, demanded by the dashboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from data.database_errors import DATABASE_ERRORS, describe_database_error

_FOLDER = Path(__file__).parent


class MigrationError(Exception):
    """The database cannot be brought to the latest version, and was not changed; the message, in French, says why."""


def upgrade(engine: Engine, afterwards: Callable[[Connection], None] | None = None) -> None:
    """Bring the database to the latest version, in one transaction. Raises MigrationError.

    `afterwards` is done within it when the database was at an older version, and only then.
    """
    with engine.connect() as connection:
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:  # a batch migration recreates tables: with foreign keys on, it would delete what refers to them
            _hold_foreign_keys(connection, on=False)
        try:
            with connection.begin():
                config = _config()
                config.attributes["connection"] = connection
                before = _revision(connection)
                if not _is_known(before):
                    raise MigrationError(_newer(before))
                command.upgrade(config, "head")
                if afterwards and before not in {None, _revision(connection)}:
                    afterwards(connection)
                if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise MigrationError(
                        "La mise à jour de la base laisserait des lignes orphelines\u202f: rien n’a changé."
                    )
        finally:
            if sqlite:
                _hold_foreign_keys(connection, on=True)


def _hold_foreign_keys(connection: Connection, *, on: bool) -> None:
    """On SQLite, and outside any transaction: within one, the pragma silently does nothing."""
    driver = connection.connection.driver_connection
    if driver is not None:
        driver.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def check_current(engine: Engine) -> str | None:
    """None when the database is at the latest version, else what is wrong and what to run, in French."""
    try:
        with engine.connect() as connection:
            return why_not_current(connection)
    except DATABASE_ERRORS as error:
        sentence = describe_database_error(error)
        if sentence is None:
            raise
        return sentence


def why_not_current(connection: Connection) -> str | None:
    """The same on an open connection: one query. Raises DBAPIError when the database does not answer."""
    try:
        current = connection.scalar(_VERSION)  # a fifth of what alembic takes: the web asks at each request
    except (OperationalError, ProgrammingError):  # no such table, or no answer: that one raises again
        connection.rollback()
        current = _revision(connection)
    if current == _head():
        return None
    if current is None:
        return "La base de données est vide. Créez-la en lançant\u202f: python -m etl init"
    if not _is_known(current):
        return _newer(current)
    return "La base de données n’est pas à la version de l’application. Mettez-la à jour\u202f: python -m etl init"


def _is_known(revision: str | None) -> bool:
    return revision is None or revision in {script.revision for script in _scripts().walk_revisions()}


def _newer(revision: str | None) -> str:
    return (
        f"La base de données est à la version {revision}, plus récente que cette application (version "
        f"{_head()}). Installez l’application qui connaît la version {revision}."
    )


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


@cache  # the migrations are those of the installed code
def _head() -> str | None:
    return _scripts().get_current_head()


_VERSION = text("SELECT version_num FROM alembic_version")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return config
