"""The value of any indicator for any selection, whole or broken down: one way for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Select,
    and_,
    column,
    func,
    or_,
    select,
    type_coerce,
    values,
)

from data.indicators import GROUPINGS, Grouping, Indicator, Measure, Ratio
from data.indicators.facts import NOWHERE
from data.schema import commune
from data.selection import FILTERS, Known, Selection
from data.types import (
    Day,
    day_number,
    day_of,
    month_after,
    month_end,
    month_number,
    month_of,
    months_between,
    year_of,
)

UNPLACED = "non-localise"


@dataclass(frozen=True)
class Reading:
    """A value (None when it cannot be computed, with the reason, in French)."""

    value: float | int | None
    reason: str | None = None


def read_value(connection: Connection, indicator: Indicator, selection: Selection) -> Reading:
    """The indicator over the whole selection."""
    measure, rows = indicator.measure, rows_of(indicator.measure, selection)
    query = select(*_parts(measure, rows)).select_from(rows).where(*conditions(measure, rows, selection))
    return _reading(measure, connection.execute(query).one())


def rows_of(measure: Measure, selection: Selection) -> FromClause:
    """The rows to aggregate: the roll-up, unless a filter needs a column that it gave up."""
    fact = measure.fact
    given_up = {column.name for column in fact.detail.c} - {column.name for column in fact.rows.c}
    return fact.detail if selection.needs() & given_up else fact.rows


def groupings_of(indicator: Indicator) -> tuple[Grouping, ...]:
    """The groupings that the indicator's facts allow."""
    columns = indicator.measure.fact.rows.c
    return tuple(one for one in GROUPINGS if one.period or one.column in columns)


def read_by(
    connection: Connection, indicator: Indicator, selection: Selection, grouping: Grouping, known: Known
) -> dict[str, Reading]:
    """The indicator for each key of the grouping.

    Every territory or code of the selection is there (0 for counts, None for what is unknown); facts without one are
    under `non-localise`. Periods run without a gap; a stock is read at the end of each, `until` at the latest.
    """
    if grouping.period:
        return _by_period(connection, indicator.measure, selection, grouping)
    measure, rows = indicator.measure, rows_of(indicator.measure, selection)
    key = rows.c[grouping.column]
    answer = connection.execute(
        select(key, *_parts(measure, rows)).select_from(rows).where(*conditions(measure, rows, selection)).group_by(key)
    ).all()
    one = next(one for one in FILTERS if one.key == grouping.filter)
    found = {UNPLACED if row[0] == NOWHERE else one.code_of(row[0]): _reading(measure, row[1:]) for row in answer}
    nothing = _reading(measure, (None, None))
    keys = _keys(connection, selection, grouping, known)
    extra = sorted(set(found) - set(keys) - {UNPLACED})
    last = [UNPLACED] if UNPLACED in found else []
    return {code: found.get(code, nothing) for code in (*keys, *extra, *last)}


def conditions(measure: Measure, rows: FromClause, selection: Selection) -> list[ColumnElement[bool]]:
    """SQL: those of the rows (roll-up, detail or proof) that the measure counts and the selection keeps."""
    columns = rows.c
    return [
        *measure.only(columns),
        *selection.where(columns, measure.fixed),
        *within(measure.fact.time, columns, selection.since, selection.until),
    ]


def within(time: str, columns: Any, since: date | None, until: date) -> list[ColumnElement[bool]]:
    """SQL: the rows in force at `until` (a stock), or dated from `since` to `until`, both included (a flow)."""
    if time == "stock":
        return [columns.started <= until, or_(columns.ended.is_(None), columns.ended > until)]
    if time == "day":
        return [columns.day <= until, *([columns.day >= since] if since else [])]
    first, last = whole_months(since, until)
    return [columns.month <= last, *([columns.month >= first] if first else [])]


def whole_months(since: date | None, until: date) -> tuple[int | None, int]:
    """The first and last month that lie wholly between two days (the first is None when the start is open)."""
    last = month_number(until)
    if month_end(last) > until:
        last = month_after(last, -1)
    if since is None:
        return None, last
    first = month_number(since)
    return (first if since.day == 1 else month_after(first, 1)), last


