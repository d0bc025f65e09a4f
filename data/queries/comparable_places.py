"""Declaration counts, and attendance against a year before over the places and months present in both years."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from data.engine import cached_on_snapshot
from data.facts.aggregate import measure_conditions, rows_to_aggregate
from data.facts.attendance import DECLARED_ATTENDANCE, DECLARED_KIND, PAIRED_KIND, RESPONSE_RATE
from data.facts.suppression import EVERY_LEVEL, level_for_columns
from data.filters import ATTENDANCE_FILTERS
from data.i18n import NARROW, count, number, percent
from data.model.facts import Measure
from data.model.groups import WHOLE_KEY, GroupKey, Groups, single_group
from data.queries.groups import execute_by_key
from data.queries.suppression import count_omitted_places, read_omission_runs
from data.schema import visit_span
from data.selection import Selection
from data.selection.periods import over_months, whole_months
from data.types import Columns, month_after, month_number

MONTHS_A_YEAR = 12  # months
Declarations = tuple[int, int]  # declarations that came, and that were expected


@dataclass(frozen=True)
class Comparison:
    """Attendance of the last twelve whole months in the unit of the selection, and of its places and months that also
    have a value a year before.

    `visits` is None without any declaration; `now` and `before` are None when no month is comparable. `places` is the
    number of comparable places, `declared` of places that declared in the twelve months, `omitted` of private places
    that all these leave out.
    """

    visits: int | None
    now: int | None
    before: int | None
    places: int
    declared: int
    omitted: int

    @property
    def share(self) -> float:
        """The share of `visits` in comparable places and months."""
        return (self.now or 0) / self.visits if self.visits else 0.0


def last_twelve_months(selection: Selection) -> Selection:
    """The selection over its last twelve whole months, wherever its period begins."""
    last = whole_months(None, selection.until)[1]
    return over_months(selection, month_after(last, 1 - MONTHS_A_YEAR), last)


def last_months_of_period(selection: Selection) -> Selection | None:
    """The selection over the last twelve whole months of its period, or as many as it has; None when it has none."""
    first, last = whole_months(selection.since, selection.until)
    first = max(first or 0, month_after(last, 1 - MONTHS_A_YEAR))
    return over_months(selection, first, last) if first <= last else None


@cached_on_snapshot
def read_comparison(connection: Connection, selection: Selection) -> Comparison:
    """The last twelve whole months against the twelve before, over the selection."""
    return read_comparison_by_group(connection, single_group(selection))[WHOLE_KEY]


def read_comparison_by_group(connection: Connection, groups: Groups) -> dict[GroupKey, Comparison]:
    """The last twelve whole months of each group against the twelve before."""
    years = groups.map_selections(last_twelve_months)
    sums = _read_month_sums_by_group(
        connection, DECLARED_ATTENDANCE, years, lambda rows: (rows.value, rows.twin_now, rows.twin_before)
    )
    paired, declared = (_count_places_by_group(connection, kind, years) for kind in (PAIRED_KIND, DECLARED_KIND))
    omitted = _count_omitted_places_by_group(connection, years)
    comparisons = {}
    for key, _part in groups.parts:
        visits, now, before = (None if total is None else int(total) for total in sums.get(key, (None, None, None)))
        comparisons[key] = Comparison(
            visits, now, before, paired.get(key, 0), declared.get(key, 0), omitted.get(key, 0)
        )
    return comparisons


@cached_on_snapshot
def read_declarations(connection: Connection, selection: Selection) -> Declarations:
    """(answered, expected) declarations over the whole months of the period: the two sides of the response rate."""
    return read_declarations_by_group(connection, single_group(selection))[WHOLE_KEY]


def read_declarations_by_group(connection: Connection, groups: Groups) -> dict[GroupKey, Declarations]:
    """(answered, expected) declarations over the whole months of each group."""
    sums = _read_month_sums_by_group(connection, RESPONSE_RATE, groups, lambda rows: (rows.answered, rows.expected))
    return {key: _declaration_counts(*sums.get(key, (0, 0))) for key, _part in groups.parts}


def _declaration_counts(answered: Decimal | int | None, expected: Decimal | int | None) -> Declarations:
    return int(answered or 0), int(expected or 0)


def read_response_rate_text(connection: Connection, selection: Selection) -> str | None:
    """« taux de réponse : 61 % (250 déclarations sur 410 attendues) »; None when nothing was expected."""
    return response_rate_text(read_declarations(connection, selection))


def response_rate_text(answers: Declarations) -> str | None:
    """« taux de réponse : 61 % (250 déclarations sur 410 attendues) » from counts; None when nothing was expected."""
    answered, expected = answers
    if not expected:
        return None
    received = f"{count(answered, 'déclaration', 'déclarations')} sur {number(expected)} attendues"
    return f"taux de réponse{NARROW}: {percent(answered / expected)} ({received})"


def _read_month_sums_by_group(
    connection: Connection,
    measure: Measure,
    groups: Groups,
    parts: Callable[[Columns], tuple[ColumnElement[Any], ...]],
) -> dict[GroupKey, Any]:
    """Sums of the months of each group, by key."""
    selection, by = _selection_and_columns(groups)
    rows = rows_to_aggregate(measure, selection)
    query = select(*(func.sum(part) for part in parts(rows.c))).where(
        *measure_conditions(measure, rows, selection, *by)
    )
    if not groups.period:
        return execute_by_key(connection, rows.c[groups.column] if groups.column else None, query)
    periods = groups.periods
    of_period = rows.c.month.between(periods.c.first // 100, periods.c.last // 100)
    return execute_by_key(connection, periods.c.key, query.join_from(rows, periods, of_period))


def _selection_and_columns(groups: Groups) -> tuple[Selection, tuple[str, ...]]:
    """A selection with the months of every group, and the column that distinguishes groups."""
    if groups.period:
        return replace(groups.selection, since=None), ()
    return groups.selection, (groups.column,) if groups.column else ()


def _count_places_by_group(connection: Connection, kind: str, years: Groups) -> dict[GroupKey, int]:
    """The number of places of each group with a month of this kind among its twelve: `visit_span` has, for each place,
    the run of months that end such twelve.
    """
    selection, by = _selection_and_columns(years)
    levels = [EVERY_LEVEL, level_for_columns({*selection.narrowed_columns(), *by}).number]
    runs = visit_span.c
    query = select(func.count()).where(runs.kind == kind, runs.level.in_(levels))
    query = query.where(*selection.where(runs, ATTENDANCE_FILTERS))
    if years.period:
        last = years.periods.c.last // 100
        return _first_column_as_int(
            execute_by_key(connection, years.periods.c.key, query.where(runs.first <= last, runs.last >= last))
        )
    last_month = month_number(selection.until)
    query = query.where(runs.first <= last_month, runs.last >= last_month)
    return _first_column_as_int(execute_by_key(connection, runs[years.column] if years.column else None, query))


def _first_column_as_int(rows: dict[GroupKey, Any]) -> dict[GroupKey, int]:
    return {key: int(row[0]) for key, row in rows.items()}


def _count_omitted_places_by_group(connection: Connection, years: Groups) -> dict[GroupKey, int]:
    """The private places that the figure of each group leaves out, by key."""
    if years.period:
        runs = read_omission_runs(connection, "paired", replace(years.selection, since=None))
        return years.map_groups(lambda _key, year: len({run.place_id for run in runs if run.overlaps(year)}))
    by = (years.column,) if years.column else ()
    counts = count_omitted_places(connection, "paired", years.selection, *by)
    return {key[0] if key else WHOLE_KEY: places for key, places in counts.items()}
