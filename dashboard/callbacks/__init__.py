"""What follows the address and the filters: each callback parses, reads and shows, in a few lines."""

from __future__ import annotations

from dash import Dash
from sqlalchemy import Engine

from dashboard.callbacks import export, follow, refresh, route
from dashboard.components.page import Clock, Site


def register(app: Dash, engine: Engine, site: Site, clock: Clock) -> None:
    """Give an application its callbacks."""
    follow.register(app, engine, site, clock)
    route.register(app, engine, site, clock)
    export.register(app)
    for page in site:
        refresh.register(app, engine, page, clock)
