"""How an indicator moves: its series by month or by year, and its value a year earlier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from data.model.facts import Measure, MeasuredValue, Total
from data.model.indicators import Grouping, Indicator, groupings_of
from data.queries.indicators import read_breakdown, read_value
from data.selection import FilterOptions, Selection
from data.selection.periods import year_before
from data.types import month_after, month_end, month_number
from data.units import CHANGE


@dataclass(frozen=True)
class Trend:
    """The value of a selection and that of a year earlier (unknown, with the reason, when the two do not compare);
    `series` are the values by period (`2020` or `2020-12`), without a gap, empty for an indicator without dates.
    """

    value: MeasuredValue
    before: MeasuredValue
    series: Mapping[str, MeasuredValue]


def series_grouping(indicator: Indicator) -> Grouping | None:
    """The periods of a series that read best: months for what is in force at a date and for attendance, years for
    events, which are few in a month; the other ones when it has only these, None without any.
    """
    periods = {grouping.period: grouping for grouping in groupings_of(indicator) if grouping.period}
    best = ("month", "year") if indicator.time in ("stock", "month") else ("year", "month")
    return next((periods[period] for period in best if period in periods), None)


def no_comparison_reason(indicator: Indicator) -> str | None:
    """The French reason why two periods of an indicator do not compare; None when they do."""
    if indicator.time == "undated":
        return "ces lignes n’ont pas de date"
    if indicator.unit == CHANGE:
        return "ce chiffre est déjà une évolution en un an"
    measure = indicator.measure
    if isinstance(measure, Measure) and isinstance(measure.value, Total) and measure.disclosure:
        return "les lieux qui déclarent ne sont pas les mêmes"
    return None


def read_trend(connection: Connection, indicator: Indicator, selection: Selection, options: FilterOptions) -> Trend:
    """The trend of an indicator. A period with a start is compared with the same one a year earlier; without, each of
    the two values counts from the first fact.
    """
    grouping = series_grouping(indicator)
    series = read_breakdown(connection, indicator, selection, grouping, options) if grouping else {}
    value = _value_in_force(indicator, series, selection) or read_value(connection, indicator, selection)
    before = _value_in_force(indicator, series, a_year_earlier(selection))
    return Trend(value, before or read_value_a_year_earlier(connection, indicator, selection), series)


def read_value_a_year_earlier(connection: Connection, indicator: Indicator, selection: Selection) -> MeasuredValue:
    """The value over the same period a year earlier; unknown, with the reason, when the two do not compare."""
    reason = no_comparison_reason(indicator)
    return MeasuredValue(None, reason) if reason else read_value(connection, indicator, a_year_earlier(selection))


def _value_in_force(
    indicator: Indicator, series: Mapping[str, MeasuredValue], selection: Selection
) -> MeasuredValue | None:
    """The value of a selection that its series holds, which spares a query: that of a stock at the end of a month. The
    value of an aggregate has notes that a breakdown has not.
    """
    if indicator.time != "stock" or isinstance(indicator.measure, Measure) or selection.until != _month_end(selection):
        return None
    return series.get(f"{selection.until:%Y-%m}")


def _month_end(selection: Selection) -> date:
    return month_end(month_number(selection.until))


def a_year_earlier(selection: Selection) -> Selection:
    """The selection over the same period a year earlier; the end of a month stays one."""
    since = year_before(selection.since) if selection.since else None
    return replace(selection, since=since, until=_year_before_end(selection.until), until_given=True)


def _year_before_end(day: date) -> date:
    month = month_number(day)
    return month_end(month_after(month, -12)) if day == month_end(month) else year_before(day)
