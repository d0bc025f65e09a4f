"""Attendance beside its answers, and against a year before on the places and months present in both years."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from data.engine import cached_on_snapshot
from data.facts.aggregate import conditions, rows_of
from data.facts.attendance import DECLARED, PAIRED, RESPONSE_RATE, VISITS
from data.facts.suppression import EVERY_LEVEL, level_of
from data.filters import OF_ATTENDANCE
from data.i18n import NARROW, count, number, percent
from data.model.facts import Columns, Measure
from data.model.groups import WHOLE, Groups, Key, whole
from data.queries.groups import by_key
from data.queries.suppression import count_places, read_runs
from data.schema import visit_span
from data.selection import Selection
from data.selection.periods import over_months, whole_months
from data.types import month_after, month_number

YEAR = 12  # months
Declarations = tuple[int, int]  # declarations that came, and that were expected


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


def last_twelve_months(selection: Selection) -> Selection:
    """The selection over its last twelve whole months, wherever its period begins."""
    last = whole_months(None, selection.until)[1]
    return over_months(selection, month_after(last, 1 - YEAR), last)


def recent_months(selection: Selection) -> Selection | None:
    """The selection over the last twelve whole months of its period, or as many as it has; None when it has none."""
    first, last = whole_months(selection.since, selection.until)
    first = max(first or 0, month_after(last, 1 - YEAR))
    return over_months(selection, first, last) if first <= last else None


@cached_on_snapshot
def read_comparison(connection: Connection, selection: Selection) -> Comparison:
    """The last twelve whole months against the twelve before."""
    return read_comparisons(connection, whole(selection))[WHOLE]


def read_comparisons(connection: Connection, groups: Groups) -> dict[Key, Comparison]:
    """The same for each group: twelve months to the end of a period, or those of a territory or type of holder."""
    years = groups.each(last_twelve_months)
    sums = _read_sums(connection, VISITS, years, lambda rows: (rows.value, rows.twin_now, rows.twin_before))
    paired, declared = (_count_places(connection, kind, years) for kind in (PAIRED, DECLARED))
    omitted = _count_omitted(connection, years)
    found = {}
    for key, _part in groups.parts:
        visits, now, before = (None if one is None else int(one) for one in sums.get(key, (None, None, None)))
        found[key] = Comparison(visits, now, before, paired.get(key, 0), declared.get(key, 0), omitted.get(key, 0))
    return found


@cached_on_snapshot
def read_declarations(connection: Connection, selection: Selection) -> Declarations:
    """(answered, expected) declarations over the whole months of the period: the two sides of the response rate."""
    return read_group_declarations(connection, whole(selection))[WHOLE]


def read_group_declarations(connection: Connection, groups: Groups) -> dict[Key, Declarations]:
    """The same for each group."""
    sums = _read_sums(connection, RESPONSE_RATE, groups, lambda rows: (rows.answered, rows.expected))
    return {key: _answers(*sums.get(key, (0, 0))) for key, _part in groups.parts}


def _answers(answered: Decimal | int | None, expected: Decimal | int | None) -> Declarations:
    return int(answered or 0), int(expected or 0)


def response_rate_words(connection: Connection, selection: Selection) -> str | None:
    """« taux de réponse : 61 % (250 déclarations sur 410 attendues) »; None when nothing was expected."""
    return declarations_words(read_declarations(connection, selection))


def declarations_words(answers: Declarations) -> str | None:
    """The same of what was read."""
    answered, expected = answers
    if not expected:
        return None
    received = f"{count(answered, 'déclaration', 'déclarations')} sur {number(expected)} attendues"
    return f"taux de réponse{NARROW}: {percent(answered / expected)} ({received})"


def _read_sums(
    connection: Connection,
    measure: Measure,
    groups: Groups,
    parts: Callable[[Columns], tuple[ColumnElement[Any], ...]],
) -> dict[Key, Any]:
    """Sums of the months of each group, by key."""
    selection, by = _selection_and_key(groups)
    rows = rows_of(measure, selection)
    query = select(*(func.sum(part) for part in parts(rows.c))).where(*conditions(measure, rows, selection, *by))
    if not groups.period:
        return by_key(connection, rows.c[groups.column] if groups.column else None, query)
    periods = groups.periods
    of_period = rows.c.month.between(periods.c.first // 100, periods.c.last // 100)
    return by_key(connection, periods.c.key, query.join_from(rows, periods, of_period))


def _selection_and_key(groups: Groups) -> tuple[Selection, tuple[str, ...]]:
    """The selection that has the months of every group, and the column that their rows are told apart by."""
    if groups.period:
        return replace(groups.selection, since=None), ()
    return groups.selection, (groups.column,) if groups.column else ()


def _count_places(connection: Connection, kind: str, years: Groups) -> dict[Key, int]:
    """The places of each group with a month of this kind among its twelve, by key: of each place, the run kept at load
    that holds the last of the twelve says so.
    """
    selection, by = _selection_and_key(years)
    levels = [EVERY_LEVEL, level_of({*selection.needs(), *by}).number]
    runs = visit_span.c
    query = select(func.count()).where(runs.kind == kind, runs.level.in_(levels))
    query = query.where(*selection.where(runs, OF_ATTENDANCE))
    if years.period:
        last = years.periods.c.last // 100
        return _counts(by_key(connection, years.periods.c.key, query.where(runs.first <= last, runs.last >= last)))
    last_month = month_number(selection.until)
    query = query.where(runs.first <= last_month, runs.last >= last_month)
    return _counts(by_key(connection, runs[years.column] if years.column else None, query))


def _counts(found: dict[Key, Any]) -> dict[Key, int]:
    return {key: int(row[0]) for key, row in found.items()}


def _count_omitted(connection: Connection, years: Groups) -> dict[Key, int]:
    """The private places that the figure of each group leaves out, by key."""
    if years.period:
        runs = read_runs(connection, "paired", replace(years.selection, since=None))
        return years.map(lambda _key, year: len({run.place_id for run in runs if run.overlaps(year)}))
    by = (years.column,) if years.column else ()
    found = count_places(connection, "paired", years.selection, *by)
    return {key[0] if key else WHOLE: places for key, places in found.items()}
