"""Aid files and the sums of their steps."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, delete, func, insert, literal, select

from data.facts.aid import aid_rows
from data.schema import aid_total


def refresh(connection: Connection, _today: date) -> None:
    """Compute the roll-ups of aid again."""
    _refresh_aid_total(connection)


def _refresh_aid_total(connection: Connection) -> None:
    rows = aid_rows().subquery("rows")
    key = [rows.c[column.name] for column in aid_total.primary_key]
    connection.execute(delete(aid_total))
    connection.execute(
        insert(aid_total).from_select(
            [*(column.name for column in key), "family", "amount", "files", "costed", "to_check"],
            select(
                *key, func.min(rows.c.family), func.sum(rows.c.amount), func.count(), literal(0), literal(0)
            ).group_by(*key),
        )
    )
