"""Constructors of tables: keys, derived texts, version tables, live rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, ForeignKey, Index, Integer, MetaData, Table, Text

from data.i18n import fold, search_key
from data.search_keys import search_key_name

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def define_table(name: str, grain: str, *columns: Column[Any] | Index) -> Table:
    """A table whose comment is its grain, without rowid on SQLite."""
    return Table(name, metadata, *columns, comment=grain, sqlite_with_rowid=False)


def key_column(name: str, kind: Any, *references: ForeignKey) -> Column[Any]:
    """A column of the primary key."""
    return Column(name, kind, *references, primary_key=True, autoincrement=False)


class Derivation(NamedTuple):
    """How a text is derived from another column of its row."""

    column: str
    derive: Callable[[str], str]


def derived_columns(table: Table) -> Iterator[tuple[str, Derivation]]:
    """The derived columns of a table: name and derivation."""
    for column in table.c:
        if "derivation" in column.info:
            yield column.name, column.info["derivation"]


def name_key_column(name: str, source_column: str, comment: str) -> Column[Any]:
    """A column derived from another: the name without case, accents or surplus spaces, to compare names of different
    files.
    """
    return _derived_column(name, Derivation(source_column, fold), comment)


def search_key_column(name: str) -> Column[Any]:
    """The column `name_search_key`, derived from `name` (data.i18n.search_key), for search and sort."""
    return _derived_column(search_key_name(name), Derivation(name, search_key), f"how {name} is searched and sorted")


def _derived_column(name: str, derivation: Derivation, comment: str) -> Column[Any]:
    """A column that its table fills on insert; loads derive it by batch instead (etl.loading.staging)."""

    def derived(context: Any) -> str | None:
        text = context.get_current_parameters().get(derivation.column)
        return None if text is None else derivation.derive(text)

    return Column(name, Text, default=derived, comment=comment, info={"derivation": derivation})


def sourced_table(name: str, grain: str, *columns: Column[Any] | Index) -> Table:
    """A table of rows read from files: load, sheet and line of each, and the load that ended it."""
    return define_table(
        name,
        grain,
        *columns,
        Column("load_id", Integer, ForeignKey("load.load_id"), primary_key=True, autoincrement=False),
        Column("sheet", Text),
        Column("line", Integer, nullable=False),
        Column("ended_by", Integer, ForeignKey("load.load_id")),
    )


def version_table(name: str, grain: str, *columns: Column[Any] | Index) -> Table:
    """A version table: key and facts, `extra` for columns of its source without a column here, load, sheet, line and
    `ended_by`.
    """
    extra = Column("extra", Text, comment="JSON: the filled columns of its source that have none of their own here")
    return sourced_table(name, grain, *columns, extra)


def live(table: Any) -> ColumnElement[bool]:
    """SQL: the row of a version table (or of an alias) is live: no load has ended it."""
    condition: ColumnElement[bool] = table.c.ended_by.is_(None)
    return condition


def identity_table(name: str, grain: str, key: Column[Any], *extra_columns: Column[Any]) -> Table:
    """An identity table: a key, and the load that first used it."""
    return define_table(
        name, grain, key, *extra_columns, Column("load_id", Integer, ForeignKey("load.load_id"), nullable=False)
    )
