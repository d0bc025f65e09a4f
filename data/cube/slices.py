"""The SQL conditions of a slice."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement

from data.cube.model import PERIOD_KEY, Cube
from data.cube.periods import PeriodRun, period_runs
from data.selection import Selection
from data.types import Columns


def slice_condition(
    cube: Cube, columns: Columns, selection: Selection, by: Collection[str] = frozenset()
) -> ColumnElement[bool]:
    """SQL: the rows that add up to the period of a selection, in the set that has the columns of its filters and of a
    breakdown (`month` of one by month, `day` by day). The conditions of the filters themselves are not in it.
    """
    needed = {*selection.narrowed_columns(), *by}
    runs = period_runs(cube, cube.smallest_set(needed), selection.since, selection.until, by)
    key: ColumnElement[int] = columns[PERIOD_KEY]
    if len(runs) == 1 and not _reads_by_key(cube, selection, runs[0]):
        return key.between(*runs[0].key_bounds)
    return key.in_([number for run in runs for number in run.period_keys()])


def all_time_condition(cube: Cube, columns: Columns) -> ColumnElement[bool]:
    """SQL: the rows that add up to everything, whatever the date: the years of the set of fewest rows."""
    smallest = cube.sets[0]
    key: ColumnElement[int] = columns[PERIOD_KEY]
    return key.between(smallest.period_key(0), smallest.period_key(9_999))


def _reads_by_key(cube: Cube, selection: Selection, run: PeriodRun) -> bool:
    """Few of many rows: with each period named, those of the filter's codes are found by the key one after the other,
    where a range of periods would have them all read. Too many days for that.
    """
    return cube.dimensions[0] in selection.narrowed_columns() and run.grain != "day"
