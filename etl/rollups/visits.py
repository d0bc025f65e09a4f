"""Attendance by month: only the months that a load changed are summed again, the totals always."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    CompoundSelect,
    Connection,
    Integer,
    MetaData,
    Select,
    SmallInteger,
    Table,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    type_coerce,
    union_all,
    update,
)

from data.facts.attendance import A_YEAR, DECLARED, PAIRED, answer_bit
from data.facts.scope import scope
from data.facts.suppression import EVERY_LEVEL, PRIVATE
from data.schema import (
    attendance,
    attendance_month,
    commune,
    label_month,
    live,
    place_version,
    visit_span,
)
from etl.rollups import suppression, visit_totals
from etl.rollups.statistics import analyze_tables
from etl.rollups.suppression import level_rows, suppressed_month

MONTHS_A_YEAR = 12  # months

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
    suppression.refresh(connection)
    visit_totals.refresh_totals(connection)
    _refresh_visit_span(connection)


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
            .where(live(attendance), attendance.c.audience == "")
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


def _refresh_visit_span(connection: Connection) -> None:
    """A month that counts does so in the twelve months that begin with it: these runs are joined where they meet.

    Months are numbered without a gap between years. Only those that open or close a run remain, so that all are
    sorted once: a run goes from one that opens to itself, or to the next one.
    """
    months = _counting_months().subquery("months")
    rank = months.c.month // 100 * MONTHS_A_YEAR + months.c.month % 100 - 1
    run_key = tuple(months.c[name] for name in _RUN_KEY)
    earlier = func.lag(rank).over(partition_by=run_key, order_by=months.c.month)
    later = func.lead(rank).over(partition_by=run_key, order_by=months.c.month)
    ranked = select(
        *run_key,
        rank.label("rank"),
        func.coalesce(rank - earlier > MONTHS_A_YEAR, True).label("opens"),
        func.coalesce(later - rank > MONTHS_A_YEAR, True).label("closes"),
    ).subquery("ranked")
    following = func.lead(ranked.c.rank).over(
        partition_by=[ranked.c[name] for name in _RUN_KEY], order_by=ranked.c.rank
    )
    ends = (
        select(ranked, case((ranked.c.closes, ranked.c.rank), else_=following).label("end"))
        .where(or_(ranked.c.opens, ranked.c.closes))
        .subquery("ends")
    )
    connection.execute(delete(visit_span))
    connection.execute(
        insert(visit_span).from_select(
            [*_RUN_KEY, "first", "last", "dep", "epci", "holder_type", "typologies"],
            select(
                *(ends.c[name] for name in _RUN_KEY),
                _month_of_rank(ends.c.rank),
                _month_of_rank(ends.c.end + MONTHS_A_YEAR - 1),
                *scope(place_version.c.holder_type, place_version.c.typologies),
            )
            .join(place_version, and_(place_version.c.place_id == ends.c.place_id, live(place_version)))
            .join(commune, commune.c.code == place_version.c.commune)
            .where(ends.c.opens),
        )
    )


_RUN_KEY = ("kind", "unit", "level", "place_id")


def _counting_months() -> CompoundSelect[Any]:
    """One row per kind of `visit_span`, unit, level, place and month that counts: of a private place, for each level
    that publishes it.
    """
    now, before = attendance_month.alias("now"), attendance_month.alias("before")
    is_twin = and_(
        before.c.place_id == now.c.place_id, before.c.month == now.c.month - A_YEAR, before.c.unit == now.c.unit
    )
    is_private = place_version.c.holder_type == PRIVATE
    here = now.join(place_version, and_(place_version.c.place_id == now.c.place_id, live(place_version)))
    hidden = suppressed_month.c
    of_month = and_(
        hidden.place_id == now.c.place_id,
        hidden.month == now.c.month,
        hidden.unit == type_coerce(now.c.unit, SmallInteger),
    )
    levels = level_rows()
    published = here.join(levels, true()).outerjoin(suppressed_month, of_month)

    def months(kind: str, level: ColumnElement[int]) -> Select[Any]:
        return select(literal(kind).label("kind"), now.c.unit, level.label("level"), now.c.place_id, now.c.month)

    return union_all(
        *(
            query
            for kind in (DECLARED, PAIRED)
            for query in (
                months(kind, literal(EVERY_LEVEL))
                .select_from(here if kind == DECLARED else here.join(before, is_twin))
                .where(~is_private),
                months(kind, levels.c.level)
                .select_from(published if kind == DECLARED else published.join(before, is_twin))
                .where(is_private, func.coalesce(hidden[kind], 0).bitwise_and(levels.c.bit) == 0),
            )
        )
    )


def _month_of_rank(rank: ColumnElement[int]) -> ColumnElement[int]:
    """SQL: 24239 -> 201912."""
    return rank // MONTHS_A_YEAR * 100 + rank % MONTHS_A_YEAR + 1
