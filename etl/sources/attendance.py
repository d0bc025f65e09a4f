"""The attendance declared by tiers-lieux: the largest table, summed again only where it changed."""

from __future__ import annotations

from sqlalchemy import Select, Table, select

from data.sources import attendance as columns
from data.types import month_of
from etl.checks import attendance
from etl.sources.model import LoadSource


def months_of(stage: Table) -> Select[tuple[int, int]]:
    """place_id and month (yyyymm) of the staged declarations."""
    return select(stage.c.place_id, month_of(stage.c.starts).label("month"))


ATTENDANCE = LoadSource(
    columns.ATTENDANCE, context=attendance.with_series_context, checks=attendance.checks, attendance_months=months_of
)
