"""Measures by group, all groups in one query."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    select,
)

from data.engine import cached_on_snapshot
from data.facts.aggregate import (
    aggregate_columns,
    measure_conditions,
    measured_value,
    rows_to_aggregate,
    value_without_rows,
)
from data.model.facts import Measure, MeasuredValue
from data.model.groups import WHOLE_KEY, GroupKey, Groups
from data.queries.measures import read_measure, read_stock_at, with_omission_notes


@cached_on_snapshot
def read_measure_by_group(connection: Connection, measure: Measure, groups: Groups) -> dict[GroupKey, MeasuredValue]:
    """The value of a measure for each group."""
    if measure.fact.time == "stock" and groups.period:
        values_by_day = read_stock_at(
            connection, measure, groups.selection, [part.until for _key, part in groups.parts]
        )
        return groups.map_groups(lambda _key, part: values_by_day[part.until])
    rows = rows_to_aggregate(measure, groups.selection)
    if groups.key_column(rows, measure.fact.time) is None:
        return groups.fill_groups(
            {WHOLE_KEY: read_measure(connection, measure, groups.selection)}, value_without_rows(measure)
        )
    sums = read_sums_by_key(connection, measure, groups, lambda rows: aggregate_columns(measure, rows))
    readings = {key: measured_value(measure, row) for key, row in sums.items()}
    readings = with_omission_notes(connection, measure, groups.selection, groups.column or groups.period, readings)
    return groups.fill_groups(readings, value_without_rows(measure))


def read_sums_by_key(
    connection: Connection,
    measure: Measure,
    groups: Groups,
    sums: Callable[[FromClause], Iterable[ColumnElement[Any]]],
) -> dict[GroupKey, Any]:
    """Sums over the rows that a measure of a flow counts, by group key: of every key with rows, even outside the
    groups.
    """
    rows = rows_to_aggregate(measure, groups.selection)
    key = groups.key_column(rows, measure.fact.time)
    by = (groups.column or groups.period,) if key is not None else ()
    conditions = measure_conditions(measure, rows, groups.selection, *by)
    return execute_by_key(connection, key, select(*sums(rows)).select_from(rows).where(*conditions))


def execute_by_key(connection: Connection, key: ColumnElement[Any] | None, query: Select[Any]) -> dict[GroupKey, Any]:
    """Rows of a query of sums by group key; without a key column, its only row under `WHOLE_KEY`."""
    if key is None:
        return {WHOLE_KEY: connection.execute(query).one()}
    answer = connection.execute(query.add_columns(key.label("group_key")).group_by(key))
    return {row[-1]: row[:-1] for row in answer}
