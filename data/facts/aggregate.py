"""The value of a measure for a selection: which rows are read, which are kept, and how they are summed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

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

from data.engine import once
from data.facts.model import Measure, Ratio, Reading
from data.selection import Selection
from data.types import Day, day_number, day_of, month_after, month_end, month_number


@once
def read_measure(connection: Connection, measure: Measure, selection: Selection) -> Reading:
    """The measure over the whole selection."""
    rows = rows_of(measure, selection)
    query = select(*parts_of(measure, rows)).select_from(rows).where(*conditions(measure, rows, selection))
    reading = reading_of(measure, connection.execute(query).one())
    return omitting(connection, measure, selection, "", {"": reading})[""]


def omitting(
    connection: Connection, measure: Measure, selection: Selection, by: str, readings: Mapping[Any, Reading]
) -> dict[Any, Reading]:
    """Readings by the database's key of a breakdown (`""`: the whole), which say what a confidential measure omits."""
    if measure.disclosure is None:
        return dict(readings)
    places = measure.disclosure.count_places(connection, selection, by)
    return {key: measure.disclosure.omit(reading, places.get(key, 0)) for key, reading in readings.items()}


def count_lines(connection: Connection, measure: Measure, selection: Selection) -> int:
    """How many single rows a measure counts, of a fact whose roll-up says it."""
    return sum(read_lines(connection, measure, selection, "year").values())


Period = Literal["year", "month", "day"]
PERIODS: dict[Period, int] = {"year": 10_000, "month": 100, "day": 1}  # by what a day is divided to be of one


@once
def read_lines(connection: Connection, measure: Measure, selection: Selection, by: Period) -> dict[int, int]:
    """The same for each year (2020), month (202012) or day (20201231) with any."""
    rows = rows_of(measure, selection)
    period = type_coerce(rows.c.day, Integer) // PERIODS[by]
    lines = measure.lines(rows.c) if measure.lines else func.sum(rows.c.lines)
    query = select(period, lines).where(*conditions(measure, rows, selection, by)).group_by(period)
    return {int(period_): int(lines_ or 0) for period_, lines_ in connection.execute(query)}


def rows_of(measure: Measure, selection: Selection) -> FromClause:
    """The rows to aggregate: the roll-up, unless a filter needs a column that it gave up."""
    fact = measure.fact
    given_up = {column.name for column in fact.detail.c} - {column.name for column in fact.rows.c}
    return fact.detail if selection.needs() & given_up else fact.rows


def conditions(measure: Measure, rows: FromClause, selection: Selection, *by: str) -> list[ColumnElement[bool]]:
    """SQL: those of the rows (roll-up, detail or proof) that the measure counts and the selection keeps.

    `by` are the columns of a breakdown (`month` of one by month, `day` by day): they say which cut to read.
    """
    fact = measure.fact
    if fact.cut and rows is fact.rows:
        dated = list(fact.cut(selection, frozenset(by)))
    else:
        dated = within(fact.time, rows.c, selection.since, selection.until)
        if measure.disclosure:
            dated.append(measure.disclosure.publishes(rows.c, selection))
    return [*counted(measure, rows, selection), *dated]


def counted(measure: Measure, rows: FromClause, selection: Selection) -> list[ColumnElement[bool]]:
    """SQL: those that the measure counts and the filters keep, whatever the period."""
    return [*measure.counted(rows), *selection.where(rows.c, measure.fact.filters, measure.fixed)]


def within(time: str, columns: Any, since: date | None, until: date) -> list[ColumnElement[bool]]:
    """SQL: the rows in force at `until` (a stock), or dated from `since` to `until`, both included (a flow)."""
    if time == "undated":
        return []
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


def over_months(selection: Selection, first: int, last: int) -> Selection:
    """The selection over whole months, both included."""
    return replace(selection, since=day_of(first * 100 + 1), until=month_end(last), until_given=True)


def year_before(day: date) -> date:
    """The same day a year earlier (28 February for a 29th)."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def over_year(selection: Selection) -> Selection:
    """The selection over the twelve months to `until`, wherever its period begins."""
    return replace(selection, since=year_before(selection.until) + timedelta(days=1), until_given=True)


def parts_of(measure: Measure, rows: FromClause) -> list[ColumnElement[Any]]:
    """The two columns that `reading_of` reads: a total and its number of rows, or the two sides of a ratio."""
    value = measure.value
    return [value.of(rows.c), value.to(rows.c) if isinstance(value, Ratio) else func.count()]


def reading_of(measure: Measure, row: Any) -> Reading:
    """What the two columns of `parts_of` say."""
    value = measure.value
    if isinstance(value, Ratio):
        return Reading(float(row[0] or 0) / float(row[1])) if row[1] else Reading(None, value.reason)
    if row[0] is None:
        empty = None if row[1] else value.empty
        return Reading(empty, value.reason if empty is None else None)
    return Reading(float(row[0]) if isinstance(row[0], Decimal | float) else int(row[0]))


def nothing_of(measure: Measure) -> Reading:
    """What the measure is over no row at all."""
    return reading_of(measure, (None, 0))


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
        select(type_coerce(at.c.at, Day()), *parts_of(measure, rows))
        .select_from(rows)
        .join(at, in_force)
        .where(*counted(measure, rows, selection))
        .group_by(at.c.at)
    )
    found = {row[0]: reading_of(measure, row[1:]) for row in connection.execute(query)}
    return {day: found.get(day, nothing_of(measure)) for day in days}


def at_date(selection: Selection, day: date) -> Selection:
    """The same selection, read at another date."""
    return replace(selection, until=day, until_given=True)
