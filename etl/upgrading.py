"""What a database of an older version lacks once its tables are those of today: keys of names, every roll-up."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, Table, bindparam, select, update

from data.i18n import fold
from data.schema import activity, aid_version
from etl import rollups

AT_ONCE = 10_000
_NAMED = ((aid_version, "beneficiary", "beneficiary_key"), (activity, "holder", "holder_key"))


def bring_up(connection: Connection, today: date) -> None:
    """Fill what new columns say of rows loaded before them, ended ones too; compute every roll-up again."""
    for table, name, key in _NAMED:
        _fill_key(connection, table, name, key)
    rollups.refresh_all(connection, today)


def _fill_key(connection: Connection, table: Table, name: str, key: str) -> None:
    """The folded name: without it, the same file again would seem to change every row."""
    identity = list(table.primary_key)
    unfilled = table.c[name].is_not(None) & table.c[key].is_(None)
    rows = connection.execute(select(*identity, table.c[name]).where(unfilled)).all()
    filling = update(table).where(*(column == bindparam(f"of_{column.name}") for column in identity))
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(
            filling.values({key: bindparam("folded")}),
            [
                {
                    **{f"of_{column.name}": value for column, value in zip(identity, row, strict=False)},
                    "folded": fold(row[-1]),
                }
                for row in rows[start : start + AT_ONCE]
            ],
        )
