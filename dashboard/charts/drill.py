"""What the marks of a chart (bars, points, cells, areas) lead to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from data.filters import TERRITORY_FILTERS
from data.i18n import day_short, month_long
from data.selection import EARLIEST_DAY, Selection
from data.types import TerritoryColumn, month_end, month_number, month_start

PeriodKind = Literal["year", "month", "day", "span"]
"""The columns of the frame with the period of a mark: `year`; `month` (yyyymm); `day`, at which a stock is read;
`since` (None: open) and `until`.
"""


@dataclass(frozen=True)
class Drill:
    """What a mark leads to, declared by the columns of its row of the frame.

    `filters` are keys of filters, each with a column of that name that has the code (None: the mark has none): the mark
    filters the page by it, and leads to the sheet of a territory or a partner. `period` is the kind of period of a
    mark. The rows behind a mark, under all its filters and its period, are those of the list `listing` or those that
    make the figure of `indicator` (slugs); `indicator_column` is the column with that slug where it depends on the
    mark. `is_along_axis`: periods follow each other along an axis, so that a drag chooses several.
    """

    filters: tuple[str, ...] = ()
    period: PeriodKind | None = None
    listing: str | None = None
    indicator: str | None = None
    indicator_column: str | None = None
    is_along_axis: bool = True

    def has_actions(self, row: Mapping[str, Any]) -> bool:
        """Whether a mark leads somewhere."""
        return self.period is not None or bool(self.codes(row))

    def has_rows(self, row: Mapping[str, Any]) -> bool:
        """Whether its filters and its period tell the rows behind a mark from others: each has a code, but for a
        territory, which has one of its two.
        """
        codes = self.codes(row)
        others = set(self.filters) - set(TERRITORY_FILTERS)
        has_territory = len(others) == len(self.filters) or any(key in codes for key in TERRITORY_FILTERS)
        return has_territory and others <= codes.keys()

    def indicator_of(self, row: Mapping[str, Any]) -> str | None:
        """The slug of the indicator whose rows are behind a mark, if any."""
        return row[self.indicator_column] if self.indicator_column else self.indicator

    def codes(self, row: Mapping[str, Any]) -> dict[str, str]:
        """The code of a mark for each of its filters."""
        return {key: row[key] for key in self.filters if row[key] is not None}

    def selection_of(self, row: Mapping[str, Any], selection: Selection) -> Selection:
        """The selection narrowed to what a mark stands for."""
        return self.in_period_of(row, self._with_codes(row, selection))

    def _with_codes(self, row: Mapping[str, Any], selection: Selection) -> Selection:
        for key, code in self.codes(row).items():
            selection = selection.with_codes(key, [code])
        return selection

    def in_period_of(self, row: Mapping[str, Any], selection: Selection) -> Selection:
        """The selection over the part of its period that a mark covers; at its day, for a stock."""
        period = self._period(row)
        if period is None:
            return selection
        since, until = period
        if self.period == "day":
            return replace(selection, until=until, until_given=True) if until <= selection.until else selection
        first = max((day for day in (since, selection.since) if day), default=None)
        return replace(selection, since=first, until=min(until, selection.until), until_given=True)

    def _period(self, row: Mapping[str, Any]) -> tuple[date | None, date] | None:
        if self.period == "year":
            return date(row["year"], 1, 1), date(row["year"], 12, 31)
        if self.period == "month":
            return month_start(row["month"]), month_end(row["month"])
        if self.period == "day":
            return None, row["day"]
        return None if self.period is None else (row["since"], row["until"])

    def between(self, first: Mapping[str, Any], last: Mapping[str, Any], selection: Selection) -> Selection:
        """The selection over the whole months from one mark to another, in any order, as far as `selection` goes."""
        starts, ends = zip(*(self._whole_period(row, selection) for row in (first, last)), strict=True)
        since, until = max(min(starts), EARLIEST_DAY), min(max(ends), selection.until)
        return replace(selection, since=min(since, until), until=until, until_given=True)

    def _whole_period(self, row: Mapping[str, Any], selection: Selection) -> tuple[date, date]:
        period = self._period(row)
        assert period is not None, "only marks with a period are joined"
        since, until = period
        return month_start(month_number(since or until)), month_end(month_number(min(until, selection.until)))


@dataclass(frozen=True)
class NoDrill:
    """Why the marks of a chart lead nowhere."""

    reason: str


def territory_codes(level: TerritoryColumn, code: str | None) -> tuple[str | None, str | None]:
    """The columns `dep` and `epci` of a territory of a level: its code in one, None in the other."""
    return (code, None) if level == "dep" else (None, code)


def period_name(selection: Selection) -> str:
    """« 2020 », « mars 2020 », « la période du 15/03/2020 au 30/06/2020 », for a selection with a start."""
    since, until = selection.since, selection.until
    assert since is not None, "an open period has no name"
    if since.day == 1 and (until + timedelta(days=1)).day == 1:
        if (since.year, since.month, until.month) == (until.year, 1, 12):
            return str(since.year)
        if month_number(since) == month_number(until):
            return month_long(month_number(since))
    return f"la période du {day_short(since)} au {day_short(until)}"
