"""Callbacks: updates of the page when the address or a control changes."""

from __future__ import annotations

from dash import Dash

from dashboard.callbacks import navigation, report, territory
from dashboard.components.page import Site
from dashboard.requests.page_request import OpenRequest


def register(app: Dash, open_request: OpenRequest, site: Site) -> None:
    """Give an application its callbacks."""
    navigation.register(app, open_request, site)
    territory.register(app)
    report.register(app)
