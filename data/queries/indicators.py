"""The value of any indicator for any selection, whole or broken down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, func, select

from data.facts.aggregate import (
    aggregate_columns,
    measure_conditions,
    measured_value,
    rows_to_aggregate,
    undated_measure_conditions,
    value_without_rows,
)
from data.facts.scope import NO_CODE
from data.filters import TERRITORY_FILTERS, filter_named
from data.i18n import NARROW
from data.model.facts import Measure, MeasuredValue
from data.model.groups import WHOLE_KEY, Groups, single_group
from data.model.indicators import ComputedMeasure, Grouping, Indicator
from data.queries.measures import read_measure, read_stock_at, with_omission_notes
from data.queries.sources import missing_source_reason
from data.schema import commune
from data.selection import FilterOptions, Selection
from data.selection.periods import whole_months
from data.types import TimeKind, month_end, month_number, month_of, month_start, months_between, year_of

UNPLACED_CODE = "non-localise"


def read_value(connection: Connection, indicator: Indicator, selection: Selection) -> MeasuredValue:
    """The value of an indicator over the whole selection; unknown when a required source was never loaded."""
    missing = missing_source_reason(connection, indicator.required_sources)
    if missing:
        return MeasuredValue(None, missing)
    measure = indicator.measure
    if isinstance(measure, ComputedMeasure):
        return measure.read(connection, single_group(selection))[WHOLE_KEY]
    value = read_measure(connection, measure, selection)
    notes = (
        value.note,
        missing_source_reason(connection, indicator.optional_sources),
        indicator.read_note(connection, selection) if indicator.read_note else None,
    )
    return replace(value, note=f"{NARROW}; ".join(note for note in notes if note) or None)


def read_breakdown(
    connection: Connection, indicator: Indicator, selection: Selection, grouping: Grouping, options: FilterOptions
) -> dict[str, MeasuredValue]:
    """The value of an indicator for each key of a grouping.

    Every territory or code of the selection has a value (0 for counts, None for unknown); facts without a code are
    under `non-localise`. Periods have no gap; a stock is read at the end of each, `until` at the latest.
    """
    missing = missing_source_reason(connection, indicator.required_sources)
    if missing:
        keys = () if grouping.period else _read_codes(connection, selection, grouping, options)
        return dict.fromkeys(keys, MeasuredValue(None, missing))
    measure = indicator.measure
    if isinstance(measure, ComputedMeasure):
        return _read_computed_breakdown(connection, measure, selection, grouping, options)
    if grouping.period:
        return _read_by_period(connection, measure, selection, grouping)
    return _read_by_code(connection, measure, selection, grouping, options)


def _read_computed_breakdown(
    connection: Connection, computed: ComputedMeasure, selection: Selection, grouping: Grouping, options: FilterOptions
) -> dict[str, MeasuredValue]:
    groups = _read_groups(connection, computed.basis, selection, grouping, options)
    if not groups.parts:
        return {}
    values_by_key = computed.read(connection, groups)
    if grouping.period:
        return {_period_key(int(key)): value for key, value in values_by_key.items()}
    code_of = filter_named(grouping.filter).code_of_value
    values_by_code = {
        UNPLACED_CODE if key == NO_CODE else code_of(str(key)): value for key, value in values_by_key.items()
    }
    if (
        UNPLACED_CODE in values_by_code and values_by_code[UNPLACED_CODE].value is None
    ):  # what is for inhabitants or places has none
        del values_by_code[UNPLACED_CODE]
    return values_by_code


def _read_groups(
    connection: Connection, basis: Measure, selection: Selection, grouping: Grouping, options: FilterOptions
) -> Groups:
    """The groups of a selection: one for each key, and one for the facts without a code when there are any."""
    if grouping.period:
        start = selection.since or read_first_fact_day(connection, basis, selection)
        last = _last_day(basis.fact.time, selection)
        periods = _periods(start, last, grouping) if start and start <= selection.until else []
        parts = tuple((period, selection_of_period(selection, period, basis.fact.time)) for period in periods)
        return Groups(selection, parts, period=grouping.period)
    values = filter_named(grouping.filter).database_values
    codes = _read_codes(connection, selection, grouping, options)
    if _has_unplaced(connection, basis, selection, grouping):
        codes = [*codes, NO_CODE]
    code_parts = tuple((values.get(code, code), selection.with_codes(grouping.filter, [code])) for code in codes)
    return Groups(selection, code_parts, column=grouping.column)


def _has_unplaced(connection: Connection, basis: Measure, selection: Selection, grouping: Grouping) -> bool:
    if grouping.column not in rows_to_aggregate(basis, selection).c or selection.codes(grouping.filter):
        return False
    part = selection.with_codes(grouping.filter, [NO_CODE])
    rows = rows_to_aggregate(basis, part)
    first_row = select(rows.c[grouping.column]).where(*measure_conditions(basis, rows, part, grouping.column)).limit(1)
    return connection.execute(first_row).first() is not None


def read_first_fact_day(connection: Connection, measure: Measure, selection: Selection) -> date | None:
    """The day of the first fact that a measure counts, whatever the start of the selection; None without any."""
    selection = replace(selection, since=None)
    rows, time = rows_to_aggregate(measure, selection), measure.fact.time
    if time == "undated":
        return None
    day = {"stock": "started", "day": "day", "month": "month"}[time]
    conditions = (undated_measure_conditions if time == "stock" else measure_conditions)(measure, rows, selection)
    first: date | int | None = connection.scalar(select(func.min(rows.c[day])).where(*conditions))
    return month_start(first) if isinstance(first, int) else first


def selection_of_period(selection: Selection, period: int, time: TimeKind) -> Selection:
    """The part of a selection within a year (2020) or a month (202003); a stock is read at the end of it."""
    first, last = (date(period, 1, 1), date(period, 12, 31)) if period < 10_000 else _month_bounds(period)
    since = selection.since if time == "stock" else max(first, selection.since or first)
    return replace(selection, since=since, until=min(last, selection.until), until_given=True)


def _month_bounds(month: int) -> tuple[date, date]:
    return month_start(month), month_end(month)


def _read_by_code(
    connection: Connection, measure: Measure, selection: Selection, grouping: Grouping, options: FilterOptions
) -> dict[str, MeasuredValue]:
    rows = rows_to_aggregate(measure, selection)
    key = rows.c[grouping.column]
    answer = connection.execute(
        select(key, *aggregate_columns(measure, rows))
        .select_from(rows)
        .where(*measure_conditions(measure, rows, selection, grouping.column))
        .group_by(key)
    ).all()
    filter_ = filter_named(grouping.filter)
    readings = {row[0]: measured_value(measure, row[1:]) for row in answer}
    readings = with_omission_notes(connection, measure, selection, grouping.column, readings)
    values_by_code = {
        UNPLACED_CODE if value == NO_CODE else filter_.code_of_value(value): reading
        for value, reading in readings.items()
    }
    keys = _read_codes(connection, selection, grouping, options)
    extra = sorted(set(values_by_code) - set(keys) - {UNPLACED_CODE})
    last = [UNPLACED_CODE] if UNPLACED_CODE in values_by_code else []
    return {code: values_by_code.get(code, value_without_rows(measure)) for code in (*keys, *extra, *last)}


def _read_codes(connection: Connection, selection: Selection, grouping: Grouping, options: FilterOptions) -> list[str]:
    if grouping.column in ("dep", "epci"):
        column_ = commune.c[grouping.column]
        places = select(column_).where(*selection.where(commune.c, TERRITORY_FILTERS)).distinct().order_by(column_)
        return list(connection.scalars(places))
    chosen = selection.codes(grouping.filter)
    return [option.code for option in options.by_filter[grouping.filter] if not chosen or option.code in chosen]


def _read_by_period(
    connection: Connection, measure: Measure, selection: Selection, grouping: Grouping
) -> dict[str, MeasuredValue]:
    if measure.fact.time == "stock":
        return _read_stock_by_period(connection, measure, selection, grouping)
    rows = rows_to_aggregate(measure, selection)
    if measure.fact.time == "day":
        period = year_of(rows.c.day) if grouping.period == "year" else month_of(rows.c.day)
    else:
        period = rows.c.month // 100 if grouping.period == "year" else rows.c.month + 0
    answer = connection.execute(
        select(period, *aggregate_columns(measure, rows))
        .select_from(rows)
        .where(*measure_conditions(measure, rows, selection, grouping.period))
        .group_by(period)
    ).all()
    values_by_period: Mapping[int, MeasuredValue] = {int(row[0]): measured_value(measure, row[1:]) for row in answer}
    values_by_period = with_omission_notes(connection, measure, selection, grouping.period, values_by_period)
    if not values_by_period and selection.since is None:
        return {}
    start = selection.since or _period_start(min(values_by_period))
    periods = _periods(start, _last_day(measure.fact.time, selection), grouping)
    return {_period_key(period): values_by_period.get(period, value_without_rows(measure)) for period in periods}


def _last_day(time: TimeKind, selection: Selection) -> date:
    """The day up to which periods run: attendance is read by whole months."""
    if time != "month":
        return selection.until
    return month_start(whole_months(None, selection.until)[1])


def _period_start(period: int) -> date:
    return date(period, 1, 1) if period < 10_000 else month_start(period)


def _periods(start: date, last: date, grouping: Grouping) -> list[int]:
    if grouping.period == "year":
        return list(range(start.year, last.year + 1))
    return months_between(month_number(start), month_number(last))


def _period_key(period: int) -> str:
    return str(period) if period < 10_000 else f"{period // 100}-{period % 100:02d}"


def _read_stock_by_period(
    connection: Connection, measure: Measure, selection: Selection, grouping: Grouping
) -> dict[str, MeasuredValue]:
    start = selection.since or read_first_fact_day(connection, measure, selection)
    if start is None or start > selection.until:
        return {}
    ends = {}
    for period in _periods(start, selection.until, grouping):
        end = date(period, 12, 31) if grouping.period == "year" else month_end(period)
        ends[_period_key(period)] = min(end, selection.until)
    values_by_day = read_stock_at(connection, measure, selection, list(ends.values()))
    return {key: values_by_day[end] for key, end in ends.items()}
