"""What rests on definitions that may change with a version: the keys of names, and every roll-up."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, Table, bindparam, select, update

from data.definitions import write_version
from data.i18n import fold
from data.schema import activity, aid_version
from etl import rollups

AT_ONCE = 10_000
_NAMED = ((aid_version, "beneficiary", "beneficiary_key"), (activity, "holder", "holder_key"))


def upgrade_database(connection: Connection, today: date) -> None:
    """Compute again the folded names, of ended rows too, and every roll-up; note the version of the definitions."""
    for table, name, key in _NAMED:
        _fold_names(connection, table, name, key)
    rollups.refresh_all(connection, today)
    write_version(connection)


def _fold_names(connection: Connection, table: Table, name: str, key: str) -> None:
    """A key folded otherwise, or missing, would make the same file again seem to change every row."""
    identity = list(table.primary_key)
    named = connection.execute(select(*identity, table.c[name], table.c[key]).where(table.c[name].is_not(None)))
    changed = [(*row[:-2], folded) for row in named if (folded := fold(row[-2])) != row[-1]]
    folding = update(table).where(*(column == bindparam(f"of_{column.name}") for column in identity))
    for start in range(0, len(changed), AT_ONCE):
        connection.execute(
            folding.values({key: bindparam("folded")}),
            [
                {
                    **{f"of_{column.name}": value for column, value in zip(identity, row, strict=False)},
                    "folded": row[-1],
                }
                for row in changed[start : start + AT_ONCE]
            ],
        )
