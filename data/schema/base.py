"""What every table is made of: keys, proof, live rows."""

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
    """A table whose comment is its grain."""
    return Table(name, metadata, *columns, comment=grain, sqlite_with_rowid=False)


def key_column(name: str, kind: Any, *references: ForeignKey) -> Column[Any]:
    """A column of the primary key."""
    return Column(name, kind, *references, primary_key=True, autoincrement=False)


class Derivation(NamedTuple):
    """How a text is derived from another column of its row."""

    column: str
    derive: Callable[[str], str]


def derived_columns(table: Table) -> Iterator[tuple[str, Derivation]]:
    """The derived columns of a table, by name."""
    for column in table.c:
        if "derivation" in column.info:
            yield column.name, column.info["derivation"]


def name_key_column(name: str, of: str, comment: str) -> Column[Any]:
    """A text derived from another, by which names that files write differently are the same."""
    return _derived_column(name, Derivation(of, fold), comment)


def search_key_column(name: str) -> Column[Any]:
    """The text by which another column is searched and sorted (data.i18n.search_key), stored beside it."""
    return _derived_column(search_key_name(name), Derivation(name, search_key), f"how {name} is searched and sorted")


def _derived_column(name: str, derivation: Derivation, comment: str) -> Column[Any]:
    """Whoever inserts rows leaves it out: loads derive it for a batch at once (etl.loading.staging), the rest here."""

    def derived(context: Any) -> str | None:
        text = context.get_current_parameters().get(derivation.column)
        return None if text is None else derivation.derive(text)

    return Column(name, Text, default=derived, comment=comment, info={"derivation": derivation})


def sourced_table(name: str, grain: str, *columns: Column[Any] | Index) -> Table:
    """A table of rows read from files: where each stood (load, sheet, line) and the load that ended it."""
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
    """A version table: the given key and facts, what its source declares beside them, and the proof of each row."""
    extra = Column("extra", Text, comment="JSON: the filled columns of its source that have none of their own here")
    return sourced_table(name, grain, *columns, extra)


def live(table: Any) -> ColumnElement[bool]:
    """The rows of a version table (or of an alias of one) that no load has ended: the present."""
    condition: ColumnElement[bool] = table.c.ended_by.is_(None)
    return condition


def identity_table(name: str, grain: str, key: Column[Any], *others: Column[Any]) -> Table:
    """An identity table: its key, and the load that first named it."""
    return define_table(
        name, grain, key, *others, Column("load_id", Integer, ForeignKey("load.load_id"), nullable=False)
    )
