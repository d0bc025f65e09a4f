"""Attendance by month: only the pairs that a load touched are summed again, the totals always."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
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
    union_all,
)

from data.facts.attendance import attendance_pairs
from data.facts.scope import scope
from data.schema import attendance, attendance_month, attendance_total, commune, live, place_version

touched = Table(
    "touched",
    MetaData(),
    Column("place_id", Integer, primary_key=True, autoincrement=False),
    Column("month", Integer, primary_key=True, autoincrement=False),
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


def refresh_months(connection: Connection, _today: date) -> None:
    """Sum the touched pairs again. `touch` comes first."""
    _refresh_attendance_month(connection)


def refresh_totals(connection: Connection, _today: date) -> None:
    """Sum the months of all places again."""
    _refresh_attendance_total(connection)


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
