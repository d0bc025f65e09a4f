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
from data.facts.aggregate import (
    aggregate_columns,
    measure_conditions,
    measured_value,
    rows_to_aggregate,
    undated_measure_conditions,
    value_without_rows,
)
from data.model.facts import Measure, MeasuredValue
from data.queries.suppression import count_omitted_places, with_omission_note
from data.selection import Selection
from data.types import Day, day_number


@cached_on_snapshot
def read_measure(connection: Connection, measure: Measure, selection: Selection) -> MeasuredValue:
    """The value of a measure over the whole selection."""
    rows = rows_to_aggregate(measure, selection)
    query = (
        select(*aggregate_columns(measure, rows)).select_from(rows).where(*measure_conditions(measure, rows, selection))
    )
    reading = measured_value(measure, connection.execute(query).one())
    return with_omission_notes(connection, measure, selection, "", {"": reading})[""]


def with_omission_notes(
    connection: Connection, measure: Measure, selection: Selection, by: str, readings: Mapping[Any, MeasuredValue]
) -> dict[Any, MeasuredValue]:
    """Values by key of a breakdown (`""`: the whole) with the note of the private places that a confidential measure
    omits.
    """
    if measure.disclosure is None:
        return dict(readings)
    places = count_omitted_places(connection, measure.disclosure, selection, *([by] if by else []))
    return {key: with_omission_note(reading, places.get((key,) if by else (), 0)) for key, reading in readings.items()}


def count_single_rows(connection: Connection, measure: Measure, selection: Selection) -> int:
    """The number of single rows that a measure counts, from a roll-up with `lines`."""
    return sum(read_single_row_counts(connection, measure, selection, "year").values())


PeriodUnit = Literal["year", "month", "day"]
PERIOD_DIVISORS: dict[PeriodUnit, int] = {
    "year": 10_000,
    "month": 100,
    "day": 1,
}  # by what a day is divided to be of one


@cached_on_snapshot
def read_single_row_counts(
    connection: Connection, measure: Measure, selection: Selection, by: PeriodUnit
) -> dict[int, int]:
    """The number of single rows by year (2020), month (202012) or day (20201231), for those with any."""
    rows = rows_to_aggregate(measure, selection)
    period = type_coerce(rows.c.day, Integer) // PERIOD_DIVISORS[by]
    lines = measure.line_count(rows.c) if measure.line_count else func.sum(rows.c.lines)
    query = select(period, lines).where(*measure_conditions(measure, rows, selection, by)).group_by(period)
    return {int(period_): int(lines_ or 0) for period_, lines_ in connection.execute(query)}


def read_stock_at(
    connection: Connection, measure: Measure, selection: Selection, days: list[date]
) -> dict[date, MeasuredValue]:
    """The value of a stock on each of several days, in one query."""
    rows = rows_to_aggregate(measure, selection)
    days_table = values(column("at", Integer), name="at_days").data([(day_number(day),) for day in days]).cte("at_days")
    in_force = and_(
        type_coerce(rows.c.started, Integer) <= days_table.c.at,
        or_(rows.c.ended.is_(None), type_coerce(rows.c.ended, Integer) > days_table.c.at),
    )
    query: Select[Any] = (
        select(type_coerce(days_table.c.at, Day()), *aggregate_columns(measure, rows))
        .select_from(rows)
        .join(days_table, in_force)
        .where(*undated_measure_conditions(measure, rows, selection))
        .group_by(days_table.c.at)
    )
    values_by_day = {row[0]: measured_value(measure, row[1:]) for row in connection.execute(query)}
    return {day: values_by_day.get(day, value_without_rows(measure)) for day in days}


def read_ratio_terms(connection: Connection, measure: Measure, selection: Selection) -> tuple[float, float]:
    """Numerator and denominator of a ratio (0 for null), or a total and its number of rows."""
    rows = rows_to_aggregate(measure, selection)
    query = (
        select(*aggregate_columns(measure, rows)).select_from(rows).where(*measure_conditions(measure, rows, selection))
    )
    first, second = connection.execute(query).one()
    return float(first or 0), float(second or 0)
