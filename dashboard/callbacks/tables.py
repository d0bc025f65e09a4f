"""The table of each chart: filled when the reader opens it; while it is open it follows the filters."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from dash import Dash, Input, Output, State
from dash.development.base_component import Component

from dashboard import ids
from dashboard.charts import CHARTS, Chart
from dashboard.components.chart_card import chart_table, closed_table, read_shown
from dashboard.components.page import Ask


def register(app: Dash, ask: Ask) -> None:
    """Register one callback per chart."""
    for chart in CHARTS:
        register_one(app, ask, chart)


def register_one(app: Dash, ask: Ask, chart: Chart) -> None:
    """Register the callback of a chart's table."""

    @app.callback(
        Output(ids.table(chart.slug), "children"),
        Input(ids.data(chart.slug), "open"),
        State(ids.export_link(chart.slug, "csv"), "href"),
        prevent_initial_call=True,
    )
    def fill_table(is_open: bool | None, export: str | None) -> Component:
        if not is_open:
            return closed_table()  # never numbers of other filters when it opens again
        with ask("", query_of(export)) as asked:
            return chart_table(read_shown(asked.connection, chart, asked.selection, asked.known, asked.provenance))


def query_of(export: Any) -> str:
    """The query of a card's own export, which says what the card shows: its page may settle a territory by its path."""
    try:
        return urlsplit(export).query if isinstance(export, str) else ""
    except ValueError:
        return ""
