"""The one callback that keeps the address, the filter controls and the menu links together, both ways."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, State, ctx, no_update
from dash.exceptions import PreventUpdate

from dashboard import ids
from dashboard.components.filter_state import (
    Controls,
    control_inputs,
    control_outputs,
    control_values,
    narrowed,
    words_outputs,
    words_values,
)
from dashboard.components.page import Ask, Asked, Site
from dashboard.components.shell import filters_caption, menu_links, menu_pages, notice_list
from data.selection import Selection


def register(app: Dash, ask: Ask, site: Site) -> None:
    """Register `follow_selection`."""

    @app.callback(
        output=[
            Output(ids.LOCATION, "search"),
            Output(ids.QUERY, "data"),
            control_outputs(),
            words_outputs(),
            [Output(ids.menu_link(page.path), "href") for page in menu_pages(site)],
            Output(ids.NOTICES, "children"),
            Output(ids.STATUS, "children"),
            Output(f"{ids.STATUS}-print", "children"),
        ],
        inputs=[Input(ids.LOCATION, "search"), Input(ids.CLEAR, "n_clicks"), control_inputs()],
        state=[State(ids.QUERY, "data")],
        prevent_initial_call=True,
    )
    def follow_selection(search: str | None, _clicks: int | None, values: list[Any], stored: str | None) -> list[Any]:
        by = ctx.triggered_id
        controls = Controls.of(values)
        if by in (ids.SINCE, ids.UNTIL) and controls.is_typing():
            raise PreventUpdate
        query = asked_query(by, search or "", controls)
        with ask("", query) as asked:
            return followed(site, asked, by, stored or "", values)


def asked_query(by: Any, search: str, controls: Controls) -> str:
    """The query that the user means: the address's, none after « Effacer les filtres », else that of the controls."""
    if by == ids.LOCATION:
        return search
    return "" if by == ids.CLEAR else controls.query()


def followed(site: Site, asked: Asked, by: Any, stored: str, values: list[Any]) -> list[Any]:
    """The outputs, in their order. The address that the user gave is never rewritten: Back would be trapped."""
    known, from_address = asked.known, by == ids.LOCATION
    selection = asked.selection if from_address else narrowed(asked.selection, known)
    before, _notices = Selection.from_query(stored, known)
    query, unchanged = selection.to_query(), selection == before
    wanted = control_values(selection)
    caption = filters_caption(asked.known, selection)
    return [
        no_update if from_address or unchanged else (f"?{query}" if query else ""),
        no_update if query == stored else query,
        [no_update if now == then else now for now, then in zip(wanted, values, strict=True)],
        words_values(selection, known, before),
        menu_links(site, selection),
        notice_list(asked.notices),
        no_update if unchanged else caption,
        no_update if unchanged else caption,
    ]
