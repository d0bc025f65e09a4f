"""The router: listens to the path only, so that a change of filters never draws the page again."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from dashboard import ids
from dashboard.components.drawn import content_of
from dashboard.components.filter_bar import NARROWED
from dashboard.components.page import Ask, Asked, Site, document_title, find_page
from dashboard.components.shell import filters_of, menu, not_found


def register(app: Dash, ask: Ask, site: Site) -> None:
    """Register `show_page` and what the client does then (title, focus)."""

    @app.callback(
        output=[
            Output(ids.PAGE, "children"),
            Output(ids.TITLE, "data"),
            Output(ids.FILTER_BAR, "content"),
            Output(ids.MENU, "content"),
        ],
        inputs=[Input(ids.LOCATION, "pathname")],
        state=[State(ids.LOCATION, "search")],
        prevent_initial_call=True,
    )
    def show_page(path: str | None, search: str | None) -> list[Any]:
        with ask(path or "/", search or "") as asked:
            return shown(site, asked)

    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("shell", "arrive"), Input(ids.TITLE, "data"), prevent_initial_call=True
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("shell", "keepFilters"), Input(ids.QUERY, "data"), prevent_initial_call=True
    )
    choices = ids.filter_choice(NARROWED)
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("shell", "narrow"),
        Output(choices, "options"),
        Input(ids.QUERY, "data"),
        State(choices, "options"),
        State(ids.NARROWING, "data"),
    )


def shown(site: Site, asked: Asked) -> list[Any]:
    """The outputs, in their order."""
    found = find_page(site, asked.path)
    return [
        found[0].layout(asked) if found else not_found(),
        document_title(site, asked.path),
        content_of(filters_of(site, asked)),
        content_of(menu(site, asked)),
    ]
