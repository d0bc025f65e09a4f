"""What `make migration` writes: read here as alembic reads it, and run on both kinds of database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Column, Engine, ForeignKey, Integer, Text

from data.engine import open_engine
from data.migrations import MIGRATIONS_FOLDER, generate, latest_revision
from data.schema import metadata
from data.schema.base import key_column, version_table
from data.types import Cents, Coded, Day

NEXT = f"{int(latest_revision() or 0) + 1:04d}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the migrations, to write into."""
    shutil.copytree(MIGRATIONS_FOLDER, tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "migrations"


@pytest.fixture
def rent() -> Iterator[None]:
    """One more table declared, with every type of ours."""
    columns = (Column("amount", Cents, comment="a month"), Column("signed", Day, nullable=False), Column("note", Text))
    keys = (key_column("place_id", Integer, ForeignKey("place.place_id")), key_column("unit", Coded(("room", "seat"))))
    table = version_table("rent", "One row per tiers-lieu and unit let", *keys, *columns)
    yield
    metadata.remove(table)


def upgraded(engine: Engine, folder: Path) -> list[object]:
    """What is declared and lacks in a new database brought to the last migration of the folder."""
    config = Config()
    config.set_main_option("script_location", str(folder))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return compare_metadata(context, metadata)


@pytest.mark.usefixtures("rent")
def test_the_migration_makes_the_declared_table(empty_url: str, folder: Path) -> None:
    path = generate.write_migration("Rent of each tiers-lieu", folder)
    assert path == folder / "versions" / f"{NEXT}_rent_of_each_tiers_lieu.py"
    text = path.read_text(encoding="utf-8")
    assert text.startswith('"""Rent of each tiers-lieu"""\n')
    assert f"revision = '{NEXT}'\ndown_revision = '{latest_revision()}'" in text
    assert "sa.SmallInteger()" in text
    assert "data." not in text
    assert "###" not in text
    engine = open_engine(empty_url)
    assert upgraded(engine, folder) == []
    engine.dispose()


@pytest.mark.any_engine
def test_no_migration_is_written_when_none_is_needed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(folder.rglob("*.py"))
    assert generate.write_migration("Nothing new", folder) is None
    assert sorted(one for one in folder.rglob("*.py")) == before
    monkeypatch.setattr("sys.argv", ["generate", "Nothing new"])
    with pytest.raises(SystemExit, match="no migration is needed"):
        generate.main()
    monkeypatch.setattr("sys.argv", ["generate", ""])
    with pytest.raises(SystemExit, match="a migration has a title"):
        generate.main()
