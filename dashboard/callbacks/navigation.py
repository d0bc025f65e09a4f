"""Navigation and filters: one callback updates controls, menu links and page in one response, on one snapshot.

The response holds all differences from the state that the browser declares in its request. The latest response is
therefore right by itself, and the browser drops the older ones (assets/shell.js).
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
    without_outside_epcis,
)
from dashboard.callbacks.tables import table_updates
from dashboard.components.filter_bar import EPCI_FILTER, filter_count_label, filter_label_updates
from dashboard.components.page import Site, find_page, page_title
from dashboard.components.shell import filters_caption, main_menu, notice_paragraphs, page_filter_bar, page_layout
from dashboard.elements.serializer import serialize
from dashboard.lists.state import without_page_numbers, write_query
from dashboard.requests.page_request import OpenRequest, PageRequest, page_parameters
from dashboard.urls import normalise_path
from data.selection import Selection

ComponentUpdate = tuple[str, Mapping[str, Any]]  # id of a component, its updated properties


def register(app: Dash, open_request: OpenRequest, site: Site) -> None:
    """Register `update_page`, which owns the address, the controls and the page, and the client-side callbacks."""

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
        state=[[State(ids.PAGE_PATH, "data"), State(ids.QUERY, "data"), State(ids.FILLED_TABLES, "data")]],
        prevent_initial_call=True,
    )
    def update_page(
        address: list[Any], _clicks: int | None, values: list[Any], tables: Any, state: list[Any]
    ) -> list[Any]:
        (path, search), client, controls = address, ClientState.of(*state), Controls.of(values)
        trigger = ctx.triggered_id
        if trigger in (ids.SINCE, ids.UNTIL) and controls.is_typing():
            raise PreventUpdate
        with open_request(path or "/", search or "") as addressed:
            before = Selection.from_query(client.query, addressed.options)[0]
            shown = page_parameters(client.query)
            page_request = resolve_request(
                replace(addressed, open_tables=slug_set(tables), shown_parameters=shown), trigger, controls, before
            )
            return [
                *common_outputs(addressed, page_request, client, before, values),
                *draw_page(site, page_request, client, before),
            ]

    register_client(app)


def draw_page(site: Site, page_request: PageRequest, client: ClientState, before: Selection) -> list[Any]:
    """Update what has changed in the page of the browser; the outputs of the page, new or the same."""
    is_new_page, has_changed = (
        normalise_path(page_request.path) != normalise_path(client.path),
        canonical_query(page_request) != client.query,
    )
    updates = [
        *(filter_updates(page_request, before) if has_changed else ()),
        *filter_count_updates(site, page_request, client, before),
        *(page_updates(site, page_request) if has_changed and not is_new_page else ()),
        *(table_updates(site, page_request, client.tables, has_changed) if not is_new_page else ()),
    ]
    for name, properties in updates:
        set_props(name, dict(properties))
    return new_page_outputs(site, page_request) if is_new_page else same_page_outputs(site, page_request, has_changed)


def register_client(app: Dash) -> None:
    """Register the client-side callbacks that run after a response (assets/shell.js)."""
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("shell", "showTitle"), Input(ids.TITLE, "data")
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("shell", "updateMenuLinks"), Input(ids.QUERY, "data"), prevent_initial_call=True
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("shell", "storeControlValues"),
        Input(ids.QUERY, "data"),
        [State(control.component_id, control.component_property) for control in control_inputs()],
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("theme", "buttons"), Output(ids.COLOUR_MODE, "content"), Input(ids.PAGE_PATH, "data")
    )
    choices = ids.filter_choice(EPCI_FILTER)
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("shell", "narrowEpciOptions"),
        Output(choices, "options"),
        Input(ids.QUERY, "data"),
        State(choices, "options"),
        State(ids.EPCI_DEPARTEMENTS, "data"),
    )


@dataclass(frozen=True)
class ClientState:
    """The state of the browser at the request: the path and the canonical query of the page, the charts with a filled
    table.
    """

    path: str
    query: str
    tables: frozenset[str]

    @staticmethod
    def of(path: Any, query: Any, tables: Any) -> ClientState:
        """From the stores, whatever they hold."""
        return ClientState(
            path if isinstance(path, str) else "/", query if isinstance(query, str) else "", slug_set(tables)
        )


def slug_set(value: Any) -> frozenset[str]:
    """The slugs in a list sent by the browser; empty for any other value."""
    return frozenset(slug for slug in value if isinstance(slug, str)) if isinstance(value, list) else frozenset()


def resolve_request(page_request: PageRequest, trigger: Any, controls: Controls, before: Selection) -> PageRequest:
    """The request meant by the user: that of the address when the address changed; else that of the controls (no filter
    after « Effacer les filtres »), without the intercommunalités outside the chosen départements, with lists back on
    their first page.
    """
    chosen, notices = Selection.from_query("" if trigger == ids.CLEAR else controls.query(), page_request.options)
    shown = page_request.selection
    chosen = replace(chosen, compared=shown.compared, annotated=shown.annotated)  # no control has them
    if trigger == ids.LOCATION or (trigger == ids.OPEN_TABLES and chosen == before):
        return page_request
    selection = without_outside_epcis(chosen, page_request.options)
    query = write_query(selection.to_query(), without_page_numbers(page_request.parameters))
    return replace(page_request, selection=selection, notices=tuple(notices), query=query)


def canonical_query(page_request: PageRequest) -> str:
    """The query of a request in canonical order: two addresses with the same meaning have the same one."""
    return write_query(page_request.selection.to_query(), page_request.parameters)


def filter_updates(page_request: PageRequest, before: Selection) -> Iterator[ComponentUpdate]:
    """The changed labels of the filter buttons."""
    for name, label in filter_label_updates(page_request.selection, page_request.options, before):
        yield name, {"content": serialize(label)}


def filter_count_updates(
    site: Site, page_request: PageRequest, client: ClientState, before: Selection
) -> Iterator[ComponentUpdate]:
    """The number of filters on the drawer button of a phone, if it changed; pages differ by their hidden filters."""
    label = filter_count_label(page_request.selection, filters_hidden_at(site, page_request.path))
    if label != filter_count_label(before, filters_hidden_at(site, client.path)):
        yield ids.FILTERS_COUNT, {"content": serialize(label)}


def filters_hidden_at(site: Site, path: str) -> tuple[str, ...]:
    """The keys of the filters fixed by a path."""
    page = find_page(site, path)
    return page[0].hidden_filters if page else ()


def page_updates(site: Site, page_request: PageRequest) -> Iterator[ComponentUpdate]:
    """The updates of the current page for a new selection.

    They are sent with `set_props` and not as outputs of the callback, which would have to exist on every page. Each
    updated component costs the client about a millisecond.
    """
    page = find_page(site, page_request.path)
    return page[0].updates(page_request) if page else iter(())


def common_outputs(
    addressed: PageRequest, page_request: PageRequest, client: ClientState, before: Selection, values: list[Any]
) -> list[Any]:
    """The values of the outputs that every page has, in their order. `addressed` is the request spelled by the address:
    an address that already spells `page_request` is not rewritten, since that would trap the Back button. `before` is
    the selection shown.
    """
    options, selection = page_request.options, page_request.selection
    query, unchanged = canonical_query(page_request), selection == before
    new_values = control_values(selection)
    caption = filters_caption(options, selection)
    return [
        no_update if query == canonical_query(addressed) else (f"?{query}" if query else ""),
        no_update if query == client.query else query,
        [no_update if new == current else new for new, current in zip(new_values, values, strict=True)],
        serialize(notice_paragraphs(page_request.notices)),
        no_update if unchanged else caption,
        no_update if unchanged else caption,
    ]


def page_outputs() -> list[Output]:
    """The outputs of a new page, which is drawn whole; its path is stored, to detect the next change of page."""
    return [
        Output(ids.FILLED_TABLES, "data"),
        Output(ids.OPEN_TABLES, "data"),
        Output(ids.PAGE_PATH, "data"),
        Output(ids.PAGE, "children"),
        Output(ids.TITLE, "data"),
        Output(ids.FILTER_BAR, "content"),
        Output(ids.MENU, "content"),
    ]


def new_page_outputs(site: Site, page_request: PageRequest) -> list[Any]:
    """The values of `page_outputs()` for a new page, with its tables closed."""
    return [
        [],
        [],
        page_request.path,
        page_layout(site, replace(page_request, shown_parameters=None)),
        [page_title(site, page_request), True],
        serialize(page_filter_bar(site, page_request)),
        serialize(main_menu(site, page_request)),
    ]


def same_page_outputs(site: Site, page_request: PageRequest, has_changed: bool) -> list[Any]:
    """The values of `page_outputs()` for the same page: its open tables are filled, its title has the chosen
    territory.
    """
    title = [page_title(site, page_request), False] if has_changed else no_update
    return [
        sorted(page_request.open_tables),
        *(title if output.component_id == ids.TITLE else no_update for output in page_outputs()[1:]),
    ]
