"""The series of an indicator in each département, in panels with the same axes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.heights import height_of_panels
from dashboard.charts.indicator_frames import (
    SeriesPeriod,
    confidentiality_note,
    has_something,
    partial_note,
    period_drill,
    period_of_key,
    read_territory_reason,
    remark_columns,
    remark_text,
    theme_colour,
)
from dashboard.charts.indicator_ranks import UNPLACED, territory_groupings
from dashboard.charts.model import Chart
from dashboard.charts.phrases import period_text, territory_text
from dashboard.charts.trend_phrases import amount_between, short_change
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import OfficeChart
from dashboard.figures.base import FrameRow, records
from dashboard.figures.multiples import CurveStyle, draw_panels
from data.i18n import NARROW, count, in_territory, month_long, number
from data.indicators import Grouping, Indicator
from data.model.facts import MeasuredValue
from data.queries.indicators import UNPLACED_CODE, read_breakdown
from data.queries.trend import no_comparison_reason, series_grouping
from data.selection import FilterOptions, Selection
from data.types import TerritoryColumn

DEPARTEMENT: TerritoryColumn = "dep"
_COLUMNS = ["panel", "dep", "period", "month", "year", "day", "value", "is_weak", "text", "remark", "when"]


def read_panels(
    connection: Connection, selection: Selection, options: FilterOptions, *, indicator: Indicator, periods: Grouping
) -> pd.DataFrame:
    """One row per département and period with a value: `panel` (its name), `dep` (its code), `period` (yyyymm, or the
    year; also in `month` or `year`), `day` (where it is drawn), `value` (in the unit of the indicator; None when
    unknown), `is_weak` (a year that is not whole), `text` (for the hover), `remark`, `when` (« en 2020 »). The
    attribute `unplaced` is the value of the facts without a département. Empty for fewer than two départements with a
    value: one is the series of the selection.
    """
    columns = territory_groupings(indicator)
    departements = read_breakdown(connection, indicator, selection, columns[DEPARTEMENT], options)
    rows: list[tuple[Any, ...]] = []
    for code in departements:
        if code != UNPLACED_CODE:
            part = selection.with_codes(DEPARTEMENT, [code])
            readings = read_breakdown(connection, indicator, part, periods, options)
            name = options.label(DEPARTEMENT, code)
            rows += [(name, code, *values) for values in _period_values(indicator, part, readings)]
    if len({row[0] for row in rows}) < 2:
        return pd.DataFrame(columns=_COLUMNS, dtype=object)
    frame = pd.DataFrame(rows, columns=_COLUMNS, dtype=object)
    unplaced = departements.get(UNPLACED_CODE)
    frame.attrs["unplaced"] = unplaced.value if unplaced else None
    return frame


def _period_values(
    indicator: Indicator, selection: Selection, readings: Mapping[str, MeasuredValue]
) -> list[tuple[Any, ...]]:
    """The columns of one département after its name, by period; none without a known value other than the zeros of a
    sum.
    """
    if not has_something(indicator, readings.values()):
        return []
    is_stock = indicator.time == "stock"
    rows = []
    for key, reading in readings.items():
        period = period_of_key(key, selection)
        when = period.stock_text if is_stock else period.flow_text
        text = f"{when}{NARROW}: {indicator.unit.text(reading.value)}"
        is_weak = not is_stock and not period.is_whole
        numbers = (period.number, period.month, period.year, _day(period, indicator))
        rows.append((*numbers, reading.value, is_weak, text, remark_text(reading), when))
    return rows


def _day(period: SeriesPeriod, indicator: Indicator) -> Any:
    """Where a value is drawn: at the end of the period for what is in force at that date, else at its start."""
    return period.last if indicator.time == "stock" else period.first.replace(day=1)


def panels_finding(frame: pd.DataFrame, indicator: Indicator) -> str:
    """In how many départements the value rose and fell in a year, and where most; their last values where years do not
    compare.
    """
    series = _series_by_panel(frame)
    last = max((row["period"] for rows in series.values() for row in rows if not row["is_weak"]), default=0)
    before = last - (100 if last > 9_999 else 1)
    pairs = {
        name: (values[last], values[before])
        for name, rows in series.items()
        if {last, before} <= (values := {row["period"]: row["value"] for row in rows}).keys()
    }
    if no_comparison_reason(indicator) or len(pairs) < 2:
        return f"{indicator.label}{NARROW}: {_last_values_text(series, indicator)}"
    when = f"entre {_period_name(before)} et {_period_name(last)}"
    return f"{indicator.label}, {when}{NARROW}: {_changes_text(pairs, indicator)}"


def _period_name(period: int) -> str:
    return month_long(period) if period > 9_999 else str(period)


def _changes_text(pairs: Mapping[str, tuple[float, float]], indicator: Indicator) -> str:
    """« en hausse dans 3 départements sur 5, en baisse dans 2 ; surtout dans l’Eure (+3) », from the value now and
    before of each.
    """
    moved = {name: pair for name, pair in pairs.items() if amount_between(indicator.unit, *pair)}
    if not moved:
        return f"stable dans chacun des {number(len(pairs))} départements comparés"
    rises = sum(now > before for now, before in moved.values())
    counts = [(word, some) for word, some in (("hausse", rises), ("baisse", len(moved) - rises)) if some]
    (word, some), *others = counts
    text = f"en {word} dans {count(some, 'département', 'départements')} sur {number(len(pairs))}"
    text += "".join(f", en {word} dans {number(some)}" for word, some in others)
    first, *rest = sorted(moved, key=lambda name: -abs(moved[name][0] - moved[name][1]))
    amounts = [amount_between(indicator.unit, *moved[name]) for name in (first, *rest[:1])]
    if len(set(amounts)) < len(amounts):
        return text
    return f"{text}{NARROW}; surtout {in_territory(first)} ({short_change(indicator.unit, *moved[first])})"


def _series_by_panel(frame: pd.DataFrame) -> dict[str, list[FrameRow]]:
    series: dict[str, list[FrameRow]] = {}
    for row in records(frame):
        if row["value"] is not None:
            series.setdefault(row["panel"], []).append(row)
    return series


def _last_values_text(series: dict[str, list[FrameRow]], indicator: Indicator) -> str:
    last = {name: rows[-1] for name, rows in series.items()}
    most, least = (pick(last, key=lambda name: last[name]["value"]) for pick in (max, min))
    values = [
        f"{indicator.unit.value_text(last[name]['value'])} ({name}, {last[name]['when']})" for name in (least, most)
    ]
    return f"de {values[0]} à {values[1]}"


def describe_panels(frame: pd.DataFrame, indicator: Indicator) -> str:
    series = _series_by_panel(frame)
    listed = f"{NARROW}; ".join(
        f"{name} {indicator.unit.value_text(rows[-1]['value'])} {rows[-1]['when']}" for name, rows in series.items()
    )
    panels = count(len(series), "courbe", "courbes")
    return f"{panels}, une par département, aux mêmes échelles, {indicator.label}{NARROW}: {listed}."


def panels_note(frame: pd.DataFrame, indicator: Indicator) -> str:
    """What no panel holds, and why some values are without private places."""
    unplaced = frame.attrs["unplaced"]
    parts = [
        f"{UNPLACED}, dans aucune courbe{NARROW}: {indicator.unit.text(unplaced)}" if unplaced else "",
        partial_note(frame["is_weak"].tolist()),
        confidentiality_note(indicator, frame["remark"].tolist()),
    ]
    return " · ".join(part for part in parts if part)


def message_of_few_departements(indicator: Indicator) -> Callable[[Selection, FilterOptions], str]:
    def message(selection: Selection, options: FilterOptions) -> str:
        where, when = territory_text(selection, options), period_text(selection)
        return f"{indicator.label}{NARROW}: moins de deux départements à comparer {where} {when}"

    return message


def panels_chart(indicator: Indicator) -> Chart | None:
    """The chart `departements-<indicator>`; None for an indicator without periods or without territories."""
    periods = series_grouping(indicator)
    if periods is None or DEPARTEMENT not in territory_groupings(indicator):
        return None
    is_month = periods.period == "month"
    how = "à la fin de chaque mois" if indicator.time == "stock" else "par mois" if is_month else "par année"
    style = CurveStyle(theme_colour(indicator), marks=not is_month, unit=indicator.unit)
    return Chart(
        slug=f"departements-{indicator.slug}",
        subtitle=f"{indicator.label}, {how}, dans chaque département",
        read=partial(read_panels, indicator=indicator, periods=periods),
        finding=partial(panels_finding, indicator=indicator),
        describe=partial(describe_panels, indicator=indicator),
        draw=partial(draw_panels, style=style),
        office=OfficeChart("line", ("period",), ("value",), series="panel"),
        columns=(
            TableColumn("panel", "Département"),
            TableColumn("period", periods.label, "month" if is_month else "year"),
            TableColumn("value", indicator.label, "value", indicator.unit),
            *remark_columns(indicator),
        ),
        indicators=(indicator.slug,),
        read_empty_cause=read_territory_reason(indicator),
        empty_message=message_of_few_departements(indicator),
        note=partial(panels_note, indicator=indicator),
        height=height_of_panels,
        pages=(f"/indicateurs/{indicator.slug}",),
        drill=period_drill(indicator, periods, DEPARTEMENT),
        time_column="day" if is_month else "",
    )
