"""The value of a measure for a selection: which rows are read, which are kept, and how they are summed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    func,
)

from data.cube import slice_condition
from data.facts.suppression import is_published
from data.model.facts import Measure, MeasuredValue, Ratio
from data.selection import Selection
from data.selection.periods import time_conditions


def rows_to_aggregate(measure: Measure, selection: Selection) -> FromClause:
    """The rows to aggregate: the roll-up, unless a filter needs a column that it gave up."""
    fact = measure.fact
    given_up = {column.name for column in fact.detail.c} - {column.name for column in fact.rows.c}
    return fact.detail if selection.narrowed_columns() & given_up else fact.rows


def measure_conditions(measure: Measure, rows: FromClause, selection: Selection, *by: str) -> list[ColumnElement[bool]]:
    """SQL: conditions of the rows (roll-up, detail or proof) that the measure counts, in the filters and period of the
    selection.

    `by` are the columns of a breakdown (`month` for one by month, `day` by day): with the filters they choose the
    grouping set.
    """
    fact = measure.fact
    if fact.cube and rows is fact.rows:
        dated = [slice_condition(fact.cube, rows.c, selection, by)]
    else:
        dated = time_conditions(fact.time, rows.c, selection.since, selection.until)
        if measure.disclosure:
            dated.append(is_published(rows.c, measure.disclosure, selection))
    return [*undated_measure_conditions(measure, rows, selection), *dated]


def undated_measure_conditions(measure: Measure, rows: FromClause, selection: Selection) -> list[ColumnElement[bool]]:
    """SQL: conditions of the rows that the measure counts, in the filters of the selection, whatever the period."""
    return [*measure.conditions_on(rows), *selection.where(rows.c, measure.fact.filters, measure.fixed_columns)]


def aggregate_columns(measure: Measure, rows: FromClause) -> list[ColumnElement[Any]]:
    """SQL: the two columns that `measured_value` reads: total and number of rows, or numerator and denominator."""
    value = measure.value
    return [value.aggregate(rows.c), value.denominator(rows.c) if isinstance(value, Ratio) else func.count()]


def measured_value(measure: Measure, row: Any) -> MeasuredValue:
    """The value of a measure from the two columns of `aggregate_columns`."""
    value = measure.value
    if isinstance(value, Ratio):
        return MeasuredValue(float(row[0] or 0) / float(row[1])) if row[1] else MeasuredValue(None, value.reason)
    if row[0] is None:
        empty = None if row[1] else value.empty
        return MeasuredValue(empty, value.reason if empty is None else None)
    return MeasuredValue(float(row[0]) if isinstance(row[0], Decimal | float) else int(row[0]))


def value_without_rows(measure: Measure) -> MeasuredValue:
    """The value of a measure over no row."""
    return measured_value(measure, (None, 0))
