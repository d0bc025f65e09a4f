"""What rests on definitions that may change with a version: the texts derived from others, and every roll-up."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, Table, bindparam, select, update

from data.definitions import write_definitions_version
from data.schema import ROLL_UPS, metadata
from data.schema.base import Derivation, derived_columns
from etl import rollups

ROWS_PER_STATEMENT = 10_000


def upgrade_database(connection: Connection, today: date) -> None:
    """Derive texts again, of ended rows too, and compute every roll-up; note the version of the definitions."""
    for table in metadata.sorted_tables:
        if table not in ROLL_UPS:
            for name, derivation in derived_columns(table):
                _derive(connection, table, name, derivation)
    rollups.refresh_all(connection, today)
    write_definitions_version(connection)


def _derive(connection: Connection, table: Table, name: str, derivation: Derivation) -> None:
    """Derive a column again where it is missing or was derived otherwise."""
    identity, source = list(table.primary_key), table.c[derivation.column]
    named = connection.execute(select(*identity, source, table.c[name]).where(source.is_not(None)))
    changed = [(*row[:-2], derived) for row in named if (derived := derivation.derive(row[-2])) != row[-1]]
    deriving = update(table).where(*(column == bindparam(f"of_{column.name}") for column in identity))
    for start in range(0, len(changed), ROWS_PER_STATEMENT):
        connection.execute(
            deriving.values({name: bindparam("derived")}),
            [
                {
                    **{f"of_{column.name}": value for column, value in zip(identity, row, strict=False)},
                    "derived": row[-1],
                }
                for row in changed[start : start + ROWS_PER_STATEMENT]
            ],
        )
