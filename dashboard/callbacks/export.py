"""The PNG button of each chart: the browser draws the image, the server is not asked."""

from __future__ import annotations

from dash import Dash

from dashboard.charts import CHARTS
from dashboard.components.chart_card import png_export


def register(app: Dash) -> None:
    """Register one client function per chart."""
    for chart in CHARTS:
        app.clientside_callback(*png_export(chart), prevent_initial_call=True)  # type: ignore[no-untyped-call]
