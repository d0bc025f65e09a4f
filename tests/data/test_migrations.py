"""The database's version: made, brought up to date, demanded; on both kinds of database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from data.engine import open_engine
from data.migrations import MIGRATIONS_FOLDER, MigrationError, latest_revision, migrated_writing, read_revision
from data.schema import metadata
from tests.etl.deliveries import PLACES, contents, deliver


@pytest.fixture
def empty(empty_url: str) -> Iterator[Engine]:
    engine = open_engine(empty_url)
    yield engine
    engine.dispose()


def upgrade(engine: Engine) -> None:
    with migrated_writing(engine):
        pass


def test_upgrading_from_nothing_makes_the_declared_tables(empty: Engine) -> None:
    upgrade(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    assert set(inspect(empty).get_table_names()) == {*metadata.tables, "alembic_version"}
    with empty.connect() as connection:
        assert read_revision(connection) == latest_revision()


def test_the_latest_revision_is_the_head_of_the_scripts() -> None:
    """Files are named by their revision: the head is known without Alembic."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS_FOLDER).replace("%", "%%"))
    assert latest_revision() == ScriptDirectory.from_config(config).get_current_head()


def test_keys_comments_and_row_ids_are_the_declared_ones(empty: Engine) -> None:
    upgrade(empty)
    found = inspect(empty)
    for table in metadata.sorted_tables:
        assert found.get_pk_constraint(table.name)["constrained_columns"] == [key.name for key in table.primary_key]
        targets = {(key["constrained_columns"][0], key["referred_table"]) for key in found.get_foreign_keys(table.name)}
        assert targets == {(key.parent.name, key.column.table.name) for key in table.foreign_keys}
        if empty.dialect.name == "postgresql":
            assert found.get_table_comment(table.name)["text"] == table.comment
        else:
            with empty.connect() as connection:
                query = text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
                assert "WITHOUT ROWID" in connection.scalar(query, {"name": table.name})


def test_nothing_is_deleted_by_cascade(empty: Engine) -> None:
    upgrade(empty)
    found = inspect(empty)
    keys = [key for table in metadata.tables for key in found.get_foreign_keys(table)]
    assert keys
    assert not any(key.get("options", {}).get("ondelete") for key in keys)


def test_upgrading_again_changes_nothing_in_a_filled_database(engine: Engine, tmp_path: Path) -> None:
    deliver(engine, tmp_path / "places.csv", PLACES)
    before = contents(engine)
    upgrade(engine)
    assert contents(engine) == before
    assert deliver(engine, tmp_path / "places.csv", PLACES).status == "already_loaded"


def test_a_database_of_a_later_version_is_refused(empty: Engine) -> None:
    upgrade(empty)
    with empty.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(MigrationError, match="plus récente"):
        upgrade(empty)


def test_what_is_done_after_a_migration_is_kept_with_it_or_nothing_is(empty: Engine) -> None:
    with pytest.raises(KeyboardInterrupt), migrated_writing(empty):
        raise KeyboardInterrupt
    assert not inspect(empty).get_table_names()


def test_a_migration_that_would_leave_orphans_changes_nothing(tmp_path: Path) -> None:
    """SQLite alone: its batch migrations run without foreign keys, which are checked at the end."""
    engine = open_engine(f"sqlite:///{(tmp_path / 'x.sqlite').as_posix()}")
    upgrade(engine)
    with closing(sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None)) as connection:
        connection.execute("INSERT INTO label_month (place_id, month) VALUES (99, 202001)")
    with pytest.raises(MigrationError, match="orphelines"):
        upgrade(engine)
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.scalar(text("SELECT count(*) FROM label_month")) == 1
    engine.dispose()


def test_a_migration_runs_without_foreign_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With them, recreating a table would delete what refers to it. Within a transaction the pragma does nothing."""
    engine = open_engine(f"sqlite:///{(tmp_path / 'x.sqlite').as_posix()}")
    held: list[object] = []

    def note(config: Config, _revision: str) -> None:
        held.append(config.attributes["connection"].scalar(text("PRAGMA foreign_keys")))

    monkeypatch.setattr("alembic.command.upgrade", note)
    upgrade(engine)
    with engine.connect() as connection:
        held.append(connection.scalar(text("PRAGMA foreign_keys")))
    assert held == [0, 1]
    engine.dispose()
