"""The table of each chart: filled when the reader opens it; while it is open it follows the filters."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, State

from dashboard import ids
from dashboard.charts import CHARTS, Chart
from dashboard.components.chart_card import chart_table, closed_table, read_shown
from dashboard.components.drawn import Node, content_of
from dashboard.components.page import Ask, Site, find_page


def register(app: Dash, ask: Ask, site: Site) -> None:
    """Register one callback per chart."""
    for chart in CHARTS:
        register_one(app, ask, site, chart)


def register_one(app: Dash, ask: Ask, site: Site, chart: Chart) -> None:
    """Register the callback of a chart's table."""

    @app.callback(
        Output(ids.table(chart.slug), "content"),
        Input(ids.table(chart.slug), "open"),
        State(ids.QUERY, "data"),
        State(ids.LOCATION, "pathname"),
        prevent_initial_call=True,
    )
    def fill_table(is_open: Any, query: str | None, path: str | None) -> list[Node]:
        if not is_open:
            return content_of(closed_table())  # never numbers of other filters when it opens again
        with ask(path or "/", query or "") as named:
            found = find_page(site, named.path)
            asked = found[0].narrow(named) if found else named
            shown = read_shown(asked.connection, chart, asked.selection, asked.known, asked.provenance)
            return content_of(chart_table(shown))
