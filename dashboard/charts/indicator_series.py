"""The series of an indicator, by month or by year, with the path to its target."""

from __future__ import annotations

from functools import partial
from itertools import dropwhile
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.indicator_frames import (
    SeriesPeriod,
    confidentiality_note,
    has_something,
    nothing_to_show,
    partial_note,
    period_drill,
    period_of_key,
    read_unknown_reason,
    remark_columns,
    remark_text,
    theme_colour,
    whole_period,
)
from dashboard.charts.model import Chart
from dashboard.charts.phrases import capitalised
from dashboard.charts.trend_phrases import judged_change, named_value
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import OfficeChart
from dashboard.figures.base import FrameRow, records
from dashboard.figures.series import SeriesStyle, draw_month_series, draw_year_series
from data.i18n import NARROW, count, day_long, month_long
from data.indicators import Grouping, Indicator
from data.queries.indicators import read_breakdown
from data.queries.targets import Target, read_target
from data.queries.trend import no_comparison_reason, series_grouping
from data.selection import FilterOptions, Selection
from data.types import month_number, months_between

TARGET_PATH = "Trajectoire vers l’objectif"
_COLUMNS = ["period", "month", "year", "day", "until", "is_whole"]
_COLUMNS += ["value", "expected", "is_due", "text", "remark", "when"]


def has_target_path(indicator: Indicator) -> bool:
    """Whether the value of a period compares with a target: not the sum of one month of a flow."""
    return indicator.time == "stock" or not indicator.adds_up


def read_series(
    connection: Connection, selection: Selection, options: FilterOptions, *, indicator: Indicator, grouping: Grouping
) -> pd.DataFrame:
    """One row per period, from the first one with a known value, up to the due date of the target when there is one.

    `period` (yyyymm, or the year; also in `month` or in `year`), `day` (where it is drawn), `until` (last day counted),
    `is_whole`, `value` (in the unit of the indicator, for a stock at the end of the period; None when unknown),
    `expected` (on the path to the target), `is_due`, `text` (for the hover), `remark` (why it is unknown, or what must
    be said beside it), `when` (« en 2020 »). The attribute `target` is the target, if any. Empty without a known value
    other than the zeros of a sum.
    """
    readings = read_breakdown(connection, indicator, selection, grouping, options)
    target = read_target(connection, indicator.slug, selection) if has_target_path(indicator) else None
    known = dropwhile(lambda item: item[1].value is None, readings.items())
    rows = [
        _row(indicator, period_of_key(key, selection), reading.value, target, remark_text(reading))
        for key, reading in known
    ]
    if not has_something(indicator, readings.values()):
        return pd.DataFrame(columns=_COLUMNS, dtype=object)
    if target:
        rows += [_row(indicator, period, None, target, "") for period in _periods_ahead(rows[-1][0], target)]
    frame = pd.DataFrame(rows, columns=_COLUMNS, dtype=object)
    frame.attrs["target"] = target
    return frame


def _periods_ahead(last: int, target: Target) -> list[SeriesPeriod]:
    """The whole periods after the last one, to that of the due date."""
    due = target.due
    months = months_between(last, month_number(due))[1:] if last > 9_999 else range(last + 1, due.year + 1)
    return [whole_period(number) for number in months]


def _row(
    indicator: Indicator, period: SeriesPeriod, value: float | None, target: Target | None, remark: str
) -> tuple[Any, ...]:
    is_stock = indicator.time == "stock"
    when = period.stock_text if is_stock else period.flow_text
    is_due = target is not None and period.number == (month_number(target.due) if period.is_month else target.due.year)
    return (
        period.number,
        period.month,
        period.year,
        period.last if is_stock or not period.is_month else period.first,
        period.last,
        period.is_whole or is_stock,
        value,
        target.expected_at(target.due if is_due else period.last) if target else None,
        is_due,
        f"{capitalised(when)}{NARROW}: {indicator.unit.text(value)}",
        remark,
        when,
    )


def series_finding(frame: pd.DataFrame, indicator: Indicator) -> str:
    """The last known value, and how it compares with a year earlier; of years, whole ones only are compared."""
    known = [row for row in records(frame) if row["value"] is not None]
    whole = [row for row in known if row["is_whole"]]
    last = known[-1]
    shown = whole[-1] if whole and last["period"] <= 9_999 else last
    sentence = f"{indicator.label}{NARROW}: {_value_text(shown, indicator)}{_change_text(shown, known, indicator)}"
    return sentence if shown is last else f"{sentence}{NARROW}; {_value_text(last, indicator)}"


