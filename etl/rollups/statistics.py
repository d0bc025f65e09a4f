"""What PostgreSQL must know of tables filled in the transaction that reads them."""

from __future__ import annotations

from sqlalchemy import Connection, Table


def count_again(connection: Connection, *tables: Table) -> None:
    """Have PostgreSQL look at the rows just written: its own round, passing by during the load, finds the tables empty,
    and what reads them is planned for no row (a load of 30 seconds took ten minutes). SQLite plans by keys alone.
    """
    if connection.dialect.name == "postgresql":
        for table in tables:
            connection.exec_driver_sql(f'ANALYZE "{table.name}"')
