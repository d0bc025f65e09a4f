"""The router: listens to the path only, so that a change of filters never draws the page again."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from dashboard import ids
from dashboard.components.filter_bar import is_shown
from dashboard.components.page import Ask, Asked, Site, document_title, find_page
from dashboard.components.shell import current, menu_pages, not_found
from data.selection import FILTERS


def register(app: Dash, ask: Ask, site: Site) -> None:
    """Register `show_page` and what the client does then (title, focus)."""

    @app.callback(
        output=[
            Output(ids.PAGE, "children"),
            Output(ids.TITLE, "data"),
            [Output(ids.filter_box(one.key), "hidden") for one in FILTERS],
            [Output(ids.menu_link(page.path), "aria-current") for page in menu_pages(site)],
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


def shown(site: Site, asked: Asked) -> list[Any]:
    """The outputs, in their order."""
    found = find_page(site, asked.path)
    themes = found[0].themes(found[1]) if found else ()
    hides = found[0].hides if found else ()
    return [
        found[0].layout(asked) if found else not_found(),
        document_title(site, asked.path),
        [not is_shown(one, asked.selection, themes, hides) for one in FILTERS],
        [current(page, asked.path) for page in menu_pages(site)],
    ]
