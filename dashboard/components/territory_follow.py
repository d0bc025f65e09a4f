"""« Mon territoire »: the button of a sheet, and the link in the header. The choice is stored on the device.

The browser does all of it (assets/territory.js): the server never learns the territory of a visitor.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from dash import ClientsideFunction, Input, Output, State, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.page import Part
from dashboard.components.report_button import report_button
from dashboard.elements import tags
from dashboard.elements.tags import Element, Slot
from dashboard.requests.page_request import PageRequest
from data.reference import read_epci


@dataclass(frozen=True)
class FollowedTerritory:
    """What the device stores of « Mon territoire »: a code, a name, and the short name for the header."""

    code: str
    name: str
    short_name: str

    @staticmethod
    def of(code: str, name: str) -> FollowedTerritory:
        """The territory of a code: of an intercommunalité, the short name leaves out what it is."""
        return FollowedTerritory(code, name, _short_epci_names().get(code, name))

    @property
    def stored(self) -> dict[str, str]:
        """As the browser stores it (assets/territory.js)."""
        return {"code": self.code, "name": self.name, "short": self.short_name}


@cache
def _short_epci_names() -> dict[str, str]:
    return {epci.code: epci.short_name for epci in read_epci()}


def follow_button_part(read_territory: Callable[[PageRequest], tuple[str, str]]) -> Part:
    """The button, that to choose another territory, and their status message; `read_territory` gives the code and the
    name of the territory of the page.
    """

    def draw(page_request: PageRequest) -> Element:
        return tags.Div(
            [
                Slot(ids.FOLLOW, lambda: _button(FollowedTerritory.of(*read_territory(page_request)))),
                tags.Button("En choisir un autre", type="button", className="button follow-change"),
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


def _button(territory: FollowedTerritory) -> Component:
    return html.Button(
        "Définir comme mon territoire",
        id=ids.FOLLOW,
        type="button",
        className="button follow",
        value=json.dumps(territory.stored, ensure_ascii=False),
    )


def my_territory_link() -> Component:
    """The link in the header: to the stored territory, else to the page where one is chosen."""
    return html.A(
        [
            html.Span("Mon territoire", className="my-territory-label"),
            html.Span(id=ids.MY_TERRITORY_NAME, className="my-territory-name"),
        ],
        href="/territoires",
        id=ids.MY_TERRITORY,
        className="my-territory",
    )


def header_link_callback() -> tuple[ClientsideFunction, list[Output], list[Input]]:
    """The arguments of `app.clientside_callback` for the link in the header, which keeps the filters."""
    return (
        ClientsideFunction("territory", "headerLink"),
        [
            Output(ids.MY_TERRITORY, "href"),
            Output(ids.MY_TERRITORY, "className"),
            Output(ids.MY_TERRITORY, "title"),
            Output(ids.MY_TERRITORY_NAME, "children"),
        ],
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
