"""Roll-ups: what pages read, computed from the live rows in the transaction of the load that changed them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Column as SqlColumn
from sqlalchemy import (
    Connection,
    Integer,
    MetaData,
    Select,
    Table,
    and_,
    delete,
    exists,
    func,
    insert,
    select,
    type_coerce,
    union,
    union_all,
)

from data.indicators.facts import aid_rows, attendance_pairs, scope
from data.rules.label_life import label_spans
from data.schema import (
    activity,
    aid_step,
    aid_total,
    attendance,
    attendance_month,
    attendance_total,
    commune,
    fact_day,
    label_event,
    label_month,
    label_span,
    live,
    load,
    place_version,
    reject,
    source_state,
)
from data.sources import SOURCES, Source
from data.types import month_after, month_number, months_between

ONE_DAY = timedelta(days=1)
MONTHS_AHEAD = 36  # `expected` reaches so far after the load, for databases that stay without one
SCOPE = ("dep", "epci", "holder_type", "typologies")

touched = Table(
    "touched",
    MetaData(),
    SqlColumn("place_id", Integer, primary_key=True, autoincrement=False),
    SqlColumn("month", Integer, primary_key=True, autoincrement=False),
    prefixes=["TEMPORARY"],
    sqlite_with_rowid=False,
)
"""The (place, month) pairs whose attendance a load changed: only these are summed again."""


def touch(connection: Connection, rows: Iterable[Select[Any]]) -> None:
    """Note the (place_id, month) pairs of some selects, in place of those noted before."""
    connection.exec_driver_sql('DROP TABLE IF EXISTS "touched"')
    touched.create(connection)
    pairs = union_all(*rows).subquery("pairs")
    connection.execute(
        insert(touched).from_select(["place_id", "month"], select(pairs.c.place_id, pairs.c.month).distinct())
    )


def refresh(connection: Connection, tables: frozenset[str], today: date) -> None:
    """Recompute what depends on the version tables of these names. `touch` comes first when attendance changed."""
    if tables & {"label_event", "place_version"}:
        _refresh_label_span(connection)
        _refresh_label_month(connection, today)
    if tables & {"aid_version", "aid_step", "place_version", "scheme_version"}:
        _refresh_aid_total(connection)
    if "attendance" in tables:
        _refresh_attendance_month(connection)
    if tables & {"attendance", "label_event", "place_version"}:
        _refresh_attendance_total(connection)
    _refresh_fact_day(connection)
    _refresh_source_state(connection, today)


def _refresh_label_span(connection: Connection) -> None:
    connection.execute(delete(label_span))
    places = {
        row.place_id: row
        for row in connection.execute(
            select(
                place_version.c.place_id,
                place_version.c.closed,
                *scope(place_version.c.holder_type, place_version.c.typologies),
            )
            .join(commune, commune.c.code == place_version.c.commune)
            .where(live(place_version))
        )
    }
    events = connection.execute(
        select(label_event.c.place_id, label_event.c.day, label_event.c.step)
        .where(live(label_event))
        .order_by(label_event.c.place_id)
    )
    rows = [
        {
            "state": span.state,
            "started": span.started,
            "ended": span.ended,
            "opened": span.opening[0],
            "opened_by": span.opening[1],
            "place_id": place_id,
            **{name: getattr(places[place_id], name) for name in SCOPE},
        }
        for place_id, group in groupby(events, key=lambda event: event.place_id)
        if place_id in places
        for span in label_spans([(event.day, event.step) for event in group], places[place_id].closed)
    ]
    if rows:
        connection.execute(insert(label_span), rows)


def _refresh_aid_total(connection: Connection) -> None:
    rows = aid_rows().subquery("rows")
    key = [rows.c[column.name] for column in aid_total.primary_key]
    connection.execute(delete(aid_total))
    connection.execute(
        insert(aid_total).from_select(
            [*(column.name for column in key), "family", "amount", "files"],
            select(*key, func.min(rows.c.family), func.sum(rows.c.amount), func.count()).group_by(*key),
        )
    )


def _refresh_attendance_month(connection: Connection) -> None:
    """Sum the touched pairs again; the periods of a month start between its first and its last day."""
    pair = and_(
        attendance_month.c.place_id == touched.c.place_id,
        attendance_month.c.month == touched.c.month,
    )
    connection.execute(delete(attendance_month).where(exists().where(pair)))
    starts = type_coerce(attendance.c.starts, Integer)
    connection.execute(
        insert(attendance_month).from_select(
            ["place_id", "month", "unit", "value", "last_day"],
            select(
                touched.c.place_id,
                touched.c.month,
                attendance.c.unit,
                func.sum(attendance.c.value),
                func.max(attendance.c.ends),
            )
            .join(
                attendance,
                and_(
                    attendance.c.place_id == touched.c.place_id,
                    starts.between(touched.c.month * 100, touched.c.month * 100 + 99),
                ),
            )
            .where(live(attendance), attendance.c.audience == "")
            .group_by(touched.c.place_id, touched.c.month, attendance.c.unit)
            .order_by(touched.c.place_id, touched.c.month, attendance.c.unit),
        )
    )


def _refresh_label_month(connection: Connection, today: date) -> None:
    """A label without end runs ahead of today."""
    horizon = month_after(month_number(today), MONTHS_AHEAD)
    spans = connection.execute(
        select(label_span.c.place_id, label_span.c.started, label_span.c.ended).where(label_span.c.state == "labelled")
    )
    pairs = {
        (month, place_id)
        for place_id, started, ended in spans
        for month in months_between(month_number(started), month_number(ended - ONE_DAY) if ended else horizon)
    }
    connection.execute(delete(label_month))
    if pairs:
        connection.execute(
            insert(label_month), [{"month": month, "place_id": place_id} for month, place_id in sorted(pairs)]
        )


def _refresh_attendance_total(connection: Connection) -> None:
    """Sum the pairs by scope; scopes are numbered first, so that a million pairs are grouped by whole numbers."""
    columns = scope(place_version.c.holder_type, place_version.c.typologies)[:3]
    numbered = (
        select(place_version.c.place_id, *columns, func.dense_rank().over(order_by=columns).label("number"))
        .join(commune, commune.c.code == place_version.c.commune)
        .where(live(place_version))
        .cte("numbered")
    )
    pairs, measures = attendance_pairs().subquery("pairs"), ("value", "reports", "expected", "answered")
    sums = (
        select(
            pairs.c.unit,
            pairs.c.month,
            numbered.c.number,
            *(func.sum(pairs.c[name]).label(name) for name in measures),
        )
        .join(numbered, numbered.c.place_id == pairs.c.place_id)
        .group_by(pairs.c.unit, pairs.c.month, numbered.c.number)
        .subquery("sums")
    )
    scopes = (
        select(*(numbered.c[name] for name in ("number", "dep", "epci", "holder_type"))).distinct().subquery("scopes")
    )
    connection.execute(delete(attendance_total))
    connection.execute(
        insert(attendance_total).from_select(
            ["unit", "month", "dep", "epci", "holder_type", *measures],
            select(
                sums.c.unit,
                sums.c.month,
                scopes.c.dep,
                scopes.c.epci,
                scopes.c.holder_type,
                *(sums.c[name] for name in measures),
            ).join(scopes, scopes.c.number == sums.c.number),
        )
    )


def _refresh_fact_day(connection: Connection) -> None:
    days = [select(table.c.day).where(live(table)) for table in (label_event, aid_step, activity)]
    connection.execute(delete(fact_day))
    connection.execute(insert(fact_day).from_select(["day"], union(*days, select(attendance_month.c.last_day))))


def _refresh_source_state(connection: Connection, today: date) -> None:
    connection.execute(delete(source_state))
    refused = {
        row.source: row
        for row in connection.execute(
            select(
                reject.c.source,
                func.count().label("rejects"),
                func.coalesce(func.sum(reject.c.amount), 0).label("amount"),
            )
            .where(live(reject))
            .group_by(reject.c.source)
        )
    }
    rows = []
    for source in SOURCES:
        last_day = connection.scalar(_last_day(source, today)) if source.dated else None
        if last_day or source.name in refused:
            row = refused.get(source.name)
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
    days = table.c[source.dated or ""]
    return (
        select(func.max(days))
        .join(load, load.c.load_id == table.c.load_id)
        .where(live(table), load.c.source == source.name, days <= today)
    )
