"""What follows the address and the filters: controls, menu links and the page, in one answer, on one snapshot."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash import Dash, Input, Output, State, ctx, no_update, set_props
from dash.exceptions import PreventUpdate

from dashboard import ids
from dashboard.components.drawn import content_of
from dashboard.components.filter_bar import told_words
from dashboard.components.filter_state import (
    Controls,
    control_inputs,
    control_outputs,
    control_values,
    narrowed,
)
from dashboard.components.page import Ask, Asked, Site, find_page
from dashboard.components.shell import filters_caption, notices
from dashboard.lists import list_slugs
from dashboard.lists.state import list_parameters, without_pages, written
from data.selection import Selection


def register(app: Dash, ask: Ask, site: Site) -> None:
    """Register `follow_selection`: it owns the address and the controls, both ways."""

    @app.callback(
        output=[
            Output(ids.LOCATION, "search"),
            Output(ids.QUERY, "data"),
            control_outputs(),
            Output(ids.NOTICES, "content"),
            Output(ids.STATUS, "children"),
            Output(f"{ids.STATUS}-print", "children"),
        ],
        inputs=[Input(ids.LOCATION, "search"), Input(ids.CLEAR, "n_clicks"), control_inputs()],
        state=[State(ids.QUERY, "data"), State(ids.LOCATION, "pathname"), State(ids.OPEN_TABLES, "data")],
        prevent_initial_call=True,
    )
    def follow_selection(
        search: str | None, _clicks: int | None, values: list[Any], stored: str | None, path: str | None, tables: Any
    ) -> list[Any]:
        by = ctx.triggered_id
        controls = Controls.of(values)
        if by in (ids.SINCE, ids.UNTIL) and controls.is_typing():
            raise PreventUpdate
        query = asked_query(by, search or "", controls)
        with ask(path or "/", query) as named:
            asked = settled(named, by, tables)
            if canonical(asked) != stored:
                refresh_filters(asked, stored or "")
                refresh_page(site, asked)
            return followed(asked, by, stored or "", values)


def asked_query(by: Any, search: str, controls: Controls) -> str:
    """The query that the user means: the address's; else that of the controls (no filter after « Effacer les
    filtres »), with lists sorted and searched as they were, at their first page.
    """
    if by == ids.LOCATION:
        return search
    return written("" if by == ids.CLEAR else controls.query(), without_pages(list_parameters(search, list_slugs())))


def canonical(asked: Asked) -> str:
    """The query of what is asked, each thing in its order: two addresses that mean the same have the same."""
    return written(asked.selection.to_query(), asked.lists)


def settled(asked: Asked, by: Any, tables: Any) -> Asked:
    """What is asked, without the choices that another one leaves out, unless the address names them."""
    selection = asked.selection if by == ids.LOCATION else narrowed(asked.selection, asked.known)
    query = asked.query if by == ids.LOCATION else written(selection.to_query(), asked.lists)
    opened = frozenset(tables if isinstance(tables, list) else ())
    return replace(asked, selection=selection, query=query, open_tables=opened)


def refresh_filters(asked: Asked, stored: str) -> None:
    """Send what the buttons of the filters say now."""
    before, _notices = Selection.from_query(stored, asked.known)
    for name, words in told_words(asked.selection, asked.known, before):
        set_props(name, {"content": content_of(words)})


def refresh_page(site: Site, asked: Asked) -> None:
    """Send what the page that the visitor looks at shows of this selection.

    Beside the outputs of the callback, not among them: those must exist on every page. The client leaves out what is
    not there, when the visitor has left meanwhile. Each component told costs the client about a millisecond.
    """
    found = find_page(site, asked.path)
    for name, properties in found[0].told(asked) if found else ():
        set_props(name, dict(properties))


def followed(asked: Asked, by: Any, stored: str, values: list[Any]) -> list[Any]:
    """The outputs, in their order. The address that the user gave is never rewritten: Back would be trapped."""
    known, selection, from_address = asked.known, asked.selection, by == ids.LOCATION
    before, _notices = Selection.from_query(stored, known)
    query, unchanged = canonical(asked), selection == before
    wanted = control_values(selection)
    caption = filters_caption(asked.known, selection)
    return [
        no_update if from_address or unchanged else (f"?{query}" if query else ""),
        no_update if query == stored else query,
        [no_update if now == then else now for now, then in zip(wanted, values, strict=True)],
        content_of(notices(asked.notices)),
        no_update if unchanged else caption,
        no_update if unchanged else caption,
    ]
