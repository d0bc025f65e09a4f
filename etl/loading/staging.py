"""The staging tables of a delivery: temporary tables of typed rows, merged by set-based SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text

from data.schema.base import derived_columns
from etl.bulk import insert_frame

if TYPE_CHECKING:
    from collections.abc import Sequence

PROVENANCE = ("load_id", "sheet", "line", "ended_by")


def stage_table(version: Table, key: Sequence[str]) -> Table:
    """The temporary table of a version table: its key and facts, and the line of each row.

    `key` may name the text key of an identity (the code of a place) in place of its number: the number is then a
    column that `etl.loading.identities` fills in.
    """
    identity = [column.name for column in version.primary_key if column.name not in key and column.name != "load_id"]
    columns: list[Column[Any]] = [
        Column(name, version.c[name].type if name in version.c else Text, primary_key=True, autoincrement=False)
        for name in key
    ]
    columns.append(Column("line", Integer, primary_key=True, autoincrement=False))
    columns += [Column(name, version.c[name].type) for name in identity]
    columns += [
        Column(column.name, column.type, info=column.info)
        for column in version.c
        if column.name not in (*key, *identity, *PROVENANCE)
    ]
    return Table(
        f"stage_{version.name}",
        MetaData(),
        *columns,
        prefixes=["TEMPORARY"],
        sqlite_with_rowid=False,
        postgresql_on_commit="DROP",  # a pooled connection is reused
    )


def create_stage(connection: Connection, stage: Table) -> None:
    """Make the empty temporary table, in place of one that an earlier delivery of this connection left."""
    drop_stage(connection, stage)
    stage.create(connection)


def drop_stage(connection: Connection, stage: Table) -> None:
    """Drop the temporary table: a pooled connection would otherwise retain it."""
    connection.exec_driver_sql(f'DROP TABLE IF EXISTS "{stage.name}"')


def write_stage(connection: Connection, stage: Table, rows: pl.DataFrame) -> None:
    """Add typed rows to a stage, by the engine's own fast way, with the columns that its table derives from others.

    Columns that the stage lacks go into its `extra`.
    """
    if rows.is_empty():
        return
    others = [name for name in rows.columns if name not in stage.c]
    typed = rows.with_columns(extra=_as_json(others)) if others else rows
    typed = typed.with_columns(_derived(stage, typed))
    names = [column.name for column in stage.c if column.name in typed.columns]
    insert_frame(connection, stage, typed.select(names))


def _derived(stage: Table, rows: pl.DataFrame) -> list[pl.Series]:
    """The derived columns of a stage, each text worked out once."""
    found = []
    for name, (source, derive) in derived_columns(stage):
        if source in rows.columns:
            texts = {text: derive(text) for text in rows[source].drop_nulls().unique()}
            found.append(rows[source].replace_strict(texts, default=None, return_dtype=pl.String).alias(name))
    return found


def _as_json(names: Sequence[str]) -> pl.Expr:
    """One JSON object of the filled columns, in their order; null when none is. A column more changes no other row."""
    members = [
        pl.when(pl.col(name).is_not_null()).then(pl.struct(name).struct.json_encode().str.slice(1).str.head(-1))
        for name in names
    ]
    joined = pl.concat_str(members, separator=",", ignore_nulls=True)
    return pl.when(joined != "").then(pl.concat_str([pl.lit("{"), joined, pl.lit("}")]))
