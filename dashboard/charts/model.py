"""What a chart is: a question, the sentence that answers it, a figure and a table of the same numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd
from sqlalchemy import Connection

from dashboard.exports.columns import TableColumn
from dashboard.figures.base import Changes, Figure
from data.selection import Known, Selection, unit_of
from data.units import ATTENDANCE, VISITS, Unit


@dataclass(frozen=True)
class Chart:
    """One chart, declared once: card, table, exports, route and tests come from it.

    `read` gives a tidy frame (its columns documented in its docstring; columns outside `columns` serve the drawing
    only); an empty frame means that there is nothing to show and `nothing` says why. `finding` is the sentence above
    the chart, computed; `measured` what is measured, under it; `describe` the text alternative (kind, trend, largest,
    smallest); `note` what its data also ask to be said at the foot; `height` that of the figure, in CSS;
    `pages` the paths of the pages that show it. `change`, for a figure whose bulk never differs, gives what this
    selection has of its own: only that is sent when the filters change, and an empty frame is drawn too. `in_unit`
    makes it for another unit of attendance (`by_unit`). The sources of a chart are those of its indicators.
    """

    slug: str
    measured: str
    read: Callable[[Connection, Selection, Known], pd.DataFrame]
    finding: Callable[[pd.DataFrame], str]
    describe: Callable[[pd.DataFrame], str]
    draw: Callable[[pd.DataFrame], Figure]
    columns: tuple[TableColumn, ...]
    indicators: tuple[str, ...]
    nothing: Callable[[Selection, Known], str]
    change: Callable[[pd.DataFrame], Changes] | None = None
    note: Callable[[pd.DataFrame], str] = lambda _frame: ""
    height: str = "20rem"
    pages: tuple[str, ...] = ("/",)
    in_unit: Callable[[Unit], Chart] | None = None

    def worded_for(self, selection: Selection) -> Chart:
        """The same chart, in the unit of attendance that a selection chooses."""
        return self.in_unit(ATTENDANCE[unit_of(selection)]) if self.in_unit else self


def by_unit(chart: Callable[[Unit], Chart]) -> Chart:
    """A chart of attendance, declared for any unit; without a choice it is in visits."""
    return replace(chart(VISITS), in_unit=chart)
