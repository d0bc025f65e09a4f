"""Migrations of the schema: upgrade a database, read its revision."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from data.engine import begin_writing
from data.i18n import NARROW

if TYPE_CHECKING:
    from alembic.config import Config

# Alembic is imported where it migrates: a command that finds nothing to migrate would spend a third of its time on it.
MIGRATIONS_FOLDER = Path(__file__).parent


class MigrationError(Exception):
    """The database cannot be upgraded to the latest schema; nothing was changed. The message is the French reason."""


@contextmanager
def migrated_writing(engine: Engine, wait: float | None = None) -> Iterator[Connection]:
    """The writer's transaction on a database upgraded to the latest schema; the upgrade commits or rolls back with it.

    The lock is taken before the revision is read: of two concurrent calls, the second finds the upgrade done. `wait`:
    as in `writing`. Raises MigrationError, and the errors of `writing`.
    """
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if sqlite:  # a batch migration recreates tables: with foreign keys on, it would delete what refers to them
            _enforce_foreign_keys(connection, on=False)
        try:
            with begin_writing(connection, wait):
                _upgrade(connection)
                yield connection
                if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise MigrationError(
                        f"La mise à jour de la base laisserait des lignes orphelines{NARROW}: rien n’a changé."
                    )
        finally:
            if sqlite:
                _enforce_foreign_keys(connection, on=True)


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415

    config = _config()
    config.attributes["connection"] = connection
    revision = read_revision(connection)
    if not is_known_revision(revision):
        raise MigrationError(describe_unknown_revision(revision))
    command.upgrade(config, "head")


def _enforce_foreign_keys(connection: Connection, *, on: bool) -> None:
    """On SQLite, and outside any transaction: within one, the pragma silently does nothing."""
    driver = connection.connection.driver_connection
    if driver is not None:
        driver.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


@cache  # the migrations are those of the installed code
def latest_revision() -> str | None:
    """The revision of the last migration: each file of `versions/` is named REVISION_subject.py."""
    return max(_revisions(), default=None)


def read_revision(connection: Connection) -> str | None:
    """The revision of a database; None when it has no table of ours. Raises DBAPIError when it does not answer."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def is_known_revision(revision: str | None) -> bool:
    """Whether a revision is none, or one of those of the installed code."""
    return revision is None or revision in _revisions()


def describe_unknown_revision(revision: str | None) -> str:
    """French sentence for a database at a revision that the installed code does not know."""
    return (
        f"La base de données est à la version {revision}, plus récente que cette application (version "
        f"{latest_revision()}). Installez l’application qui connaît la version {revision}."
    )


def _revisions() -> frozenset[str]:
    return frozenset(path.name.partition("_")[0] for path in (MIGRATIONS_FOLDER / "versions").glob("[0-9]*_*.py"))


def _config() -> Config:
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS_FOLDER).replace("%", "%%"))
    return config
