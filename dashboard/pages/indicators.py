"""The dictionary of indicators, and the sheet of each."""

from __future__ import annotations

from typing import Any

from dash import Output, html
from dash.development.base_component import Component

from dashboard.components.indicator_sheet import indicator_sheet, sheet_outputs, sheet_values
from dashboard.components.page import Asked, Page, address, tidy
from data.indicators import INDICATORS, Indicator, indicator_named

PATH = "/indicateurs"
TITLE = "Indicateurs"
SHEET_PATH = "/indicateurs/<slug>"


def layout(asked: Asked) -> Component:
    """Every indicator with its definition."""
    return html.Div(
        [
            html.H1(TITLE, tabIndex=-1),
            html.P("Chaque chiffre, sa définition, et les lignes de fichier qui le font.", className="lead"),
            html.Dl(
                [
                    part
                    for indicator, href in zip(INDICATORS, refreshed(asked), strict=True)
                    for part in (
                        html.Dt(html.A(indicator.label, href=href, id=link_id(indicator))),
                        html.Dd(indicator.definition),
                    )
                ],
                className="panel definitions dictionary",
            ),
        ],
        className="page",
    )


def link_id(indicator: Indicator) -> str:
    """The id of an indicator's link in the dictionary."""
    return f"dictionary-{indicator.slug}"


def refreshed(asked: Asked) -> list[str]:
    """The address of each sheet, which keeps the filters."""
    return [address(f"{PATH}/{indicator.slug}", asked.selection.to_query()) for indicator in INDICATORS]


def indicator_of(slug: str) -> Indicator:
    """The indicator of a slug that the site map has accepted. Raises KeyError."""
    indicator = indicator_named(slug)
    if indicator is None:
        raise KeyError(slug)
    return indicator


def themes_of(slug: str) -> tuple[str, ...]:
    """The theme of an indicator."""
    return (indicator_of(slug).theme,)


def _asked_indicator(asked: Asked) -> Indicator:
    return indicator_of(SHEET.slug(tidy(asked.path)) or "")


def sheet_layout(asked: Asked) -> Component:
    """The sheet of the indicator that the path names."""
    return indicator_sheet(asked, _asked_indicator(asked))


def sheet_refreshed(asked: Asked) -> list[Any]:
    """What follows the filters on it."""
    return sheet_values(asked, _asked_indicator(asked))


DICTIONARY = Page(
    path=PATH,
    title=lambda _slug: TITLE,
    layout=layout,
    outputs=tuple(Output(link_id(indicator), "href") for indicator in INDICATORS),
    values=refreshed,
    menu=TITLE,
)
SHEET = Page(
    path=SHEET_PATH,
    title=lambda slug: f"{indicator_of(slug).label} – {TITLE}",
    layout=sheet_layout,
    outputs=sheet_outputs(),
    values=sheet_refreshed,
    knows=lambda slug: indicator_named(slug) is not None,
    themes=themes_of,
)
