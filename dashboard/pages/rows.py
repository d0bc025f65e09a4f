"""The list behind a figure: its rows, each with file and line."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component

from dashboard.components.page import Asked, Page, tidy
from dashboard.components.proof_list import proof_list, proof_outputs, proof_values
from dashboard.pages.indicators import TITLE, indicator_of, themes_of
from data.indicators import Indicator, indicator_named

PATH = "/indicateurs/<slug>/lignes"


def _asked_indicator(asked: Asked) -> Indicator:
    return indicator_of(ROWS.slug(tidy(asked.path)) or "")


def layout(asked: Asked) -> Component:
    """The first hundred rows, or those that the address names."""
    return proof_list(asked, _asked_indicator(asked))


def refreshed(asked: Asked) -> list[Any]:
    """What follows the filters on it."""
    return proof_values(asked, _asked_indicator(asked))


ROWS = Page(
    path=PATH,
    title=lambda slug: f"Lignes – {indicator_of(slug).label} – {TITLE}",
    layout=layout,
    outputs=proof_outputs(),
    values=refreshed,
    knows=lambda slug: indicator_named(slug) is not None,
    themes=themes_of,
)
