"""What follows the filters on each page: one callback, one connection, one answer."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, State
from dash.exceptions import PreventUpdate

from dashboard import ids
from dashboard.components.page import Ask, Page, parameter, tidy


def register(app: Dash, ask: Ask, page: Page) -> None:
    """Register the callback of a page, if something on it follows the filters."""
    if not page.outputs:
        return

    @app.callback(
        list(page.outputs),
        Input(ids.QUERY, "data"),
        State(ids.LOCATION, "pathname"),
        State(ids.LOCATION, "search"),
        prevent_initial_call=True,
    )
    def refresh(query: str | None, path: str | None, search: str | None) -> list[Any]:
        # the path of another page: the visitor has left while the answer was on its way
        if page.slug(tidy(path or "/")) is None:
            raise PreventUpdate
        with ask(path or "/", with_page(query or "", search or "")) as asked:
            return list(page.values(asked))


def with_page(query: str, search: str) -> str:
    """The canonical query, with the page of a list that the address names."""
    number = parameter(search, "page")
    return f"{query}&page={number}" if number and number.isdigit() else query