def _parts(measure: Measure, rows: FromClause) -> list[ColumnElement[Any]]:
    value = measure.value
    return [value.of(rows.c), value.to(rows.c)] if isinstance(value, Ratio) else [value.of(rows.c)]


def _reading(measure: Measure, row: Any) -> Reading:
    value = measure.value
    if isinstance(value, Ratio):
        return Reading(float(row[0] or 0) / float(row[1])) if row[1] else Reading(None, value.reason)
    if row[0] is None:
        return Reading(value.empty, value.reason or None)
    return Reading(float(row[0]) if isinstance(row[0], Decimal | float) else int(row[0]))


def _keys(connection: Connection, selection: Selection, grouping: Grouping, known: Known) -> list[str]:
    if grouping.column in ("dep", "epci"):
        column_ = commune.c[grouping.column]
        places = select(column_).where(*selection.where(commune.c)).distinct().order_by(column_)
        return list(connection.scalars(places))
    chosen = selection.codes(grouping.filter)
    return [option.code for option in known.options[grouping.filter] if not chosen or option.code in chosen]


def _by_period(
    connection: Connection, measure: Measure, selection: Selection, grouping: Grouping
) -> dict[str, Reading]:
    if measure.fact.time == "stock":
        return _stock_by_period(connection, measure, selection, grouping)
    rows = rows_of(measure, selection)
    if measure.fact.time == "day":
        period = year_of(rows.c.day) if grouping.period == "year" else month_of(rows.c.day)
    else:
        period = rows.c.month // 100 if grouping.period == "year" else rows.c.month + 0
    answer = connection.execute(
        select(period, *_parts(measure, rows))
        .select_from(rows)
        .where(*conditions(measure, rows, selection))
        .group_by(period)
    ).all()
    found = {int(row[0]): _reading(measure, row[1:]) for row in answer}
    if not found and selection.since is None:
        return {}
    last = selection.until if measure.fact.time == "day" else day_of(whole_months(None, selection.until)[1] * 100 + 1)
    start = selection.since or _period_start(min(found))
    nothing = _reading(measure, (None, None))
    return {_period_key(p): found.get(p, nothing) for p in _periods(start, last, grouping)}


def _period_start(period: int) -> date:
    return date(period, 1, 1) if period < 10_000 else day_of(period * 100 + 1)


def _periods(start: date, last: date, grouping: Grouping) -> list[int]:
    if grouping.period == "year":
        return list(range(start.year, last.year + 1))
    return months_between(month_number(start), month_number(last))


def _period_key(period: int) -> str:
    return str(period) if period < 10_000 else f"{period // 100}-{period % 100:02d}"


def _stock_by_period(
    connection: Connection, measure: Measure, selection: Selection, grouping: Grouping
) -> dict[str, Reading]:
    rows = rows_of(measure, selection)
    narrowed = [*measure.only(rows.c), *selection.where(rows.c, measure.fixed)]
    start = selection.since or connection.scalar(select(func.min(rows.c.started)).where(*narrowed))
    if start is None or start > selection.until:
        return {}
    ends = {}
    for period in _periods(start, selection.until, grouping):
        end = date(period, 12, 31) if grouping.period == "year" else month_end(period)
        ends[_period_key(period)] = min(end, selection.until)
    found = read_stock_at(connection, measure, selection, list(ends.values()))
    return {key: found[end] for key, end in ends.items()}


def read_stock_at(
    connection: Connection, measure: Measure, selection: Selection, days: list[date]
) -> dict[date, Reading]:
    """A stock at each of several days, in one query."""
    rows = rows_of(measure, selection)
    at = values(column("at", Integer), name="at_days").data([(day_number(day),) for day in days]).cte("at_days")
    in_force = and_(
        type_coerce(rows.c.started, Integer) <= at.c.at,
        or_(rows.c.ended.is_(None), type_coerce(rows.c.ended, Integer) > at.c.at),
    )
    query: Select[Any] = (
        select(type_coerce(at.c.at, Day()), *_parts(measure, rows))
        .select_from(rows)
        .join(at, in_force)
        .where(*measure.only(rows.c), *selection.where(rows.c, measure.fixed))
        .group_by(at.c.at)
    )
    found = {row[0]: _reading(measure, row[1:]) for row in connection.execute(query)}
    nothing = _reading(measure, (None, None))
    return {day: found.get(day, nothing) for day in days}
