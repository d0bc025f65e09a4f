"""« Mon territoire »: the button of a sheet, and the link in the header. The choice is stored on the device.

The browser does all of it (assets/territory.js): the server never learns the territory of a visitor.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from dash import ClientsideFunction, Input, Output, State, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.page import Part
from dashboard.components.report_button import report_button
from dashboard.elements import tags
from dashboard.elements.tags import Element, Slot
from dashboard.requests.page_request import PageRequest


def follow_button_part(read_territory: Callable[[PageRequest], tuple[str, str]]) -> Part:
    """The button and its status message; `read_territory` gives the code and the name of the territory of the page."""

    def draw(page_request: PageRequest) -> Element:
        return tags.Div(
            [
                Slot(ids.FOLLOW, lambda: _button(*read_territory(page_request))),
                report_button("fiche", *read_territory(page_request)),
                tags.P(
                    Slot(ids.FOLLOW_STATUS, lambda: html.Span(id=ids.FOLLOW_STATUS)),
                    role="status",
                    className="follow-status",
                ),
            ],
            className="follow-box no-print",
        )

    return Part(draw, follows_filters=False)


def _button(code: str, name: str) -> Component:
    return html.Button(
        "Définir comme mon territoire",
        id=ids.FOLLOW,
        type="button",
        className="button follow",
        value=json.dumps({"code": code, "name": name}, ensure_ascii=False),
    )


def my_territory_link() -> Component:
    """The link in the header: to the stored territory, else to the page where one is chosen."""
    hidden: dict[str, Any] = {"aria-hidden": "true"}
    return html.A(
        [
            "Mon territoire",
            html.Span(id=ids.MY_TERRITORY_NAME, className="visually-hidden"),
            html.Span(" ★", **hidden),
        ],
        href="/territoires",
        id=ids.MY_TERRITORY,
        className="my-territory",
    )


def header_link_callback() -> tuple[ClientsideFunction, list[Output], list[Input]]:
    """The arguments of `app.clientside_callback` for the link in the header, which keeps the filters."""
    return (
        ClientsideFunction("territory", "headerLink"),
        [Output(ids.MY_TERRITORY, "href"), Output(ids.MY_TERRITORY_NAME, "children")],
        [Input(ids.QUERY, "data")],
    )


def follow_button_callback() -> tuple[ClientsideFunction, list[Output], list[Input], list[State]]:
    """The arguments of `app.clientside_callback` for the button; the first call, without a click, sets its label."""
    return (
        ClientsideFunction("territory", "toggleFollow"),
        [Output(ids.FOLLOW, "children"), Output(ids.FOLLOW, "className"), Output(ids.FOLLOW_STATUS, "children")],
        [Input(ids.FOLLOW, "n_clicks")],
        [State(ids.FOLLOW, "value"), State(ids.QUERY, "data")],
    )
