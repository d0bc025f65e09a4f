"""The sums of attendance by month, as pages read them: with everything kept first, then each cut from a finer one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    delete,
    func,
    insert,
    literal,
    null,
    select,
    union_all,
)

from data.codes import UNITS
from data.facts.attendance import A_YEAR, VISITS
from data.facts.scope import scope
from data.facts.visit_cuts import ALL, EPCIS, HOLDERS, KEPT, SCOPES, TYPOLOGIES, WHOLE, Cut
from data.schema import (
    attendance_month,
    attendance_scope,
    attendance_total,
    commune,
    label_month,
    live,
    place_version,
)
from etl.rollups.statistics import count_again

_UNITS = UNITS[1:]
SUMMED = tuple(column.name for column in attendance_total.c if not column.primary_key)
_COUNTED = ("reports", "expected", *(f"answered_{unit}" for unit in _UNITS))  # never unknown
_NOTHING: dict[str, ColumnElement[Any]] = {name: literal(0) if name in _COUNTED else null() for name in SUMMED}


def refresh_totals(connection: Connection) -> None:
    """Compute `attendance_scope` and `attendance_total` again."""
    connection.execute(delete(attendance_scope))
    connection.execute(delete(attendance_total))
    _add_scopes(connection)
    placed = _placed()
    halves = union_all(_declared(placed), _expected(placed)).subquery("halves").c
    key = (halves.scope, halves.month)
    _add_totals(connection, select(*key, *(func.sum(halves[name]) for name in SUMMED)).group_by(*key))
    count_again(connection, attendance_scope, attendance_total)
    for cut, finer in ((EPCIS, ALL), (TYPOLOGIES, ALL), (HOLDERS, TYPOLOGIES), (WHOLE, HOLDERS)):
        _add_coarser_scopes(connection, cut, finer)
        _add_coarser_totals(connection, cut, finer)


def _placed() -> CTE:
    """The tiers-lieux with their scope of the cut that keeps all: a whole number, since months are grouped by it."""
    kept = scope(place_version.c.holder_type, place_version.c.typologies)
    return (
        select(
            place_version.c.place_id,
            place_version.c.seats,
            *kept,
            (func.dense_rank().over(order_by=kept) + ALL.number * SCOPES).label("scope"),
        )
        .join(commune, commune.c.code == place_version.c.commune)
        .where(live(place_version))
        .cte("placed")
    )


def _add_scopes(connection: Connection) -> None:
    placed = _placed()
    columns = ["cut", "scope", *KEPT]
    everything = select(literal(ALL.number), placed.c.scope, *(placed.c[name] for name in KEPT)).distinct()
    connection.execute(insert(attendance_scope).from_select(columns, everything))


def _declared(placed: CTE) -> Select[Any]:
    """The visits that places declared; the twin of a month is the same one a year before, declared too."""
    now, before = attendance_month, attendance_month.alias("before")
    is_twin = and_(
        before.c.place_id == now.c.place_id, before.c.month == now.c.month - A_YEAR, before.c.unit == now.c.unit
    )
    seated = placed.c.seats > 0  # without a seat, no visits per seat: left out as if its seats were not known
    sums = _NOTHING | {
        "value": func.sum(now.c.value),
        "reports": func.count(),
        "seated_value": func.sum(case((seated, now.c.value))),
        "seats": func.sum(case((seated, placed.c.seats))),
        "twin_now": func.sum(case((before.c.place_id.is_not(None), now.c.value))),
        "twin_before": func.sum(before.c.value),
    }
    rows = now.join(placed, placed.c.place_id == now.c.place_id).outerjoin(before, is_twin)
    return _by_month(placed.c.scope, now.c.month, sums).select_from(rows).where(*VISITS.only(now.c))


def _expected(placed: CTE) -> Select[Any]:
    """The places labelled during the month, and those of them that declared in each unit."""
    answered = {
        f"answered_{unit}": func.sum(case((label_month.c.answers.bitwise_and(1 << UNITS.index(unit)) != 0, 1), else_=0))
        for unit in _UNITS
    }
    rows = label_month.join(placed, placed.c.place_id == label_month.c.place_id)
    sums = _NOTHING | answered | {"expected": func.count()}
    return _by_month(placed.c.scope, label_month.c.month, sums).select_from(rows)


def _by_month(
    scope_: ColumnElement[int], month: ColumnElement[int], sums: Mapping[str, ColumnElement[Any]]
) -> Select[Any]:
    return select(scope_, month, *(sums[name].label(name) for name in SUMMED)).group_by(scope_, month)


def _add_totals(connection: Connection, query: Select[Any]) -> None:
    connection.execute(insert(attendance_total).from_select(["scope", "month", *SUMMED], query))


def _add_coarser_scopes(connection: Connection, cut: Cut, finer: Cut) -> None:
    """The scopes of a cut, from those of one that keeps more."""
    names = _kept(cut)
    kept = (attendance_scope.c[name] for name in names)
    groups = select(*kept).where(attendance_scope.c.cut == finer.number).distinct().subquery("groups")
    number = func.row_number().over(order_by=list(groups.c)) + cut.number * SCOPES
    columns = (groups.c[name] if name in names else literal("") for name in KEPT)
    scopes = select(literal(cut.number), number, *columns).select_from(groups)
    connection.execute(insert(attendance_scope).from_select(["cut", "scope", *KEPT], scopes))


def _add_coarser_totals(connection: Connection, cut: Cut, finer: Cut) -> None:
    """The rows of a cut, from those of one that keeps more."""
    wide, fine, rows = attendance_scope.alias("wide"), attendance_scope.alias("fine"), attendance_total.c
    key = (wide.c.scope, rows.month)
    _add_totals(
        connection,
        select(*key, *(func.sum(rows[name]) for name in SUMMED))
        .select_from(fine)
        .join(wide, and_(wide.c.cut == cut.number, *(wide.c[name] == fine.c[name] for name in _kept(cut))))
        .join(attendance_total, rows.scope == fine.c.scope)
        .where(fine.c.cut == finer.number)
        .group_by(*key),
    )


def _kept(cut: Cut) -> tuple[str, ...]:
    return ("dep", *cut.keeps)
