"""What a chart is: a question, the sentence that answers it, a figure and a table of the same numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
from sqlalchemy import Connection

from data.selection import Known, Selection
from data.units import Unit

Figure = Mapping[str, Any]  # {"data": […], "layout": {…}} in plotly's vocabulary; tests validate it with go.Figure


@dataclass(frozen=True)
class TableColumn:
    """A column of the chart's frame as tables and exports show it. `unit` writes values; dates and text need none."""

    name: str
    header: str
    kind: Literal["text", "day", "month", "year", "value"] = "text"
    unit: Unit | None = None


@dataclass(frozen=True)
class Chart:
    """One chart, declared once: card, table, exports, route and tests come from it.

    `read` gives a tidy frame (its columns documented in its docstring; columns outside `columns` serve the drawing
    only); an empty frame means that there is nothing to show and `nothing` says why. `finding` is the sentence above
    the chart, computed; `measured` what is measured, under it; `describe` the text alternative (kind, trend, largest,
    smallest). The sources of a chart are those of its indicators.
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
