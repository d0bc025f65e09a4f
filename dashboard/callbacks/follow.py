"""What follows the address and the filters: controls, menu links and the page, in one answer, on one snapshot.

One callback for all of it, the page included: an answer tells all that differs from what the browser shows when it
asks, so the latest answer is right whatever became of those before it, which the browser drops (assets/shell.js).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, no_update, set_props
from dash.exceptions import PreventUpdate

from dashboard import ids
from dashboard.callbacks.filter_state import (
    Controls,
    control_inputs,
    control_outputs,
    control_values,
    narrowed,
)
from dashboard.callbacks.tables import tables_told
from dashboard.components.filter_bar import NARROWED, filters_count, told_words
from dashboard.components.page import Site, find_page, title_of
from dashboard.components.shell import filters_caption, filters_of, menu, notices, page_layout
from dashboard.elements.serializer import content_of
from dashboard.lists import list_slugs
from dashboard.lists.state import list_parameters, without_pages, written
from dashboard.requests.page_request import Ask, Asked
from dashboard.urls import tidy
from data.selection import Selection

Told = tuple[str, Mapping[str, Any]]  # a component, and what is said of it


def register(app: Dash, ask: Ask, site: Site) -> None:
    """Register `follow_address`: it owns the address, the controls and the page; then what the client does."""

    @app.callback(
        output=[
            Output(ids.LOCATION, "search"),
            Output(ids.QUERY, "data"),
            control_outputs(),
            Output(ids.NOTICES, "content"),
            Output(ids.STATUS, "children"),
            Output(f"{ids.STATUS}-print", "children"),
            *page_outputs(),
        ],
        inputs=[
            [Input(ids.LOCATION, "pathname"), Input(ids.LOCATION, "search")],
            Input(ids.CLEAR, "n_clicks"),
            control_inputs(),
            Input(ids.OPEN_TABLES, "data"),
        ],
        state=[[State(ids.SHOWN, "data"), State(ids.QUERY, "data"), State(ids.FILLED_TABLES, "data")]],
        prevent_initial_call=True,
    )
    def follow_address(
        place: list[Any], _clicks: int | None, values: list[Any], tables: Any, state: list[Any]
    ) -> list[Any]:
        (path, search), seen, controls = place, Seen.of(*state), Controls.of(values)
        by = ctx.triggered_id
        if by in (ids.SINCE, ids.UNTIL) and controls.is_typing():
            raise PreventUpdate
        with ask(path or "/", search or "") as named:
            before = Selection.from_query(seen.query, named.known)[0]
            stands = list_parameters(seen.query, list_slugs())
            asked = meant(replace(named, open_tables=slugs(tables), stands=stands), by, controls, before)
            arrives, differs = tidy(asked.path) != tidy(seen.path), canonical(asked) != seen.query
            told = [
                *(filters_told(asked, before) if differs else ()),
                *count_told(site, asked, seen, before),
                *(page_told(site, asked) if differs and not arrives else ()),
                *(tables_told(site, asked, seen.tables, differs) if not arrives else ()),
            ]
            for name, properties in told:
                set_props(name, dict(properties))
            return [
                *followed(named, asked, seen, before, values),
                *(arrived(site, asked) if arrives else stayed(site, asked, differs)),
            ]

    register_client(app)


def register_client(app: Dash) -> None:
    """Register what the client does by itself after an answer (assets/shell.js)."""
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("shell", "arrive"), Input(ids.TITLE, "data")
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("shell", "keepFilters"), Input(ids.QUERY, "data"), prevent_initial_call=True
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("shell", "hold"),
        Input(ids.QUERY, "data"),
        [State(one.component_id, one.component_property) for one in control_inputs()],
    )
    choices = ids.filter_choice(NARROWED)
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("shell", "narrow"),
        Output(choices, "options"),
        Input(ids.QUERY, "data"),
        State(choices, "options"),
        State(ids.NARROWING, "data"),
    )


@dataclass(frozen=True)
class Seen:
    """What the browser shows when it asks: the path and the canonical query of the page, the tables that are filled."""

    path: str
    query: str
    tables: frozenset[str]

    @staticmethod
    def of(path: Any, query: Any, tables: Any) -> Seen:
        """From the stores, whatever they hold."""
        return Seen(path if isinstance(path, str) else "/", query if isinstance(query, str) else "", slugs(tables))


def slugs(told: Any) -> frozenset[str]:
    """The slugs in a list that the browser sent."""
    return frozenset(one for one in told if isinstance(one, str)) if isinstance(told, list) else frozenset()


def meant(asked: Asked, by: Any, controls: Controls, before: Selection) -> Asked:
    """What the user means: the address, as it stands; else the controls (no filter after « Effacer les filtres »)
    without the choices that another one leaves out, and lists as they were, at their first page.
    """
    chosen, notices = Selection.from_query("" if by == ids.CLEAR else controls.query(), asked.known)
    if by == ids.LOCATION or (by == ids.OPEN_TABLES and chosen == before):
        return asked
    selection = narrowed(chosen, asked.known)
    query = written(selection.to_query(), without_pages(asked.lists))
    return replace(asked, selection=selection, notices=tuple(notices), query=query)


def canonical(asked: Asked) -> str:
    """The query of what is asked, each thing in its order: two addresses that mean the same have the same."""
    return written(asked.selection.to_query(), asked.lists)


def filters_told(asked: Asked, before: Selection) -> Iterator[Told]:
    """What the buttons of the filters say now."""
    for name, words in told_words(asked.selection, asked.known, before):
        yield name, {"content": content_of(words)}


def count_told(site: Site, asked: Asked, seen: Seen, before: Selection) -> Iterator[Told]:
    """How many filters the drawer of a phone holds now, if it held another number: of another page, it holds others."""
    words = filters_count(asked.selection, hidden_filters(site, asked.path))
    if words != filters_count(before, hidden_filters(site, seen.path)):
        yield ids.FILTERS_COUNT, {"content": content_of(words)}


def hidden_filters(site: Site, path: str) -> tuple[str, ...]:
    """The keys of the filters that the path itself settles."""
    found = find_page(site, path)
    return found[0].hides if found else ()


def page_told(site: Site, asked: Asked) -> Iterator[Told]:
    """What the page that the visitor looks at shows of this selection.

    Told beside the outputs of the callback, not among them: those must exist on every page. Each component told costs
    the client about a millisecond.
    """
    found = find_page(site, asked.path)
    return found[0].told(asked) if found else iter(())


def followed(named: Asked, asked: Asked, seen: Seen, before: Selection, values: list[Any]) -> list[Any]:
    """The outputs but those of another page, in their order. `named` is what the address says: one that says what is
    meant is never rewritten, or Back would be trapped. `before` is the selection that is seen.
    """
    known, selection = asked.known, asked.selection
    query, unchanged = canonical(asked), selection == before
    wanted = control_values(selection)
    caption = filters_caption(known, selection)
    return [
        no_update if query == canonical(named) else (f"?{query}" if query else ""),
        no_update if query == seen.query else query,
        [no_update if now == then else now for now, then in zip(wanted, values, strict=True)],
        content_of(notices(asked.notices)),
        no_update if unchanged else caption,
        no_update if unchanged else caption,
    ]


def page_outputs() -> list[Output]:
    """What another page changes; it is drawn whole, and its path kept to know whether the next one is another."""
    return [
        Output(ids.FILLED_TABLES, "data"),
        Output(ids.OPEN_TABLES, "data"),
        Output(ids.SHOWN, "data"),
        Output(ids.PAGE, "children"),
        Output(ids.TITLE, "data"),
        Output(ids.FILTER_BAR, "content"),
        Output(ids.MENU, "content"),
    ]


def arrived(site: Site, asked: Asked) -> list[Any]:
    """The same outputs, in their order: its tables are closed."""
    return [
        [],
        [],
        asked.path,
        page_layout(site, replace(asked, stands=None)),
        [title_of(site, asked), True],
        content_of(filters_of(site, asked)),
        content_of(menu(site, asked)),
    ]


def stayed(site: Site, asked: Asked, differs: bool) -> list[Any]:
    """The same outputs on the same page: those tables that are open are filled, the title names the territory."""
    title = [title_of(site, asked), False] if differs else no_update
    return [
        sorted(asked.open_tables),
        *(title if one.component_id == ids.TITLE else no_update for one in page_outputs()[1:]),
    ]
