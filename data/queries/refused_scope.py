"""Number of refused rows of a selection, and of refused rows that may belong to it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, case, false, func, not_, or_, select, true, type_coerce

from data.facts.scope import NO_CODE
from data.filters import FILTERS
from data.schema import refused_scope
from data.selection import Selection
from data.sources import SOURCES

_DATED_SOURCES = [source.name for source in SOURCES if source.dated]


class RefusalCounts(NamedTuple):
    """Refused rows of a source and their amount in euros: of a selection, and of rows that may belong to it."""

    lines: int
    amount: Decimal
    unplaced: int
    unplaced_amount: Decimal


def read_refusal_counts(connection: Connection, selection: Selection) -> Mapping[str, RefusalCounts] | None:
    """Refused rows by source, for sources with any; None when the selection has no filter.

    A row belongs to the selection when it meets every filter that its source has. It does not when one of its values
    contradicts a filter. Otherwise a value is missing, and the row may belong to it (`unplaced`).
    """
    columns = refused_scope.c
    may_match, is_unknown = _period_conditions(selection)
    for filter_ in FILTERS:
        codes = selection.codes(filter_.key)
        if codes and filter_.column not in columns:  # no refused row says it
            named = [one.name for one in SOURCES if any(column.name == filter_.column for column in one.columns)]
            is_unknown.append(columns.source.in_(named))
            may_match.append(true())
        elif codes:
            column = columns[filter_.column]
            may_match.append(or_(column.is_(None), column == NO_CODE, filter_.clause(column, codes)))
            is_unknown.append(func.coalesce(column == NO_CODE, false()))
    if not may_match:
        return None
    unplaced = or_(false(), *is_unknown)
    parts = (
        type_coerce(func.sum(case((condition, column), else_=0)), column.type)
        for condition in (not_(unplaced), unplaced)
        for column in (columns.lines, columns.amount)
    )
    rows = connection.execute(select(columns.source, *parts).where(and_(*may_match)).group_by(columns.source))
    return {
        source: RefusalCounts(int(lines), Decimal(amount), int(unplaced_lines), Decimal(unplaced_amount))
        for source, lines, amount, unplaced_lines, unplaced_amount in rows
    }


def _period_conditions(selection: Selection) -> tuple[list[ColumnElement[bool]], list[ColumnElement[bool]]]:
    """SQL: conditions of the rows that a chosen period may hold, and of those without a day."""
    if not (selection.since or selection.until_given):
        return [], []
    day = refused_scope.c.day
    bounds = [day <= selection.until, *([day >= selection.since] if selection.since else [])]
    undated = and_(day.is_(None), refused_scope.c.source.in_(_DATED_SOURCES))
    return [or_(day.is_(None), and_(*bounds))], [undated]
