"""« Mon territoire »: client-side callbacks, without the server."""

from __future__ import annotations

from dash import Dash

from dashboard.components.territory_follow import follow_button_callback, header_link_callback


def register(app: Dash) -> None:
    """Register the client functions of the header's link and of the sheet's button."""
    app.clientside_callback(*header_link_callback())  # type: ignore[no-untyped-call]
    app.clientside_callback(*follow_button_callback())  # type: ignore[no-untyped-call]
