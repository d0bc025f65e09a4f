"""Which years, months and days cover a period."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from data.cube.model import Cube, Grain, GroupingSet
from data.selection import EARLIEST_DAY
from data.selection.periods import whole_months
from data.types import day_number, month_end, month_number, month_start, months_between

GRAINS: tuple[Grain, ...] = ("day", "month", "year")  # a period // 100 is the one of the next grain that holds it
YEAR_BEFORE_EARLIEST = EARLIEST_DAY.year - 1  # its first day, month and year hold all facts before EARLIEST_DAY


@dataclass(frozen=True)
class PeriodRun:
    """Periods of one grain that follow each other in a grouping set, both ends included; none when `first` > `last`."""

    grouping_set: GroupingSet
    grain: Grain
    first: int
    last: int

    @property
    def key_bounds(self) -> tuple[int, int]:
        """The first and the last period_key: no other grain has one between them."""
        return self.grouping_set.period_key(self.first), self.grouping_set.period_key(self.last)

    def period_keys(self) -> Iterator[int]:
        """Every period_key of the run."""
        return (self.grouping_set.period_key(period) for period in self._periods())

    def _periods(self) -> Iterator[int]:
        if self.grain == "year":
            yield from range(self.first, self.last + 1)
        elif self.grain == "month":
            yield from months_between(self.first, self.last)
        else:
            for month in months_between(self.first // 100, self.last // 100):
                last = min(self.last, day_number(month_end(month)))
                yield from range(max(self.first, month * 100 + 1), last + 1)


def period_runs(
    cube: Cube, chosen: GroupingSet, since: date | None, until: date, by: Collection[str] = ()
) -> list[PeriodRun]:
    """The longest periods of a set that cover the days from `since` (open: None) to `until`, both included: whole years
    (unless the breakdown is by month), months, then the days left at both ends.

    Days are those of the finest set where the chosen one has none; where neither has, the period is its whole months.
    """
    since = since or date(YEAR_BEFORE_EARLIEST, 1, 1)
    days = chosen if "day" in chosen.grains else cube.finest_set
    first, last = whole_months(since, until)
    if first is None or "day" in by or "month" not in chosen.grains or (first > last and "day" in days.grains):
        return [_day_run(days, since, until)]
    runs = [*_months_and_years(chosen, first, last, with_years="year" in chosen.grains and "month" not in by)]
    if "day" in days.grains:
        if since < month_start(first):
            runs.append(_day_run(days, since, month_end(month_number(since))))
        if until > month_end(last):
            runs.append(_day_run(days, month_start(month_number(until)), until))
    return runs


def _months_and_years(chosen: GroupingSet, first: int, last: int, *, with_years: bool) -> Iterator[PeriodRun]:
    """Runs of whole months: the months before the first whole year, the whole years, the months after them."""
    first_year, last_twelve_months = (
        (first + 98) // 100,
        last // 100 - (last % 100 < 12),
    )  # 202001 -> 2020, 202002 -> 2021
    if not with_years or first_year > last_twelve_months:
        yield PeriodRun(chosen, "month", first, last)
        return
    if first < first_year * 100 + 1:
        yield PeriodRun(chosen, "month", first, (first_year - 1) * 100 + 12)
    yield PeriodRun(chosen, "year", first_year, last_twelve_months)
    if last > last_twelve_months * 100 + 12:
        yield PeriodRun(chosen, "month", (last_twelve_months + 1) * 100 + 1, last)


def _day_run(chosen: GroupingSet, first: date, last: date) -> PeriodRun:
    return PeriodRun(chosen, "day", day_number(first), day_number(last))
