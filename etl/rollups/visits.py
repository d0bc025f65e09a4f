"""Attendance by month: only the months that a load changed are summed again, the totals always."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl
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
    or_,
    select,
    type_coerce,
    union_all,
    update,
)

from data.facts.attendance import answer_bit
from data.schema import (
    attendance,
    attendance_month,
    attendance_suppression,
    attendance_total,
    is_live,
    label_month,
    visit_span,
)
from etl.rollups import suppression
from etl.rollups.declared_months import read_declared_months, read_placed
from etl.rollups.statistics import analyze_tables
from etl.rollups.visit_spans import add_spans
from etl.rollups.visit_totals import add_totals

changed_month = Table(
    "changed_month",
    MetaData(),
    Column("place_id", Integer, primary_key=True, autoincrement=False),
    Column("month", Integer, primary_key=True, autoincrement=False),
    prefixes=["TEMPORARY"],
    sqlite_with_rowid=False,
    postgresql_on_commit="DROP",
)
"""The (place, month) pairs whose attendance a load changed: only these are summed again."""

_TOTALS = (attendance_suppression, attendance_total, visit_span)


def mark_changed_months(connection: Connection, rows: Iterable[Select[Any]]) -> None:
    """Fill `changed_month` with the (place_id, month) pairs of some selects."""
    connection.exec_driver_sql('DROP TABLE IF EXISTS "changed_month"')
    changed_month.create(connection)
    pairs = union_all(*rows).subquery("pairs")
    connection.execute(
        insert(changed_month).from_select(["place_id", "month"], select(pairs.c.place_id, pairs.c.month).distinct())
    )
    analyze_tables(connection, changed_month)


def refresh_months(connection: Connection, _today: date) -> None:
    """Recompute `attendance_month` for the pairs of `mark_changed_months`, which comes first."""
    _refresh_attendance_month(connection)


def refresh_totals(connection: Connection, _today: date) -> None:
    """Sum the months of all places again, and see in which years places declared, or compare."""
    _refresh_declared_units(connection)
    for table in _TOTALS:
        connection.execute(delete(table))
    places = read_placed(connection)
    expected = suppression.mask_expected(connection, places)
    suppression.write_masks(connection, places, expected)
    for unit, months in read_declared_months(connection, places):
        masks = suppression.mask_declared(places, months)
        suppression.write_masks(connection, places, masks)
        add_totals(connection, places, unit, months, pl.concat([expected, masks]))
        add_spans(connection, places, months, masks)
    analyze_tables(connection, *_TOTALS)


def _refresh_attendance_month(connection: Connection) -> None:
    """Sum the changed pairs again; the periods of a month start between its first and its last day."""
    pair = and_(
        attendance_month.c.place_id == changed_month.c.place_id,
        attendance_month.c.month == changed_month.c.month,
    )
    connection.execute(delete(attendance_month).where(exists().where(pair)))
    starts = type_coerce(attendance.c.starts, Integer)
    connection.execute(
        insert(attendance_month).from_select(
            ["place_id", "month", "unit", "value", "last_day"],
            select(
                changed_month.c.place_id,
                changed_month.c.month,
                attendance.c.unit,
                func.sum(attendance.c.value),
                func.max(attendance.c.ends),
            )
            .join(
                attendance,
                and_(
                    attendance.c.place_id == changed_month.c.place_id,
                    starts.between(changed_month.c.month * 100, changed_month.c.month * 100 + 99),
                ),
            )
            .where(is_live(attendance), attendance.c.audience == "")
            .group_by(changed_month.c.place_id, changed_month.c.month, attendance.c.unit)
            .order_by(changed_month.c.place_id, changed_month.c.month, attendance.c.unit),
        )
    )


def _refresh_declared_units(connection: Connection) -> None:
    """Write into `label_month.answers` the units in which each labelled place declared; null after the last month."""
    declared = select(func.sum(answer_bit(attendance_month.c.unit))).where(
        attendance_month.c.place_id == label_month.c.place_id, attendance_month.c.month == label_month.c.month
    )
    last = select(func.max(attendance_month.c.month)).scalar_subquery()
    connection.execute(
        update(label_month)
        .values(answers=declared.scalar_subquery())
        .where(or_(label_month.c.answers.is_not(None), label_month.c.month <= last))
    )
