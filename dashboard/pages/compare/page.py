"""The page that compares two to six territories, partners, schemes or types of holders."""

from __future__ import annotations

from dataclasses import replace

from dashboard.charts import CHARTS
from dashboard.components.page import Page, Part
from dashboard.components.parts import breadcrumbs_part, chart_cards_part, headline_part
from dashboard.elements.tags import Tree
from dashboard.pages.compare.chooser import chooser
from dashboard.pages.compare.headline import read_headline
from dashboard.pages.compare.indicators import compared_indicators
from dashboard.requests.page_request import PageRequest
from dashboard.urls import COMPARE_PATH
from data.selection import MIN_COMPARED_ITEMS, kind_of_items

TITLE = "Comparer"
PURPOSE = "Pour situer un territoire ou un partenaire parmi ses pairs, sans classer ce qui ne diffère pas."


def narrow_to_region(page_request: PageRequest) -> PageRequest:
    """The request without the territory filters: each compared item is counted whole."""
    return replace(page_request, selection=page_request.selection.without_territory())


def draw_charts(page_request: PageRequest) -> Tree:
    """The charts that compare items of the kind chosen; none until two are chosen."""
    items = page_request.selection.compared
    if len(items) < MIN_COMPARED_ITEMS:
        return []
    key = kind_of_items(items).key
    return chart_cards_part(*(chart for chart in CHARTS if key in chart.compares)).draw(page_request)


COMPARE = Page(
    COMPARE_PATH,
    lambda _slug: TITLE,
    (
        breadcrumbs_part(lambda _page_request: [("Territoires", "/territoires")]),
        headline_part(read_headline, PURPOSE),
        Part(chooser),
        Part(draw_charts),
        Part(compared_indicators),
    ),
    css_class="compare",
    guide=(
        "Ce qui est comparé partage les mêmes axes\u202f: les hauteurs se comparent.",
        "La valeur de la Région est rappelée à côté.",
        "Les filtres de période et de porteur valent pour tous.",
    ),
    hidden_filters=("dep", "epci"),
    narrow=narrow_to_region,
)
