"""What is known of each source, and the days of facts."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select, union

from data.schema import (
    activity,
    aid_step,
    attendance_month,
    fact_day,
    is_live,
    label_event,
    load,
    reject,
    source_state,
)
from data.sources import SOURCES, Source
from etl.rollups import refused


def refresh(connection: Connection, today: date) -> None:
    """Compute the days of facts, the scopes of refused lines and the state of sources again."""
    _refresh_fact_day(connection)
    refused.refresh(connection)
    _refresh_source_state(connection, today)


def _refresh_fact_day(connection: Connection) -> None:
    days = [select(table.c.day).where(is_live(table)) for table in (label_event, aid_step, activity)]
    connection.execute(delete(fact_day))
    connection.execute(insert(fact_day).from_select(["day"], union(*days, select(attendance_month.c.last_day))))


def _refresh_source_state(connection: Connection, today: date) -> None:
    connection.execute(delete(source_state))
    counted = {
        row.source: row
        for row in connection.execute(
            select(
                reject.c.source,
                func.count().label("rejects"),
                func.coalesce(func.sum(reject.c.amount), 0).label("amount"),
            )
            .where(is_live(reject))
            .group_by(reject.c.source)
        )
    }
    rows = []
    for source in SOURCES:
        last_day = connection.scalar(_last_day(source, today)) if source.dated else None
        if last_day or source.name in counted:
            row = counted.get(source.name)
            rows.append(
                {
                    "source": source.name,
                    "last_day": last_day,
                    "rejects": row.rejects if row else 0,
                    "rejected_amount": row.amount if row else 0,
                }
            )
    if rows:
        connection.execute(insert(source_state), rows)


def _last_day(source: Source, today: date) -> Select[Any]:
    """The date of the last fact of a source, not after today."""
    if source.table == "attendance":  # the largest table has its own summary
        days = attendance_month.c.last_day
        return select(func.max(days)).where(days <= today)
    table = label_event.metadata.tables[source.table]
    dated = table.c[source.dated or ""]
    day = func.coalesce(dated, dated)  # no index: a source without rows would have it walked to its end
    return (
        select(func.max(day))
        .join(load, load.c.load_id == table.c.load_id)
        .where(is_live(table), load.c.source == source.name, day <= today)
    )
