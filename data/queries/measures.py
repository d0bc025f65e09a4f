"""The value of a measure for a selection."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from sqlalchemy import (
    Connection,
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

from data.engine import cached_on_snapshot
from data.facts.aggregate import conditions, measured_rows, nothing_of, parts_of, reading_of, rows_of
from data.model.facts import Measure, MeasuredValue
from data.queries.suppression import count_places, note_omission
from data.selection import Selection
from data.types import Day, day_number


@cached_on_snapshot
def read_measure(connection: Connection, measure: Measure, selection: Selection) -> MeasuredValue:
    """The measure over the whole selection."""
    rows = rows_of(measure, selection)
    query = select(*parts_of(measure, rows)).select_from(rows).where(*conditions(measure, rows, selection))
    reading = reading_of(measure, connection.execute(query).one())
    return note_omissions(connection, measure, selection, "", {"": reading})[""]


def note_omissions(
    connection: Connection, measure: Measure, selection: Selection, by: str, readings: Mapping[Any, MeasuredValue]
) -> dict[Any, MeasuredValue]:
    """Readings by the database's key of a breakdown (`""`: the whole), which say what a confidential measure omits."""
    if measure.disclosure is None:
        return dict(readings)
    places = count_places(connection, measure.disclosure, selection, *([by] if by else []))
    return {key: note_omission(reading, places.get((key,) if by else (), 0)) for key, reading in readings.items()}


def count_lines(connection: Connection, measure: Measure, selection: Selection) -> int:
    """How many single rows a measure counts, of a fact whose roll-up says it."""
    return sum(read_lines(connection, measure, selection, "year").values())


Period = Literal["year", "month", "day"]
PERIODS: dict[Period, int] = {"year": 10_000, "month": 100, "day": 1}  # by what a day is divided to be of one


@cached_on_snapshot
def read_lines(connection: Connection, measure: Measure, selection: Selection, by: Period) -> dict[int, int]:
    """The same for each year (2020), month (202012) or day (20201231) with any."""
    rows = rows_of(measure, selection)
    period = type_coerce(rows.c.day, Integer) // PERIODS[by]
    lines = measure.lines(rows.c) if measure.lines else func.sum(rows.c.lines)
    query = select(period, lines).where(*conditions(measure, rows, selection, by)).group_by(period)
    return {int(period_): int(lines_ or 0) for period_, lines_ in connection.execute(query)}


def read_stock_at(
    connection: Connection, measure: Measure, selection: Selection, days: list[date]
) -> dict[date, MeasuredValue]:
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
        .where(*measured_rows(measure, rows, selection))
        .group_by(at.c.at)
    )
    found = {row[0]: reading_of(measure, row[1:]) for row in connection.execute(query)}
    return {day: found.get(day, nothing_of(measure)) for day in days}


def read_parts(connection: Connection, measure: Measure, selection: Selection) -> tuple[float, float]:
    """The two sides of a ratio (0 for nothing), or a total and its number of rows."""
    rows = rows_of(measure, selection)
    query = select(*parts_of(measure, rows)).select_from(rows).where(*conditions(measure, rows, selection))
    first, second = connection.execute(query).one()
    return float(first or 0), float(second or 0)
