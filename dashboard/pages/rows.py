"""The list behind a figure: its rows, each with file and line."""

from __future__ import annotations

from dashboard.charts.words import filters_words
from dashboard.components.listing import list_part_of
from dashboard.components.page import Page
from dashboard.components.parts import Headline, crumbs_part, headline_part
from dashboard.lists import Listing
from dashboard.lists.proof import proof_listing
from dashboard.pages.indicators.page import TITLE, indicator_of, themes_of
from dashboard.requests.page_request import PageRequest
from dashboard.urls import tidy
from data.i18n import NARROW
from data.indicators import Indicator, indicator_named

PATH = "/indicateurs/<slug>/lignes"


def _requested_indicator(page_request: PageRequest) -> Indicator:
    return indicator_of(tidy(page_request.path).split("/")[2]).in_selected_unit(page_request.selection)


def read_headline(page_request: PageRequest) -> Headline:
    """How the rows make the figure, under which filters."""
    indicator = _requested_indicator(page_request)
    return Headline(
        f"{indicator.label}{NARROW}: les lignes qui font le chiffre",
        (
            listing(page_request).calculation,
            f"{filters_words(page_request.selection, page_request.options, indicator.filters)}.",
        ),
    )


def crumbs(page_request: PageRequest) -> list[tuple[str, str]]:
    """The way up."""
    indicator = _requested_indicator(page_request)
    return [("Indicateurs", "/indicateurs"), (indicator.label, f"/indicateurs/{indicator.slug}")]


def listing(page_request: PageRequest) -> Listing:
    """The list of the indicator that the path names."""
    return proof_listing(page_request.connection, _requested_indicator(page_request), page_request.selection)


ROWS = Page(
    PATH,
    lambda slug: f"Lignes – {indicator_of(slug).label} – {TITLE}",
    (crumbs_part(crumbs), headline_part(read_headline), list_part_of(listing)),
    kind="proof",
    knows=lambda slug: indicator_named(slug) is not None,
    themes=themes_of,
)
