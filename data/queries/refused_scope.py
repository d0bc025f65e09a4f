"""How many refused rows belong to a selection, and how many do not say whether they do."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, case, false, func, not_, or_, select, type_coerce

from data.facts.scope import NO_CODE
from data.filters import FILTERS
from data.schema import refused_scope
from data.selection import Selection
from data.sources import SOURCES

_DATED_SOURCES = [source.name for source in SOURCES if source.dated]


class RefusalCounts(NamedTuple):
    """Rows of a source to correct and the money in them: those of a selection, and those that may be."""

    lines: int
    amount: Decimal
    unplaced: int
    unplaced_amount: Decimal


def read_refusal_counts(connection: Connection, selection: Selection) -> Mapping[str, RefusalCounts] | None:
    """By source, where any is; None when the selection narrows nothing.

    A row is of the selection when it meets every filter that its source has; it is not when one of the things that it
    says contradicts a filter; else it lacks what a filter asks for, and nobody knows.
    """
    columns = refused_scope.c
    meets, lacks = _period_conditions(selection)
    for one in FILTERS:
        codes = selection.codes(one.key)
        if codes:
            column = columns[one.column]
            meets.append(or_(column.is_(None), column == NO_CODE, one.clause(column, codes)))
            lacks.append(func.coalesce(column == NO_CODE, false()))
    if not meets:
        return None
    unplaced = or_(false(), *lacks)
    parts = (
        type_coerce(func.sum(case((which, column), else_=0)), column.type)
        for which in (not_(unplaced), unplaced)
        for column in (columns.lines, columns.amount)
    )
    rows = connection.execute(select(columns.source, *parts).where(and_(*meets)).group_by(columns.source))
    return {
        source: RefusalCounts(int(lines), Decimal(amount), int(others), Decimal(other_amount))
        for source, lines, amount, others, other_amount in rows
    }


def _period_conditions(selection: Selection) -> tuple[list[ColumnElement[bool]], list[ColumnElement[bool]]]:
    """SQL: the rows that a chosen period may hold, and those that do not say their day."""
    if not (selection.since or selection.until_given):
        return [], []
    day = refused_scope.c.day
    bounds = [day <= selection.until, *([day >= selection.since] if selection.since else [])]
    undated = and_(day.is_(None), refused_scope.c.source.in_(_DATED_SOURCES))
    return [or_(day.is_(None), and_(*bounds))], [undated]
