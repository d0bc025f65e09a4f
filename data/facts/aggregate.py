"""The value of a measure for a selection: which rows are read, which are kept, and how they are summed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    func,
)

from data.cube import slice_of
from data.facts.suppression import is_published
from data.model.facts import Measure, MeasuredValue, Ratio
from data.selection import Selection
from data.selection.periods import period_conditions


def rows_of(measure: Measure, selection: Selection) -> FromClause:
    """The rows to aggregate: the roll-up, unless a filter needs a column that it gave up."""
    fact = measure.fact
    given_up = {column.name for column in fact.detail.c} - {column.name for column in fact.rows.c}
    return fact.detail if selection.needs() & given_up else fact.rows


def conditions(measure: Measure, rows: FromClause, selection: Selection, *by: str) -> list[ColumnElement[bool]]:
    """SQL: those of the rows (roll-up, detail or proof) that the measure counts and the selection keeps.

    `by` are the columns of a breakdown (`month` of one by month, `day` by day): they say which grouping set to read.
    """
    fact = measure.fact
    if fact.cube and rows is fact.rows:
        dated = [slice_of(fact.cube, rows.c, selection, by)]
    else:
        dated = period_conditions(fact.time, rows.c, selection.since, selection.until)
        if measure.disclosure:
            dated.append(is_published(rows.c, measure.disclosure, selection))
    return [*measured_rows(measure, rows, selection), *dated]


def measured_rows(measure: Measure, rows: FromClause, selection: Selection) -> list[ColumnElement[bool]]:
    """SQL: those that the measure counts and the filters keep, whatever the period."""
    return [*measure.measured_rows(rows), *selection.where(rows.c, measure.fact.filters, measure.fixed)]


def parts_of(measure: Measure, rows: FromClause) -> list[ColumnElement[Any]]:
    """The two columns that `reading_of` reads: a total and its number of rows, or the two sides of a ratio."""
    value = measure.value
    return [value.of(rows.c), value.to(rows.c) if isinstance(value, Ratio) else func.count()]


def reading_of(measure: Measure, row: Any) -> MeasuredValue:
    """What the two columns of `parts_of` say."""
    value = measure.value
    if isinstance(value, Ratio):
        return MeasuredValue(float(row[0] or 0) / float(row[1])) if row[1] else MeasuredValue(None, value.reason)
    if row[0] is None:
        empty = None if row[1] else value.empty
        return MeasuredValue(empty, value.reason if empty is None else None)
    return MeasuredValue(float(row[0]) if isinstance(row[0], Decimal | float) else int(row[0]))


def nothing_of(measure: Measure) -> MeasuredValue:
    """What the measure is over no row at all."""
    return reading_of(measure, (None, 0))
