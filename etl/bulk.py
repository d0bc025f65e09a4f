"""Whole tables between the database and polars, without a Python object for each row where the engine allows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import polars as pl
from sqlalchemy import Column, Connection, Select, Table

from data.types import Coded

if TYPE_CHECKING:
    import psycopg

ROWS_PER_STATEMENT = 50  # one INSERT of SQLite with many VALUES costs half as much as that many of one
MAX_PARAMETERS = 900  # SQLite before 3.32 accepts 999
ROWS_AT_A_TIME = 50_000


def insert_frame(connection: Connection, table: Table, rows: pl.DataFrame) -> None:
    """Insert a frame whose columns are columns of the table, in the form in which the database stores them.

    A coded word becomes its rank, which the frame may hold already. By COPY on PostgreSQL. Columns without a value are
    left out: each costs as much as one with values.
    """
    if rows.is_empty():
        return
    filled = rows.select(one for one in rows if one.null_count() < len(rows) or one.name in table.primary_key)
    stored = filled.with_columns(_rank_of(table.c[name]) for name, kind in filled.schema.items() if kind == pl.String)
    write = _copy if connection.dialect.name == "postgresql" else _insert_many
    for part in stored.iter_slices(ROWS_AT_A_TIME):  # as Python objects or text a whole table would weigh too much
        write(connection, table, part)


def read_frame(connection: Connection, query: Select[Any], schema: Mapping[str, type[pl.DataType]]) -> pl.DataFrame:
    """The rows of a query whose columns are, in this order, those of `schema`, as the database stores them.

    They come some at a time, straight from the driver: all of them as Python objects would weigh hundreds of megabytes.
    """
    cursor = connection.execute(query).cursor
    parts = [pl.DataFrame(schema=schema)]
    while cursor is not None and (rows := cursor.fetchmany(ROWS_AT_A_TIME)):
        parts.append(pl.DataFrame(rows, schema=schema, orient="row"))
    return pl.concat(parts)


def _rank_of(column: Column[Any]) -> pl.Expr:
    """The texts of a column as the database stores them: a coded word becomes its rank."""
    texts = pl.col(column.name)
    if isinstance(column.type, Coded):
        ranks = {word: rank for rank, word in enumerate(column.type.words)}
        return texts.replace_strict(ranks, return_dtype=pl.Int16)
    return texts


def _insert_many(connection: Connection, table: Table, rows: pl.DataFrame) -> None:
    names = ", ".join(f'"{name}"' for name in rows.columns)
    one = f"({', '.join('?' * rows.width)})"
    at_once = max(1, min(ROWS_PER_STATEMENT, MAX_PARAMETERS // rows.width))
    head = f'INSERT INTO "{table.name}" ({names}) VALUES '  # noqa: S608  names are ours
    whole = len(rows) // at_once * at_once
    if whole:
        connection.exec_driver_sql(head + ", ".join([one] * at_once), _side_by_side(rows.head(whole), at_once).rows())
    if whole < len(rows):
        connection.exec_driver_sql(head + one, rows.tail(len(rows) - whole).rows())


def _side_by_side(rows: pl.DataFrame, at_once: int) -> pl.DataFrame:
    """So many rows in each one: the parameters of one statement."""
    return rows.select(
        pl.col(name).gather_every(at_once, offset).alias(f"{offset} {name}")
        for offset in range(at_once)
        for name in rows.columns
    )


def _copy(connection: Connection, table: Table, rows: pl.DataFrame) -> None:
    listed = ", ".join(f'"{name}"' for name in rows.columns)
    cursor = cast("psycopg.Cursor[Any]", connection.connection.cursor())
    with cursor, cursor.copy(f'COPY "{table.name}" ({listed}) FROM STDIN (FORMAT csv)') as copy:  # names are ours
        copy.write(rows.write_csv(include_header=False, quote_style="non_numeric", null_value=""))
