"""What a chart is: a question, the sentence that answers it, a figure and a table of the same numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import pandas as pd
from sqlalchemy import Connection

from dashboard.exports.columns import TableColumn
from dashboard.figures.base import Figure, FigureChanges
from data.indicators import filters_of_indicators, indicator_named
from data.queries.sources import missing_source_reason
from data.selection import FilterOptions, Selection, unit_of
from data.units import ATTENDANCE_UNITS, VISITS, Unit


@dataclass(frozen=True)
class Chart:
    """One chart, declared once: card, table, exports, route and tests come from it.

    `read` gives a tidy frame (its columns documented in its docstring; columns outside `columns` serve the drawing
    only); an empty frame means that there is nothing to show, and `empty_message` says why. `finding` is the sentence
    above the chart, computed; `subtitle` what is measured, under it; `describe` the text alternative (kind, trend,
    largest, smallest); `note` what its data also ask to be said at the foot; `height` that of the figure, in CSS;
    `pages` the paths of the pages that show it. `change`, for a figure whose bulk never differs, gives what this
    selection has of its own: only that is sent when the filters change, and an empty frame is drawn too. `in_unit`
    makes it for another unit of attendance (`by_unit`). The sources of a chart are those of its indicators; it shows
    nothing until the `needs` are loaded (by default, all the necessary ones). `ignores` are keys of filters that its
    numbers do not have: it shows the whole Région, and says so.
    """

    slug: str
    subtitle: str
    read: Callable[[Connection, Selection, FilterOptions], pd.DataFrame]
    finding: Callable[[pd.DataFrame], str]
    describe: Callable[[pd.DataFrame], str]
    draw: Callable[[pd.DataFrame], Figure]
    columns: tuple[TableColumn, ...]
    indicators: tuple[str, ...]
    empty_message: Callable[[Selection, FilterOptions], str]
    change: Callable[[pd.DataFrame], FigureChanges] | None = None
    note: Callable[[pd.DataFrame], str] = lambda _frame: ""
    height: str = "20rem"
    pages: tuple[str, ...] = ("/",)
    in_unit: Callable[[Unit], Chart] | None = None
    needs: tuple[str, ...] = ()
    ignores: tuple[str, ...] = ()

    @property
    def filters(self) -> tuple[str, ...]:
        """The keys of the filters that narrow its numbers: its indicators’ but for those it ignores."""
        return tuple(key for key in filters_of_indicators(self.indicators) if key not in self.ignores)

    def applied(self, selection: Selection) -> Selection:
        """What it shows of a selection: the filters that narrow it."""
        return selection.keeping_filters(self.filters)

    @property
    def necessary(self) -> tuple[str, ...]:
        """The sources without which it shows nothing."""
        found = (indicator_named(slug) for slug in self.indicators)
        return self.needs or tuple(dict.fromkeys(name for one in found if one for name in one.required_sources))

    def worded_for(self, selection: Selection) -> Chart:
        """The same chart, in the unit of attendance that a selection chooses."""
        return self.in_unit(ATTENDANCE_UNITS[unit_of(selection)]) if self.in_unit else self


def by_unit(chart: Callable[[Unit], Chart]) -> Chart:
    """A chart of attendance, declared for any unit; without a choice it is in visits."""
    return replace(chart(VISITS), in_unit=chart)


class ChartData(NamedTuple):
    """The frame of a chart, which is in the unit of the selection; `missing` is the reason why it is empty when a
    necessary source was never loaded.
    """

    chart: Chart
    frame: pd.DataFrame
    missing: str | None


def read_chart(connection: Connection, chart: Chart, selection: Selection, options: FilterOptions) -> ChartData:
    """The numbers of a chart in the unit of the selection; none without its necessary sources."""
    chart = chart.worded_for(selection)
    missing = missing_source_reason(connection, chart.necessary)
    frame = chart.read(connection, chart.applied(selection), options)
    return ChartData(chart, frame.iloc[:0] if missing else frame, missing)
