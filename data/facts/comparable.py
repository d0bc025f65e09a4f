"""Attendance beside its answers, and against a year before on the places and months present in both years."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Subquery, func, select

from data.engine import once
from data.facts.aggregate import conditions, over_months, rows_of, whole_months
from data.facts.attendance import ANSWERS, DECLARED, PAIRED, VISITS
from data.facts.model import Columns, Measure
from data.facts.suppression import EVERY_LEVEL, count_places, level_of
from data.i18n import NARROW, count, number, percent
from data.schema import visit_span
from data.selection import OF_ATTENDANCE, Selection
from data.types import month_after

YEAR = 12  # months


@dataclass(frozen=True)
class Comparison:
    """What was declared in the last twelve whole months, in the unit of the selection, and in the places and months
    also present a year before.

    `visits` is None when nobody declared any; `now` and `before` are None when no month compares. `places` compare,
    out of `declared` places that declared in these twelve months. Private places that are left out are in none of
    these; there are `omitted` of them.
    """

    visits: int | None
    now: int | None
    before: int | None
    places: int
    declared: int
    omitted: int

    @property
    def share(self) -> float:
        """The part of the visits that compare."""
        return (self.now or 0) / self.visits if self.visits else 0.0


def last_year(selection: Selection) -> Selection:
    """The selection over its last twelve whole months, wherever its period begins."""
    last = whole_months(None, selection.until)[1]
    return over_months(selection, month_after(last, 1 - YEAR), last)


def recent_months(selection: Selection) -> Selection | None:
    """The selection over the last twelve whole months of its period, or as many as it has; None when it has none."""
    first, last = whole_months(selection.since, selection.until)
    first = max(first or 0, month_after(last, 1 - YEAR))
    return over_months(selection, first, last) if first <= last else None


@once
def read_comparison(connection: Connection, selection: Selection) -> Comparison:
    """The last twelve whole months against the twelve before."""
    year = last_year(selection)
    found = _read_sums(connection, VISITS, year, lambda rows: (rows.value, rows.twin_now, rows.twin_before))
    visits, now, before = (None if one is None else int(one) for one in found)
    omitted = count_places(connection, "paired", year).get((), 0)
    return Comparison(
        visits, now, before, _count(connection, PAIRED, year), _count(connection, DECLARED, year), omitted
    )


@once
def read_answers(connection: Connection, selection: Selection) -> tuple[int, int]:
    """(answered, expected) declarations over the whole months of the period: the two sides of the response rate."""
    answered, expected = _read_sums(connection, ANSWERS, selection, lambda rows: (rows.answered, rows.expected))
    return int(answered or 0), int(expected or 0)


def answers_words(connection: Connection, selection: Selection) -> str | None:
    """« taux de réponse : 61 % (250 déclarations sur 410 attendues) »; None when nothing was expected."""
    answered, expected = read_answers(connection, selection)
    if not expected:
        return None
    received = f"{count(answered, 'déclaration', 'déclarations')} sur {number(expected)} attendues"
    return f"taux de réponse{NARROW}: {percent(answered / expected)} ({received})"


def _read_sums(
    connection: Connection,
    measure: Measure,
    selection: Selection,
    parts: Callable[[Columns], tuple[ColumnElement[Any], ...]],
) -> Any:
    rows = rows_of(measure, selection)
    sums = (func.sum(part) for part in parts(rows.c))
    return connection.execute(select(*sums).where(*conditions(measure, rows, selection))).one()


def _count(connection: Connection, kind: str, year: Selection) -> int:
    """The places with a month of this kind among the twelve: of each, one run at most says so."""
    return connection.scalar(select(func.count()).select_from(_spans(kind, year))) or 0


def _spans(kind: str, selection: Selection) -> Subquery:
    """The runs kept at load that say of a place that it has a month of this kind in a year: one of its months ends
    twelve months that are all in it.
    """
    first, last = whole_months(selection.since, selection.until)
    ends = [] if first is None else [visit_span.c.last >= month_after(first, YEAR - 1)]
    levels = [EVERY_LEVEL, level_of(selection.needs()).number]
    kept = (visit_span.c.kind == kind, visit_span.c.level.in_(levels), *selection.where(visit_span.c, OF_ATTENDANCE))
    return select(visit_span).where(*kept, visit_span.c.first <= last, *ends).subquery("spans")
