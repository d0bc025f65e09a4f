"""Attendance by month: only the pairs that a load touched are summed again, the totals always."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    MetaData,
    Select,
    Table,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    type_coerce,
    union_all,
)

from data.facts.attendance import A_YEAR, attendance_pairs, seated
from data.facts.scope import scope
from data.schema import attendance, attendance_month, attendance_total, commune, live, place_version, twin_span

YEAR = 12  # months
MEASURES = ("value", "reports", "expected", "answered", "twin_now", "twin_before")

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
    """Sum the months of all places again, and see which of them compare with a year before."""
    _refresh_attendance_total(connection)
    _refresh_twin_span(connection)


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
        select(
            place_version.c.place_id,
            place_version.c.seats,
            *columns,
            func.dense_rank().over(order_by=columns).label("number"),
        )
        .join(commune, commune.c.code == place_version.c.commune)
        .where(live(place_version))
        .cte("numbered")
    )
    pairs = attendance_pairs().subquery("pairs")
    measures = (*(pairs.c[name] for name in MEASURES), *seated(pairs.c.value, numbered.c.seats))
    names = [measure.name for measure in measures]
    sums = (
        select(
            pairs.c.unit,
            pairs.c.month,
            numbered.c.number,
            *(func.sum(measure).label(measure.name) for measure in measures),
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
            ["unit", "month", "dep", "epci", "holder_type", *names],
            select(
                sums.c.unit,
                sums.c.month,
                scopes.c.dep,
                scopes.c.epci,
                scopes.c.holder_type,
                *(sums.c[name] for name in names),
            ).join(scopes, scopes.c.number == sums.c.number),
        )
    )


def _refresh_twin_span(connection: Connection) -> None:
    """A pair a year apart counts in the twelve months that begin with its own: these runs are joined where they meet.

    Months are numbered without a gap between years. Only the pairs that open or close a run are kept, so that a
    million of them are sorted once: a run goes from one that opens to itself, or to the next one.
    """
    now, before = attendance_month.alias("now"), attendance_month.alias("before")
    rank = now.c.month // 100 * YEAR + now.c.month % 100 - 1
    pair = (now.c.place_id, now.c.unit)
    earlier = func.lag(rank).over(partition_by=pair, order_by=now.c.month)
    later = func.lead(rank).over(partition_by=pair, order_by=now.c.month)
    is_twin = and_(
        before.c.place_id == now.c.place_id, before.c.month == now.c.month - A_YEAR, before.c.unit == now.c.unit
    )
    twins = (
        select(
            *pair,
            rank.label("rank"),
            func.coalesce(rank - earlier > YEAR, True).label("opens"),
            func.coalesce(later - rank > YEAR, True).label("closes"),
        )
        .join(before, is_twin)
        .subquery("twins")
    )
    following = func.lead(twins.c.rank).over(partition_by=(twins.c.place_id, twins.c.unit), order_by=twins.c.rank)
    ends = (
        select(twins, case((twins.c.closes, twins.c.rank), else_=following).label("end"))
        .where(or_(twins.c.opens, twins.c.closes))
        .subquery("ends")
    )
    connection.execute(delete(twin_span))
    connection.execute(
        insert(twin_span).from_select(
            ["unit", "place_id", "first", "last", "dep", "epci", "holder_type", "typologies"],
            select(
                ends.c.unit,
                ends.c.place_id,
                _month_of_rank(ends.c.rank),
                _month_of_rank(ends.c.end + YEAR - 1),
                *scope(place_version.c.holder_type, place_version.c.typologies),
            )
            .join(place_version, and_(place_version.c.place_id == ends.c.place_id, live(place_version)))
            .join(commune, commune.c.code == place_version.c.commune)
            .where(ends.c.opens),
        )
    )


def _month_of_rank(rank: ColumnElement[int]) -> ColumnElement[int]:
    """SQL: 24239 -> 201912."""
    return rank // YEAR * 100 + rank % YEAR + 1
