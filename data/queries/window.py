"""Days of the rows of one page of a long list, from the sums: a page reads its own days, not the whole history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from data.model.facts import Measure
from data.queries.measures import PERIOD_DIVISORS, read_single_row_counts
from data.selection import Selection
from data.types import day_of, month_end


@dataclass(frozen=True)
class PageWindow:
    """Rows of a measure between two days, both included; `skip` of them come before the page."""

    selection: Selection
    skip: int
    size: int
    latest_first: bool


def narrow_to_page_days(connection: Connection, measure: Measure, window: PageWindow) -> PageWindow:
    """The days with the rows of a page sorted by day, searched by year, then month, then day."""
    for by in PERIOD_DIVISORS:
        window = _narrow_to_periods(
            window, read_single_row_counts(connection, measure, window.selection, by), PERIOD_DIVISORS[by]
        )
    return window


def _narrow_to_periods(window: PageWindow, lines: dict[int, int], unit: int) -> PageWindow:
    """The part of a window that the periods of the page make."""
    skip, remaining, periods = window.skip, window.size, list[int]()
    for period in sorted(lines, reverse=window.latest_first):
        if not periods and lines[period] <= skip:
            skip -= lines[period]
            continue
        periods.append(period)
        remaining -= lines[period] - (skip if len(periods) == 1 else 0)
        if remaining <= 0:
            break
    if not periods:
        return window
    first, last = _period_start(min(periods), unit), _period_end(max(periods), unit)
    selection = window.selection
    since = max(first, selection.since) if selection.since else first
    selection = replace(selection, since=since, until=min(last, selection.until), until_given=True)
    return replace(window, selection=selection, skip=skip)


def _period_start(period: int, unit: int) -> date:
    return day_of({10_000: period * 10_000 + 101, 100: period * 100 + 1, 1: period}[unit])


def _period_end(period: int, unit: int) -> date:
    if unit == 1:
        return day_of(period)
    return month_end(period if unit == 100 else period * 100 + 12)