def _value_text(row: FrameRow, indicator: Indicator) -> str:
    return f"{named_value(indicator, row['value'])} {row['when']}"


def _change_text(row: FrameRow, known: list[FrameRow], indicator: Indicator) -> str:
    if no_comparison_reason(indicator):
        return _peak_text(row, known, indicator)
    is_month = row["period"] > 9_999
    earlier = [one for one in known if one["period"] == row["period"] - (100 if is_month else 1) and one["is_whole"]]
    if not earlier or not row["is_whole"]:
        return ""
    before = earlier[0]
    is_year_apart = indicator.time == "stock" and row["when"].startswith("fin ")
    when = (
        "en un an"
        if is_year_apart
        else f"depuis {before['when']}"
        if indicator.time == "stock"
        else f"par rapport à {month_long(before['period']) if is_month else before['period']}"
    )
    return judged_change(indicator, row["value"], before["value"], when)


def _peak_text(row: FrameRow, known: list[FrameRow], indicator: Indicator) -> str:
    """The highest value, where periods do not compare."""
    most = max(known, key=lambda one: one["value"])
    if most is row:
        return ""
    return f"{NARROW}; au plus {indicator.unit.value_text(most['value'])} {most['when']}"


def describe_series(frame: pd.DataFrame, indicator: Indicator) -> str:
    rows = records(frame)
    known = [row for row in rows if row["value"] is not None]
    kind = "Courbe par mois" if rows[0]["period"] > 9_999 else "Barres par année"
    most, least = (pick(known, key=lambda row: row["value"]) for pick in (max, min))
    unit, target = indicator.unit, frame.attrs["target"]
    path = f" {TARGET_PATH}{NARROW}: {unit.text(target.value)} au {day_long(target.due)}." if target else ""
    extremes = (
        f"Maximum{NARROW}: {_value_text(most, indicator)}{NARROW}; minimum{NARROW}: {_value_text(least, indicator)}."
    )
    values = count(len(known), "valeur connue", "valeurs connues")
    return f"{kind}, {values}{NARROW}: {indicator.label}. {extremes}{path}"


def series_note(frame: pd.DataFrame, indicator: Indicator) -> str:
    """The target, and why some values are without private places."""
    target = frame.attrs["target"]
    parts = [
        f"Objectif{NARROW}: {indicator.unit.text(target.value)} au {day_long(target.due)}" if target else "",
        partial_note(
            [not row["is_whole"] for row in records(frame) if row["value"] is not None and row["period"] <= 9_999]
        ),
        confidentiality_note(indicator, frame["remark"].tolist()),
    ]
    return " · ".join(part for part in parts if part)


def series_chart(indicator: Indicator) -> Chart | None:
    """The chart `serie-<indicator>`; None for an indicator without periods."""
    grouping = series_grouping(indicator)
    if grouping is None:
        return None
    is_month = grouping.period == "month"
    how = ", à la fin de chaque mois" if indicator.time == "stock" else ", par mois" if is_month else ", par année"
    style = SeriesStyle(indicator.unit, TARGET_PATH, theme_colour(indicator))
    path = (TableColumn("expected", TARGET_PATH, "value", indicator.unit),) if has_target_path(indicator) else ()
    return Chart(
        slug=f"serie-{indicator.slug}",
        subtitle=f"{indicator.label}{how}",
        read=partial(read_series, indicator=indicator, grouping=grouping),
        finding=partial(series_finding, indicator=indicator),
        describe=partial(describe_series, indicator=indicator),
        draw=partial(draw_month_series if is_month else draw_year_series, style=style),
        office=OfficeChart("line" if is_month else "column", ("period",), ("value", *(column.name for column in path))),
        columns=(
            TableColumn("period", grouping.label, "month" if is_month else "year"),
            TableColumn("value", indicator.label, "value", indicator.unit),
            *path,
            *remark_columns(indicator),
        ),
        indicators=(indicator.slug,),
        optional=("targets",) if path else (),
        empty_message=nothing_to_show(indicator),
        read_empty_cause=read_unknown_reason(indicator),
        note=partial(series_note, indicator=indicator),
        height="19rem",
        pages=(f"/indicateurs/{indicator.slug}",),
        drill=period_drill(indicator, grouping),
        time_column="day" if is_month else "",
    )
