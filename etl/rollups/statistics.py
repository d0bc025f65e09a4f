"""Planner statistics of PostgreSQL for tables filled in the transaction that reads them."""

from __future__ import annotations

from sqlalchemy import Connection, Table


def analyze_tables(connection: Connection, *tables: Table) -> None:
    """ANALYZE tables on PostgreSQL: autovacuum, passing during the load, finds them empty, and queries are then planned
    for no row (a load of 30 seconds took ten minutes). SQLite plans by keys alone.
    """
    if connection.dialect.name == "postgresql":
        for table in tables:
            connection.exec_driver_sql(f'ANALYZE "{table.name}"')
