"""What every page has of reports: « + rapport », and the link to the report.

The browser does all of it (assets/report_add.js): the draft is in its storage, and never on the server.
"""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.urls import REPORT_PATH


def report_button(kind: str, content: str, name: str) -> Element:
    """« + rapport »: adds a block (reports/draft.py) with the filters around the button: those of the nearest element
    with `data_query`, else those of the address.
    """
    return tags.Button(
        ["+ rapport", tags.Span(f"\u202f: {name}", className="visually-hidden")],
        type="button",
        className="button report-add",
        data_add=f"{kind}/{content}",
    )


def report_link() -> Component:
    """The link in the header, to the report of this browser."""
    return html.A(["Rapport", html.Span(id=ids.REPORT_COUNT)], href=REPORT_PATH, id=ids.REPORT_LINK)
