"""Where the rows of one page of a long list stand, from the sums: a page reads its days, not the whole history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from data.model.facts import Measure
from data.queries.measures import PERIODS, read_lines
from data.selection import Selection
from data.types import day_of, month_end


@dataclass(frozen=True)
class Window:
    """The rows of a measure from one day to another, both included: `skip` of them come before the page."""

    selection: Selection
    skip: int
    size: int
    latest_first: bool


def narrowed(connection: Connection, measure: Measure, window: Window) -> Window:
    """The days that hold the rows of a page, sorted by day: looked for by year, then by month, then by day."""
    for by in PERIODS:
        window = _closer(window, read_lines(connection, measure, window.selection, by), PERIODS[by])
    return window


def _closer(window: Window, lines: dict[int, int], unit: int) -> Window:
    """The part of a window that the periods of the page make."""
    skip, left, kept = window.skip, window.size, list[int]()
    for period in sorted(lines, reverse=window.latest_first):
        if not kept and lines[period] <= skip:
            skip -= lines[period]
            continue
        kept.append(period)
        left -= lines[period] - (skip if len(kept) == 1 else 0)
        if left <= 0:
            break
    if not kept:
        return window
    first, last = _start(min(kept), unit), _end(max(kept), unit)
    selection = window.selection
    since = max(first, selection.since) if selection.since else first
    selection = replace(selection, since=since, until=min(last, selection.until), until_given=True)
    return replace(window, selection=selection, skip=skip)


def _start(period: int, unit: int) -> date:
    return day_of({10_000: period * 10_000 + 101, 100: period * 100 + 1, 1: period}[unit])


def _end(period: int, unit: int) -> date:
    if unit == 1:
        return day_of(period)
    return month_end(period if unit == 100 else period * 100 + 12)
