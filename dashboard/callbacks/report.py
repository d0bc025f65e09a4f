"""Reports: client-side callbacks, without the server."""

from __future__ import annotations

from dash import ClientsideFunction, Dash, Input, Output

from dashboard import ids


def register(app: Dash) -> None:
    """Register the functions of the header's link and of the preview (assets/report_draft.js, report_page.js)."""
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("report", "headerLink"),
        [Output(ids.REPORT_LINK, "href"), Output(ids.REPORT_COUNT, "children")],
        Input(ids.QUERY, "data"),
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("report", "preview"),
        [
            Output(ids.REPORT_PREVIEW, "srcDoc"),
            Output(ids.REPORT_PREVIEW_STATUS, "children"),
            Output(ids.REPORT_RESUME, "content"),
        ],
        Input(ids.REPORT_DRAFT, "data"),
    )
