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
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

_FOLDER = Path(__file__).parent


class MigrationError(Exception):
    """A migration left rows without the row they refer to; nothing was changed."""


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
    except DBAPIError:
        return "La base de données ne répond pas. Vérifiez DATABASE_URL, puis lancez\u202f: python -m etl init"


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
    return "La base de données n’est pas à la version de l’application. Mettez-la à jour\u202f: python -m etl init"


@cache  # the migrations are those of the installed code
def _head() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


_VERSION = text("SELECT version_num FROM alembic_version")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return config
