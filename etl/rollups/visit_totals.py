"""The sums of attendance by month, as pages read them: each grouping set, less what its level leaves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    MetaData,
    Select,
    SmallInteger,
    Subquery,
    Table,
    and_,
    case,
    func,
    insert,
    literal,
    select,
    true,
    type_coerce,
    union_all,
)

from data.codes import UNITS
from data.cube import GroupingSet
from data.facts.attendance import A_YEAR, ATTENDANCE_SUMS
from data.facts.scope import scope
from data.facts.suppression import EVERY_LEVEL
from data.schema import (
    attendance_month,
    commune,
    label_month,
    live,
    place_version,
)
from data.types import Coded
from etl.rollups.cube import FineRows, fill
from etl.rollups.statistics import analyze_tables
from etl.rollups.suppression import level_rows, suppressed_month

DEFAULT_UNIT = "visits"  # its response rate is known even when nobody declared
_FINE = (*ATTENDANCE_SUMS.measures, "pairs")
_UNKNOWN_WITHOUT = {  # a sum -> the count without which it is unknown, and not zero
    "value": "reports",
    "seated_value": "seats",
    "seats": "seats",
    "twin_now": "pairs",
    "twin_before": "pairs",
}

fine_total = Table(
    "fine_total",
    MetaData(),
    Column("level", SmallInteger, primary_key=True, autoincrement=False),
    Column("place_group", Integer, primary_key=True, autoincrement=False),
    Column("unit", Coded(UNITS), primary_key=True, autoincrement=False),
    Column("month", Integer, primary_key=True, autoincrement=False),
    *(Column(name, BigInteger, nullable=False) for name in _FINE),
    prefixes=["TEMPORARY"],
    postgresql_on_commit="DROP",
    sqlite_with_rowid=False,
)
"""The sums of each group of places that share every dimension: of every declaration (level 0) and, negative, of those
that a level leaves out. `pairs` counts the declarations with a twin a year before.
"""


def refresh_totals(connection: Connection) -> None:
    """Compute `attendance_total` again. `suppression.refresh` comes first."""
    units = _units(connection)
    _fill_fine_totals(connection, units)
    fill(connection, ATTENDANCE_SUMS, lambda chosen: [_of_level(chosen)], {"unit": units})


def _placed() -> CTE:
    """The tiers-lieux with the number of their group: months are grouped by it, and not by four texts."""
    dimensions = scope(place_version.c.holder_type, place_version.c.typologies)
    return (
        select(
            place_version.c.place_id,
            place_version.c.seats,
            *dimensions,
            func.dense_rank().over(order_by=dimensions).label("place_group"),
        )
        .join(commune, commune.c.code == place_version.c.commune)
        .where(live(place_version))
        .cte("placed")
    )


def _of_level(chosen: GroupingSet) -> FineRows:
    """Every declaration with its dimensions, less what the level of a set leaves out."""
    placed = _placed().c
    groups = select(placed.place_group, *(placed[name] for name in ATTENDANCE_SUMS.dimensions)).distinct()
    group = groups.subquery("place_groups")
    rows = (
        select(fine_total, *(group.c[name] for name in ATTENDANCE_SUMS.dimensions))
        .join(group, group.c.place_group == fine_total.c.place_group)
        .where(fine_total.c.level.in_([EVERY_LEVEL, chosen.level]))
        .subquery("fine")
    )
    sums: dict[str, ColumnElement[Any]] = {name: func.sum(rows.c[name]) for name in _FINE}
    unknown = {name: case((sums[count] > 0, sums[name])) for name, count in _UNKNOWN_WITHOUT.items()}
    return FineRows(rows, rows.c.month, {name: (sums | unknown)[name] for name in ATTENDANCE_SUMS.measures})


def _fill_fine_totals(connection: Connection, declared_units: Sequence[str]) -> None:
    """Every declaration once, then, for each level, those that it leaves out."""
    connection.exec_driver_sql('DROP TABLE IF EXISTS "fine_total"')
    fine_total.create(connection)
    placed = _placed()
    units = union_all(*(select(literal(unit, Coded(UNITS)).label("unit")) for unit in declared_units)).subquery("units")
    here = attendance_month.join(placed, placed.c.place_id == attendance_month.c.place_id)
    awaited = label_month.join(placed, placed.c.place_id == label_month.c.place_id).join(units, true())
    every = literal(EVERY_LEVEL).label("level")
    _add_fine(connection, _declared(placed, here, every), _expected(placed, awaited, units, every))

    hidden, levels = suppressed_month.c, level_rows()
    of_month = and_(
        hidden.place_id == attendance_month.c.place_id,
        hidden.month == attendance_month.c.month,
        hidden.unit == type_coerce(attendance_month.c.unit, SmallInteger),
    )
    of_label = and_(hidden.place_id == label_month.c.place_id, hidden.month == label_month.c.month, hidden.unit == 0)
    by_kind = {name: hidden[name].bitwise_and(levels.c.bit) != 0 for name in ("declared", "seated", "paired")}
    some = hidden.declared.bitwise_or(hidden.seated).bitwise_or(hidden.paired).bitwise_and(levels.c.bit) != 0
    _add_fine(
        connection,
        _declared(placed, here.join(suppressed_month, of_month).join(levels, some), levels.c.level, by_kind),
        _expected(
            placed,
            awaited.join(suppressed_month, of_label).join(levels, hidden.expected.bitwise_and(levels.c.bit) != 0),
            units,
            levels.c.level,
        ),
        sign=-1,
    )
    analyze_tables(connection, fine_total)


def _units(connection: Connection) -> list[str]:
    """The units in which something was declared."""
    return sorted({DEFAULT_UNIT, *connection.scalars(select(attendance_month.c.unit).distinct())})


def _declared(
    placed: CTE, rows: FromClause, level: ColumnElement[int], by_kind: Mapping[str, ColumnElement[bool]] | None = None
) -> Select[Any]:
    """What places declared; the twin of a month is the same one a year before, declared too. `by_kind` narrows what is
    summed to what a level leaves out of each kind of figure.
    """
    now, before = attendance_month.c, attendance_month.alias("before")
    is_twin = and_(before.c.place_id == now.place_id, before.c.month == now.month - A_YEAR, before.c.unit == now.unit)
    only = by_kind or {"declared": true(), "seated": true(), "paired": true()}
    seated = and_(only["seated"], placed.c.seats > 0)  # without a seat: left out as if its seats were not known
    paired = and_(only["paired"], before.c.place_id.is_not(None))
    sums = {
        "value": case((only["declared"], now.value), else_=0),
        "reports": case((only["declared"], 1), else_=0),
        "seated_value": case((seated, now.value), else_=0),
        "seats": case((seated, placed.c.seats), else_=0),
        "pairs": case((paired, 1), else_=0),
        "twin_now": case((paired, now.value), else_=0),
        "twin_before": case((paired, before.c.value), else_=0),
    }
    return _by_month([level, placed.c.place_group, now.unit, now.month], sums).select_from(
        rows.outerjoin(before, is_twin)
    )


def _expected(placed: CTE, rows: FromClause, units: Subquery, level: ColumnElement[int]) -> Select[Any]:
    """The places labelled during the month, and those of them that declared in each unit."""
    unit = type_coerce(units.c.unit, Integer)
    answered = case((label_month.c.answers.bitwise_and(literal(1).bitwise_lshift(unit)) != 0, 1), else_=0)
    key = [level, placed.c.place_group, units.c.unit, label_month.c.month]
    return _by_month(key, {"expected": literal(1), "answered": answered}).select_from(rows)


def _by_month(key: Sequence[ColumnElement[Any]], sums: Mapping[str, ColumnElement[Any]]) -> Select[Any]:
    summed = (func.sum(sums[name]) if name in sums else literal(0) for name in _FINE)
    return select(*key, *(one.label(name) for name, one in zip(_FINE, summed, strict=True))).group_by(*key)


def _add_fine(connection: Connection, declared: Select[Any], expected: Select[Any], sign: int = 1) -> None:
    halves = union_all(declared, expected).subquery("halves").c
    key = [halves.level, halves.place_group, halves.unit, halves.month]
    query = select(*key, *(func.sum(halves[name]) * sign for name in _FINE)).group_by(*key)
    connection.execute(insert(fine_total).from_select([column.name for column in fine_total.c], query))
