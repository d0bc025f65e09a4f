"""The groups of one reading: a whole selection is one, a breakdown has one for each key. All are read in one query."""

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

from data.facts.aggregate import conditions, nothing_of, parts_of, reading_of, rows_of
from data.model.facts import Measure, MeasuredValue
from data.model.groups import WHOLE, Groups, Key
from data.queries.measures import note_omissions, read_measure, read_stock_at


def read_measure_by(connection: Connection, measure: Measure, groups: Groups) -> dict[Key, MeasuredValue]:
    """The measure over each group."""
    if measure.fact.time == "stock" and groups.period:
        found = read_stock_at(connection, measure, groups.selection, [part.until for _key, part in groups.parts])
        return groups.map(lambda _key, part: found[part.until])
    rows = rows_of(measure, groups.selection)
    if groups.key_in(rows, measure.fact.time) is None:
        return groups.spread({WHOLE: read_measure(connection, measure, groups.selection)}, nothing_of(measure))
    sums = read_sums_by(connection, measure, groups, lambda rows: parts_of(measure, rows))
    readings = {key: reading_of(measure, row) for key, row in sums.items()}
    readings = note_omissions(connection, measure, groups.selection, groups.column or groups.period, readings)
    return groups.spread(readings, nothing_of(measure))


def read_sums_by(
    connection: Connection,
    measure: Measure,
    groups: Groups,
    sums: Callable[[FromClause], Iterable[ColumnElement[Any]]],
) -> dict[Key, Any]:
    """Sums over the rows that a measure of a flow counts, by key: of every key that has rows, asked for or not."""
    rows = rows_of(measure, groups.selection)
    key = groups.key_in(rows, measure.fact.time)
    by = (groups.column or groups.period,) if key is not None else ()
    where = conditions(measure, rows, groups.selection, *by)
    return by_key(connection, key, select(*sums(rows)).select_from(rows).where(*where))


def by_key(connection: Connection, key: ColumnElement[Any] | None, query: Select[Any]) -> dict[Key, Any]:
    """The only row of a query of sums under WHOLE, or one row for each key."""
    if key is None:
        return {WHOLE: connection.execute(query).one()}
    answer = connection.execute(query.add_columns(key.label("group_key")).group_by(key))
    return {row[-1]: row[:-1] for row in answer}
