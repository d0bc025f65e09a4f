"""A chart: a question, the sentence that answers it (finding), a figure and a table of the same numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.drill import Drill, NoDrill
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import OfficeChart
from dashboard.figures.base import Figure, FigureChanges
from data.indicators import filters_of_indicators, indicator_named
from data.queries.sources import missing_source_reason
from data.selection import FilterOptions, Selection, unit_of
from data.types import month_start
from data.units import ATTENDANCE_UNITS, VISITS, Unit


@dataclass(frozen=True)
class Chart:
    """One chart, declared once: card, table, exports, route and tests come from it.

    `read` gives a tidy frame (its docstring documents the columns; columns outside `columns` only serve the drawing);
    an empty frame means that there is nothing to show, for the reason in `empty_message`, or for the one that
    `read_empty_cause` finds in the database (None: it finds no other). `finding` is the computed sentence above the
    chart; `subtitle` what is measured, under it; `describe` the text alternative (kind, trend, largest, smallest);
    `office` how Office draws it; `note` the remarks under the chart that depend on the data; `height` the height of
    the figure, in CSS, or how it follows from the frame (`charts/heights.py`); `pages` the paths of the pages that
    show it. `change` is given for a figure whose bulk is constant: it returns the part that depends on the selection,
    which is then the only part sent when the filters change, even for an empty frame. `in_unit` makes the chart for
    another unit of attendance (`by_unit`). The sources of a chart are those of its indicators, of `needs` and of
    `optional`; it shows nothing until those in `needs` are loaded (default: all the necessary ones), and lacks
    something without `optional` ones. `ignores` are the keys of filters that do not apply to its numbers: the chart
    then covers the whole Région, and its finding states it. `drill` is what its marks lead to, `compares` are the keys
    of the kinds of things that it sets side by side (COMPARISON_KINDS). `time_column` is given for a figure with an
    axis of days: the column of the frame along it, days or months (yyyymm), never years: annotations are drawn on it.
    """

    slug: str
    subtitle: str
    read: Callable[[Connection, Selection, FilterOptions], pd.DataFrame]
    finding: Callable[[pd.DataFrame], str]
    describe: Callable[[pd.DataFrame], str]
    draw: Callable[[pd.DataFrame], Figure]
    office: OfficeChart
    columns: tuple[TableColumn, ...]
    indicators: tuple[str, ...]
    empty_message: Callable[[Selection, FilterOptions], str]
    read_empty_cause: Callable[[Connection, Selection], str | None] = lambda _connection, _selection: None
    change: Callable[[pd.DataFrame], FigureChanges] | None = None
    note: Callable[[pd.DataFrame], str] = lambda _frame: ""
    height: str | Callable[[pd.DataFrame], str] = "20rem"
    pages: tuple[str, ...] = ("/",)
    in_unit: Callable[[Unit], Chart] | None = None
    needs: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    ignores: tuple[str, ...] = ()
    drill: Drill | NoDrill | None = None
    compares: tuple[str, ...] = ()
    time_column: str = ""

    @property
    def themes(self) -> tuple[str, ...]:
        """The themes of its indicators."""
        indicators = (indicator_named(slug) for slug in self.indicators)
        return tuple(dict.fromkeys(indicator.theme for indicator in indicators if indicator))

    def time_span(self, frame: pd.DataFrame) -> tuple[date, date] | None:
        """The first and the last day of its time axis; None for a chart without one, or without a row."""
        if not self.time_column or frame.empty:
            return None
        values = frame[self.time_column].tolist()
        first, last = (value if isinstance(value, date) else month_start(value) for value in (min(values), max(values)))
        return first, last

    @property
    def filters(self) -> tuple[str, ...]:
        """The keys of the filters that apply to its numbers: those of its indicators, except `ignores`, and those of
        the comparisons that it draws.
        """
        return (*(key for key in filters_of_indicators(self.indicators) if key not in self.ignores), *self.compares)

    def applied(self, selection: Selection) -> Selection:
        """The selection reduced to the filters that apply to the chart."""
        return selection.keeping_filters(self.filters)

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of the sources of its numbers."""
        indicators = (indicator_named(slug) for slug in self.indicators)
        named = (name for indicator in indicators if indicator for name in indicator.sources)
        return tuple(dict.fromkeys((*named, *self.needs, *self.optional)))

    @property
    def necessary_sources(self) -> tuple[str, ...]:
        """The sources without which the chart is empty."""
        indicators = (indicator_named(slug) for slug in self.indicators)
        return self.needs or tuple(
            dict.fromkeys(name for indicator in indicators if indicator for name in indicator.required_sources)
        )

    def height_of(self, frame: pd.DataFrame) -> str:
        """The height of the figure of a frame, in CSS."""
        return self.height if isinstance(self.height, str) else self.height(frame)

    def worded_for(self, selection: Selection) -> Chart:
        """The chart in the unit of attendance chosen by a selection."""
        return self.in_unit(ATTENDANCE_UNITS[unit_of(selection)]) if self.in_unit else self


def by_unit(chart: Callable[[Unit], Chart]) -> Chart:
    """A chart of attendance declared for any unit; its default is in visits."""
    return replace(chart(VISITS), in_unit=chart)


class ChartData(NamedTuple):
    """The frame of a chart, in the unit of the selection; `missing` is the reason why it is empty when a necessary
    source was never loaded.
    """

    chart: Chart
    frame: pd.DataFrame
    missing: str | None


def read_chart(connection: Connection, chart: Chart, selection: Selection, options: FilterOptions) -> ChartData:
    """The numbers of a chart in the unit of the selection; none without its necessary sources."""
    chart = chart.worded_for(selection)
    missing = missing_source_reason(connection, chart.necessary_sources)
    frame = chart.read(connection, chart.applied(selection), options)
    return ChartData(chart, frame.iloc[:0] if missing else frame, missing)
