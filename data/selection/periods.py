"""Periods of a selection: conditions on rows, whole months, a year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    or_,
)

from data.selection import Selection
from data.types import TimeKind, month_after, month_end, month_number, month_start


def time_conditions(time: TimeKind, columns: Any, since: date | None, until: date) -> list[ColumnElement[bool]]:
    """SQL: rows of the period `since` to `until` (both included; `since` None: open), by the kind of time of a fact.

    A stock is read at `until`, `month` (yyyymm) by the whole months of the period, `undated` rows always count.
    """
    if time == "undated":
        return []
    if time == "stock":
        return in_force_conditions(columns, until)
    if time == "day":
        return day_conditions(columns, since, until)
    first, last = whole_months(since, until)
    return [columns.month <= last, *([columns.month >= first] if first else [])]


def in_force_conditions(columns: Any, day: date) -> list[ColumnElement[bool]]:
    """SQL: rows with `started` and `ended` (the day after the last one; null: still) that are in force on a day."""
    return [columns.started <= day, or_(columns.ended.is_(None), columns.ended > day)]


def day_conditions(columns: Any, since: date | None, until: date) -> list[ColumnElement[bool]]:
    """SQL: rows whose `day` lies from `since` (None: open) to `until`, both included."""
    return [columns.day <= until, *([columns.day >= since] if since else [])]


def whole_months(since: date | None, until: date) -> tuple[int | None, int]:
    """The first and last month that lie wholly between two days (the first is None when the start is open)."""
    last = month_number(until)
    if month_end(last) > until:
        last = month_after(last, -1)
    if since is None:
        return None, last
    first = month_number(since)
    return (first if since.day == 1 else month_after(first, 1)), last


def over_months(selection: Selection, first: int, last: int) -> Selection:
    """The selection over whole months, both included."""
    return replace(selection, since=month_start(first), until=month_end(last), until_given=True)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month when it has no such day."""
    end = month_end(month_after(month_number(day), -months))
    return end.replace(day=min(day.day, end.day))


def year_before(day: date) -> date:
    """A day one year earlier (28 February for a 29th)."""
    return months_before(day, 12)


def over_last_months(selection: Selection, months: int) -> Selection:
    """The selection over so many months to `until`, from the day after the same day of the month, wherever its period
    begins.
    """
    since = months_before(selection.until, months) + timedelta(days=1)
    return replace(selection, since=since, until_given=True)


def over_year(selection: Selection) -> Selection:
    """The selection over the twelve months to `until`, wherever its period begins."""
    return over_last_months(selection, 12)


def at_date(selection: Selection, day: date) -> Selection:
    """The selection with another `until`."""
    return replace(selection, until=day, until_given=True)
