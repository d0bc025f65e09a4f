"""Declarations of pre-aggregated sums: their table, dimensions, grouping sets and grains."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from sqlalchemy import Table

Grain = Literal["day", "month", "year"]

PERIOD_KEY = "period_key"  # the column of that name
SET_STRIDE = (
    100_000_000  # period_key = number of the grouping set × SETS + period: 2_00202012 is December 2020 in set 2
)


@dataclass(frozen=True)
class GroupingSet:
    """The dimensions that some rows keep, and the grains at which they exist, the finest first.

    `level` is the level of disclosure of its sums: sets of two levels are not sums of each other.
    """

    number: int
    dimensions: tuple[str, ...]
    grains: tuple[Grain, ...]
    level: int = 0

    def period_key(self, period: int) -> int:
        """The period_key of a day (20201231), a month (202012) or a year (2020) of this set."""
        return self.number * SET_STRIDE + period


@dataclass(frozen=True, eq=False)
class Cube:
    """The sums of one fact, in one table: its primary key holds `period_key`, the dimensions and keys of the fact's own
    (a kind of step, a unit), its other columns are measures.

    `dimensions` are in the order of the primary key, after `period_key`: rows are looked up by the first one. `sets`
    begin with the one of fewest rows; the last keeps every dimension. `minimum_measures` are the measures that are a
    minimum, not a sum.
    """

    table: Table
    dimensions: tuple[str, ...]
    sets: tuple[GroupingSet, ...]
    minimum_measures: tuple[str, ...] = ()

    @property
    def finest_set(self) -> GroupingSet:
        """The set that keeps every dimension."""
        return self.sets[-1]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The columns of the primary key that are neither the period nor a dimension."""
        names = (column.name for column in self.table.primary_key)
        return tuple(name for name in names if name not in {PERIOD_KEY, *self.dimensions})

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """The columns that aggregate something."""
        return tuple(column.name for column in self.table.c if not column.primary_key)

    def smallest_set(self, columns: Collection[str]) -> GroupingSet:
        """The set with the fewest rows that keeps these columns (of the filters and of the breakdown), and has the
        grain day when `day` is one of them. Columns that are no dimensions are ignored.
        """
        dimensions = set(self.dimensions).intersection(columns)
        return next(
            grouping_set
            for grouping_set in self.sets
            if dimensions.issubset(grouping_set.dimensions) and ("day" not in columns or "day" in grouping_set.grains)
        )
