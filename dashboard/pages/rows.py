"""The list behind a figure: its rows, each with file and line."""

from __future__ import annotations

from dashboard.charts.phrases import filters_text
from dashboard.components.listing import requested_listing_part
from dashboard.components.page import Page
from dashboard.components.parts import Headline, breadcrumbs_part, headline_part
from dashboard.lists import Listing
from dashboard.lists.proof import proof_listing
from dashboard.pages.indicators.page import TITLE, existing_indicator, indicator_themes
from dashboard.requests.page_request import PageRequest
from dashboard.urls import normalise_path
from data.i18n import NARROW
from data.indicators import Indicator, indicator_named

PATH = "/indicateurs/<slug>/lignes"


def _requested_indicator(page_request: PageRequest) -> Indicator:
    return existing_indicator(normalise_path(page_request.path).split("/")[2]).in_selected_unit(page_request.selection)


def read_headline(page_request: PageRequest) -> Headline:
    """The calculation from rows to figure, and the filters."""
    indicator = _requested_indicator(page_request)
    return Headline(
        f"{indicator.label}{NARROW}: les lignes qui font le chiffre",
        (
            requested_listing(page_request).calculation,
            f"{filters_text(page_request.selection, page_request.options, indicator.filters)}.",
        ),
    )


def breadcrumbs(page_request: PageRequest) -> list[tuple[str, str]]:
    indicator = _requested_indicator(page_request)
    return [("Indicateurs", "/indicateurs"), (indicator.label, f"/indicateurs/{indicator.slug}")]


def requested_listing(page_request: PageRequest) -> Listing:
    """The list of rows of the indicator named by the path."""
    return proof_listing(page_request.connection, _requested_indicator(page_request), page_request.selection)


ROWS = Page(
    PATH,
    lambda slug: f"Lignes – {existing_indicator(slug).label} – {TITLE}",
    (breadcrumbs_part(breadcrumbs), headline_part(read_headline), requested_listing_part(requested_listing)),
    css_class="proof",
    guide=(
        "Chaque ligne est un fait compté dans le chiffre.",
        "Le calcul dit comment on passe des lignes au chiffre.",
        "Le fichier et la ligne permettent de retrouver l’origine.",
    ),
    accepts_slug=lambda slug: indicator_named(slug) is not None,
    themes=indicator_themes,
)
