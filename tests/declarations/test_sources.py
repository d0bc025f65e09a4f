"""A source is complete; what it lacks is said in words, with the place where it is to be written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Select

from dashboard.lists import LISTS
from data.demo import DEMO_FILES
from data.engine import open_engine
from data.indicators import INDICATORS
from data.migrations import migrated_writing
from data.queries.place import place_row
from data.queries.proof import proof_rows
from data.reference import POLICY_FILES
from data.schema import metadata
from data.selection import FilterOptions, Selection
from data.sources import SOURCES, Source, source_named
from data.sources.other_values import OtherValues
from etl.loading.delivery import stages_of
from etl.sources import LOAD_SOURCES, LoadSource, load_source_of
from etl.sources.model import DerivedTable
from tests.conftest import TODAY
from tests.databases import SqliteDatabases

PROVENANCE = frozenset({"load_id", "sheet", "line", "ended_by"})
FILES = frozenset(path.stem for path in (*DEMO_FILES, *POLICY_FILES))
# Open formats of what another source gives: their tests have files of their own.
WITHOUT_FILE = frozenset({"aids-scdl", "activities-openagenda"})


@pytest.fixture(scope="module")
def head(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """A new database brought to the last migration."""
    engine = open_engine(SqliteDatabases(tmp_path_factory.mktemp("head")).create(), create=True)
    with migrated_writing(engine):
        pass
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def lacking(columns: Source, registry: tuple[LoadSource, ...] = LOAD_SOURCES) -> list[str]:
    """What a source lacks, each in one sentence."""
    declared = [one for one in registry if one.columns is columns]
    if not declared:
        return [f"{columns.name} is in data.sources.SOURCES and has no LoadSource in etl.sources.LOAD_SOURCES"]
    absent = [name for name in declared[0].tables if name not in metadata.tables]
    if absent:
        return [
            f"{columns.name} fills {name}, which no module of data/schema declares: write it with `version` of "
            "data.schema.base, import it in data/schema/__init__.py, then run make migration"
            for name in absent
        ]
    return [
        *_of_tables(declared[0]),
        *_of_columns(columns),
        *(
            []
            if columns.name in FILES | WITHOUT_FILE
            else [
                f"{columns.name} has no demonstration file: add its writer to etl.demonstration, then run "
                "python -m etl.demonstration"
            ]
        ),
    ]


def _of_tables(source: LoadSource) -> Iterator[str]:
    for name in source.tables:
        missing = PROVENANCE - set(metadata.tables[name].c.keys())
        if missing:
            names = ", ".join(sorted(missing))
            yield f"{name} has no {names}: declare it with `version` of data.schema.base"
            return
    stages = stages_of(source)
    filled = {column.name for stage in stages.values() for column in stage.c}
    for name in source.tables:
        needed = {column.name for column in metadata.tables[name].c if not column.nullable} - PROVENANCE
        for column in sorted(needed - filled):
            yield f"{name}.{column} may not be empty and nothing fills it"
    read = {column.name for column in source.columns.columns}
    for column in source.columns.key:
        if column not in read | set(stages[source.columns.table].c.keys()):
            yield f"{source.columns.name} has the key {column}, which is no column of its file nor of its table"


def _of_columns(columns: Source) -> Iterator[str]:
    known = {column.name for column in columns.columns}
    for name in (columns.amount, columns.dated, *columns.signature):
        if name is not None and name not in known:
            yield f"{columns.name} names the column {name} (amount, dated or signature), which it does not declare"
    if not any(column.required for column in columns.columns):
        yield f"{columns.name} has no required column: any file could be one"
    if not columns.help.endswith("."):
        yield f"{columns.name} has no help that is a sentence"


@pytest.mark.parametrize("source", SOURCES, ids=lambda one: one.name)
def test_a_source_is_complete(source: Source) -> None:
    assert lacking(source) == []


def test_the_loader_takes_in_the_declared_sources_in_their_order() -> None:
    assert [one.columns.name for one in LOAD_SOURCES] == [one.name for one in SOURCES], (
        "etl.sources.LOAD_SOURCES and data.sources.SOURCES list the same sources, in the same order"
    )


def test_every_declared_table_has_its_migration(head: Connection) -> None:
    context = MigrationContext.configure(head, opts={"compare_type": True, "compare_server_default": True})
    changes = compare_metadata(context, metadata)
    assert changes == [], 'data/schema and the last migration differ: run make migration NAME="…"'


def test_what_lacks_is_said_in_words() -> None:
    sessions = source_named("sessions")
    new = replace(sessions, name="markets", table="market")
    assert lacking(new) == ["markets is in data.sources.SOURCES and has no LoadSource in etl.sources.LOAD_SOURCES"]
    with pytest.raises(KeyError, match=r"markets has columns in .* and no LoadSource"):
        load_source_of(new)
    assert lacking(new, (LoadSource(new),)) == [
        "markets fills market, which no module of data/schema declares: write it with `version` of data.schema.base, "
        "import it in data/schema/__init__.py, then run make migration"
    ]
    here = replace(new, table="session", key=("hour",), dated="hour", help="")
    assert lacking(here, (LoadSource(here),)) == [
        "markets has the key hour, which is no column of its file nor of its table",
        "markets names the column hour (amount, dated or signature), which it does not declare",
        "markets has no help that is a sentence",
        "markets has no demonstration file: add its writer to etl.demonstration, then run python -m etl.demonstration",
    ]
    optional = replace(sessions, columns=tuple(replace(column, required=False) for column in sessions.columns))
    assert lacking(optional, (LoadSource(optional),)) == ["sessions has no required column: any file could be one"]
    steps = DerivedTable("load", lambda rows: rows, ())
    assert lacking(sessions, (LoadSource(sessions, derived=(steps,)),)) == [
        "load has no ended_by, line, sheet: declare it with `version` of data.schema.base"
    ]


def test_what_a_table_keeps_beside_its_columns_is_shown(head: Connection) -> None:
    shown = {
        column.type.table
        for rows in _listed(head)
        for column in rows.selected_columns
        if isinstance(column.type, OtherValues)
    }
    for source in LOAD_SOURCES:
        table = source.columns.table
        kept = set(stages_of(source)[table].c.keys())
        others = [column.name for column in source.columns.columns if column.name not in kept]
        assert not others or table in shown, (
            f"{', '.join(others)} of {source.columns.name} would be kept in {table}.extra and shown nowhere: give them "
            f"columns in data/schema, or show data.sources.other_values.other_values({table}) where its rows are"
        )


def _listed(connection: Connection) -> Iterator[Select[Any]]:
    """The rows of the sheet of a place, of every list, and of the list behind every figure."""
    selection, options = Selection((), None, TODAY), FilterOptions({}, TODAY, TODAY)
    yield place_row("")
    yield from (listing.rows(selection, options) for listing in LISTS)
    yield from (proof_rows(connection, indicator, selection) for indicator in INDICATORS)
