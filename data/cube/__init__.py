"""Pre-aggregated sums of a fact: one engine, declared per fact in a few lines.

Terms. A *fact* has *measures* (sums) along *dimensions* (département, type of holder…) and time. A *grouping set* keeps
some dimensions, as one of `GROUP BY GROUPING SETS`: the others are empty in its rows. A *grain* is the length of the
periods of a row: day, month or year. A *period_key* names a grouping set and a period in one number. A *slice* is the
SQL condition for the rows that add up to a selection: one grouping set, and periods that follow each other without gap.

Worked example, with two dimensions of visits to libraries::

    visit_total = Table("visit_total", …,      # (kind, period_key, town, age) -> visits
    VISITS = Cube(
        visit_total,
        dimensions=("town", "age"),
        sets=(                                 # the fewest rows first
            GroupingSet(1, (), ("month", "year")),
            GroupingSet(2, ("town",), ("month", "year")),
            GroupingSet(9, ("town", "age"), ("day",)),
        ),
    )

The loader (`etl.rollups.cube.fill`) computes every row from those of the finest set: the days of set 9, the months of
set 2 from them, its years from its months, the months of set 1 from those of set 2. A visit of a child to Caen on
31 December 2020 is then counted in five rows::

    period_key    town  age           what the number says
    9_20201231    Caen  child         set 9, day 31 December 2020
    2_00202012    Caen                set 2, month December 2020
    2_00002020    Caen                set 2, year 2020
    1_00202012                        set 1, month December 2020
    1_00002020                        set 1, year 2020

A page asks for the visits to Caen from 15 November 2019 to 31 January 2021. `Cube.set_of` takes the first set that
keeps the town, number 2; `period_runs` covers the period with the days 9_20191115 to 9_20191130, the month 2_00201912,
the year 2_00002020 and the month 2_00202101; `slice_condition` says so in SQL: `period_key IN (…)`, 19 numbers
whatever the number of visits. The filter on the town is the selection's own condition.

A measure that is published by levels of disclosure is not the same sum in every set: such a set has a `level`, and is
computed from sets of that level only, or from the rows that the loader gives for it.
"""

from __future__ import annotations

from data.cube.model import PERIOD_KEY, SET_STRIDE, Cube, Grain, GroupingSet
from data.cube.periods import GRAINS, YEAR_BEFORE_EARLIEST, PeriodRun, period_runs
from data.cube.slices import all_time_condition, slice_condition

__all__ = [
    "GRAINS",
    "PERIOD_KEY",
    "SET_STRIDE",
    "YEAR_BEFORE_EARLIEST",
    "Cube",
    "Grain",
    "GroupingSet",
    "PeriodRun",
    "all_time_condition",
    "period_runs",
    "slice_condition",
]
