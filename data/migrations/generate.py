"""`make migration NAME="…"`: write the migration that brings the database to the tables declared in `data.schema`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from alembic.config import Config
from alembic.operations.ops import MigrationScript
from alembic.script import ScriptDirectory

from data.engine import open_engine
from data.migrations import MIGRATIONS_FOLDER, migrated_writing

_NUMBER = re.compile(r"\d{4}")


def write_migration(title: str, folder: Path = MIGRATIONS_FOLDER) -> Path | None:
    """The file written into `folder`/versions, numbered after the last one; None when no table has changed.

    Tables are compared with a new SQLite database at the latest revision. SQLite keeps no comments: a change that is
    one of a comment alone is not seen. Raises ValueError when the title has no letter or the last number is odd.
    """
    if not re.search(r"[A-Za-z]", title):
        raise ValueError('a migration has a title: make migration NAME="Seats of each tiers-lieu"')
    with TemporaryDirectory(prefix="migration-") as scratch:
        engine = open_engine(f"sqlite:///{Path(scratch).as_posix()}/head.db", create=True)
        try:
            with migrated_writing(engine) as connection:
                config = _config(folder)
                config.attributes["connection"] = connection
                script = command.revision(
                    config,
                    message=title,
                    autogenerate=True,
                    rev_id=_next_revision(config),
                    process_revision_directives=_drop_empty,
                )
        finally:
            engine.dispose()
    return Path(script.path) if script and not isinstance(script, list) else None


def _config(folder: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.set_main_option("truncate_slug_length", "60")
    return config


def _next_revision(config: Config) -> str:
    head = ScriptDirectory.from_config(config).get_current_head()
    if head is None or not _NUMBER.fullmatch(head):
        raise ValueError(f"the last revision is {head}: four digits were expected")
    return f"{int(head) + 1:04d}"


def _drop_empty(_context: object, _revision: object, scripts: Iterable[MigrationScript]) -> None:
    """Write nothing when nothing has changed: an empty migration would only be a number more."""
    if isinstance(scripts, list) and all(script.upgrade_ops.is_empty() for script in scripts if script.upgrade_ops):
        scripts.clear()


def main() -> None:
    """Write the migration whose title is the command's arguments; alembic prints its path."""
    try:
        path = write_migration(" ".join(sys.argv[1:]))
    except ValueError as problem:
        raise SystemExit(str(problem)) from problem
    if path is None:
        raise SystemExit("no migration is needed: the database at its latest revision has the declared tables")


if __name__ == "__main__":
    main()
