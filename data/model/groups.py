"""The groups of one reading: a whole selection is one, a breakdown has one for each key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal, NamedTuple, TypeVar

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Integer,
    column,
    or_,
    type_coerce,
    values,
)

from data.selection import Selection
from data.selection.periods import day_conditions, in_force_conditions
from data.types import TERRITORY_COLUMNS, TerritoryColumn, TimeKind, day_number, month_number, month_of, year_of

GroupKey = str | int
GroupValue = TypeVar("GroupValue")
WHOLE_KEY = ""  # the key of the only group of a whole selection


class _DayColumn(NamedTuple):
    day: ColumnElement[Any]


@dataclass(frozen=True)
class Groups:
    """A selection and its groups.

    `parts` are the groups: each a key and the selection of that group alone. The keys are values of `column` of the
    facts, or, when `period` is set, years (2020) or months (202012) in order, without a gap. With neither, every group
    has the same rows.
    """

    selection: Selection
    parts: tuple[tuple[GroupKey, Selection], ...]
    column: str = ""
    period: Literal["", "year", "month"] = ""

    def map_selections(self, change: Callable[[Selection], Selection]) -> Groups:
        """These groups with `change` applied to each selection (a year before, an open start)."""
        parts = tuple((key, change(part)) for key, part in self.parts)
        return replace(self, selection=change(self.selection), parts=parts)

    def without_territories(self) -> Groups:
        """These groups without the territory filters; groups by territory then all have the same rows."""
        groups = self.map_selections(Selection.without_territory)
        return replace(groups, column="") if self.column in TERRITORY_COLUMNS else groups

    def map_groups(self, read: Callable[[GroupKey, Selection], GroupValue]) -> dict[GroupKey, GroupValue]:
        """A value for each group, from its key and its selection."""
        return {key: read(key, part) for key, part in self.parts}

    def fill_groups(
        self, values_by_key: Mapping[GroupKey, GroupValue], default: GroupValue
    ) -> dict[GroupKey, GroupValue]:
        """One value per group: from `values_by_key`, else `default`. Under `WHOLE_KEY` alone, all groups have that
        value.
        """
        if WHOLE_KEY in values_by_key:
            return {key: values_by_key[WHOLE_KEY] for key, _part in self.parts}
        return {key: values_by_key.get(key, default) for key, _part in self.parts}

    def key_column(self, rows: FromClause, time: TimeKind) -> ColumnElement[Any] | None:
        """SQL: the group key of a row; None when the rows do not distinguish groups, or for a stock by period."""
        if self.column:
            column: ColumnElement[Any] | None = rows.c.get(self.column)
            return column
        if not self.period or time in ("stock", "undated"):
            return None
        if time == "month":
            return rows.c.month // 100 if self.period == "year" else rows.c.month + 0
        return year_of(rows.c.day) if self.period == "year" else month_of(rows.c.day)

    def period_key_of(self, day: date) -> int | None:
        """The key of the period of a day; None when groups are no periods."""
        return {"": None, "year": day.year, "month": month_number(day)}[self.period]

    def in_force_conditions(self, rows: FromClause) -> tuple[ColumnElement[Any] | None, list[ColumnElement[bool]]]:
        """SQL: the group key of a row of a stock, and the conditions of being in force at the `until` of its group."""
        if not self.period:
            return self.key_column(rows, "stock"), in_force_conditions(rows.c, self.selection.until)
        periods = self.periods
        started, ended = (type_coerce(day, Integer) for day in (rows.c.started, rows.c.ended))
        return periods.c.key, [started <= periods.c.last, or_(ended.is_(None), ended > periods.c.last)]

    def day_conditions(self, rows: FromClause, day: ColumnElement[Any]) -> tuple[ColumnElement[Any] | None, list[Any]]:
        """SQL: the group key of a dated row, and the conditions of `day` lying in the period of its group. Periods of
        groups may overlap (twelve months to the end of each).
        """
        if not self.period:
            return self.key_column(rows, "day"), day_conditions(
                _DayColumn(day), self.selection.since, self.selection.until
            )
        periods = self.periods
        return periods.c.key, [type_coerce(day, Integer).between(periods.c.first, periods.c.last)]

    @cached_property
    def periods(self) -> CTE:
        """One row per group: its `key`, and its `first` (0: open) and `last` day, as numbers."""
        rows = [(key, day_number(part.since) if part.since else 0, day_number(part.until)) for key, part in self.parts]
        names = (column(name, Integer) for name in ("key", "first", "last"))
        return values(*names, name="periods").data(rows).cte("periods")


def territory_groups(selection: Selection, column: TerritoryColumn, codes: Iterable[str]) -> Groups:
    """The selection in each of some territories, by code."""
    parts = tuple((code, selection.with_codes(column, [code])) for code in codes)
    return Groups(selection, parts, column=column)


def single_group(selection: Selection) -> Groups:
    """A selection as one group, under `WHOLE_KEY`."""
    return Groups(selection, ((WHOLE_KEY, selection),))
