"""The list behind a figure: its rows, each with file and line."""

from __future__ import annotations

from dashboard.charts.words import filters_words
from dashboard.components.listing import list_part_of
from dashboard.components.page import Page
from dashboard.components.parts import Headline, crumbs_part, headline_part
from dashboard.lists import Listing
from dashboard.lists.proof import proof_listing
from dashboard.pages.indicators.page import TITLE, indicator_of, themes_of
from dashboard.requests.page_request import Asked
from dashboard.urls import tidy
from data.i18n import NARROW
from data.indicators import Indicator, indicator_named

PATH = "/indicateurs/<slug>/lignes"


def _asked_indicator(asked: Asked) -> Indicator:
    return indicator_of(tidy(asked.path).split("/")[2]).worded_for(asked.selection)


def said(asked: Asked) -> Headline:
    """How the rows make the figure, under which filters."""
    indicator = _asked_indicator(asked)
    return Headline(
        f"{indicator.label}{NARROW}: les lignes qui font le chiffre",
        (listing(asked).calculation, f"{filters_words(asked.selection, asked.known, indicator.filters)}."),
    )


def crumbs(asked: Asked) -> list[tuple[str, str]]:
    """The way up."""
    indicator = _asked_indicator(asked)
    return [("Indicateurs", "/indicateurs"), (indicator.label, f"/indicateurs/{indicator.slug}")]


def listing(asked: Asked) -> Listing:
    """The list of the indicator that the path names."""
    return proof_listing(asked.connection, _asked_indicator(asked), asked.selection)


ROWS = Page(
    PATH,
    lambda slug: f"Lignes – {indicator_of(slug).label} – {TITLE}",
    (crumbs_part(crumbs), headline_part(said), list_part_of(listing)),
    kind="proof",
    knows=lambda slug: indicator_named(slug) is not None,
    themes=themes_of,
)
