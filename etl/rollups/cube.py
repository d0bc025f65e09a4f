"""Every grouping set and grain of a cube (`data.cube`), computed from the fact's own rows or from finer sums."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, case, delete, func, insert, literal, select

from data.cube import GRAINS, PERIOD_KEY, SET_STRIDE, YEAR_BEFORE_EARLIEST, Cube, Grain, GroupingSet
from data.selection import EARLIEST_DAY
from data.types import day_number, month_number
from etl.rollups.statistics import analyze_tables

_EARLIEST: Mapping[Grain, int] = {
    "day": day_number(EARLIEST_DAY),
    "month": month_number(EARLIEST_DAY),
    "year": EARLIEST_DAY.year,
}
_BEFORE: Mapping[Grain, int] = {
    "day": YEAR_BEFORE_EARLIEST * 10_000 + 101,
    "month": YEAR_BEFORE_EARLIEST * 100 + 1,
    "year": YEAR_BEFORE_EARLIEST,
}
_PERIODS: Mapping[Grain, tuple[int, int]] = {  # the least and the greatest number of each grain
    "day": (10_000_000, SET_STRIDE - 1),
    "month": (10_000, 9_999_999),
    "year": (0, 9_999),
}


@dataclass(frozen=True)
class FineRows:
    """Rows of a fact with its keys and dimensions, by name, the period of each, and the aggregates of its measures."""

    rows: FromClause
    period: ColumnElement[int]
    measures: Mapping[str, ColumnElement[Any]]


def fill(
    connection: Connection,
    cube: Cube,
    fine_rows: Callable[[GroupingSet], Sequence[FineRows]],
    values: Mapping[str, Sequence[Any]],
) -> None:
    """Compute the table of a cube again, each row from the fewest that hold it.

    `fine_rows` gives the rows of the fact for a set that no other one holds: the finest, and the largest of each level
    of disclosure; their periods are of its finest grain. `values` are all those of the keys of the fact (its steps, its
    units): finer sums are found by the primary key, which begins with them.
    """
    connection.execute(delete(cube.table))
    for chosen in reversed(cube.sets):
        for grain in chosen.grains:
            source = source_of(cube, chosen, grain)
            if source is None:
                for one in fine_rows(chosen):
                    _add(connection, cube, _aggregate(cube, chosen, grain, one))
            else:
                _add(connection, cube, _aggregate_sums(cube, chosen, grain, source, values))
    analyze_tables(connection, cube.table)


def source_of(cube: Cube, chosen: GroupingSet, grain: Grain) -> tuple[GroupingSet, Grain] | None:
    """The set and grain from whose sums a grain of a set is computed: its own next finer grain, else the longest
    periods of the first larger set of its level. None: from the rows of the fact.
    """
    at = chosen.grains.index(grain)
    if at:
        return chosen, chosen.grains[at - 1]
    finer = GRAINS[: GRAINS.index(grain) + 1]
    for other in cube.sets[cube.sets.index(chosen) + 1 :]:
        grains = [one for one in other.grains if one in finer]
        if grains and other.level == chosen.level and set(chosen.dimensions) < set(other.dimensions):
            return other, grains[-1]
    return None


def _aggregate(cube: Cube, chosen: GroupingSet, grain: Grain, fine: FineRows) -> Select[Any]:
    """Sums of the rows of a fact; all that was before EARLIEST counts in one period."""
    period = case((fine.period < _EARLIEST[grain], literal(_BEFORE[grain])), else_=fine.period)
    return _grouped(cube, chosen, fine.rows, period, fine.measures)


def _aggregate_sums(
    cube: Cube,
    chosen: GroupingSet,
    grain: Grain,
    source: tuple[GroupingSet, Grain],
    values: Mapping[str, Sequence[Any]],
) -> Select[Any]:
    """Sums of sums: of shorter periods, or of a set with more dimensions."""
    rows, (finer, finer_grain) = cube.table.c, source
    period = rows[PERIOD_KEY] % SET_STRIDE // 100 ** (GRAINS.index(grain) - GRAINS.index(finer_grain))
    aggregates = {name: func.min if name in cube.minimum_measures else func.sum for name in cube.measures}
    first, last = _PERIODS[finer_grain]
    return _grouped(cube, chosen, cube.table, period, {name: of(rows[name]) for name, of in aggregates.items()}).where(
        *(rows[name].in_(values[name]) for name in cube.keys),
        rows[PERIOD_KEY].between(finer.period_key(first), finer.period_key(last)),
    )


def _grouped(
    cube: Cube,
    chosen: GroupingSet,
    rows: FromClause,
    period: ColumnElement[int],
    measures: Mapping[str, ColumnElement[Any]],
) -> Select[Any]:
    kept_dimensions = [name for name in cube.dimensions if name in chosen.dimensions]
    expressions: dict[str, ColumnElement[Any]] = {name: rows.c[name] for name in (*cube.keys, *kept_dimensions)}
    expressions |= {PERIOD_KEY: period + chosen.period_key(0)}
    dropped_dimensions = {name: literal("") for name in cube.dimensions if name not in kept_dimensions}
    columns = expressions | dropped_dimensions | dict(measures)
    # In the order of the primary key: rows come sorted, and each is written after the one before it.
    return select(*(columns[column.name].label(column.name) for column in cube.table.c)).group_by(
        *(expressions[name] for name in cube.keys), period, *(expressions[name] for name in kept_dimensions)
    )


def _add(connection: Connection, cube: Cube, sums: Select[Any]) -> None:
    connection.execute(insert(cube.table).from_select([column.name for column in cube.table.c], sums))
