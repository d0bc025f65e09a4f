"""The finder: the labelled places nearest to a commune, for anybody."""

from __future__ import annotations

from dashboard.components.headline import headline_with_territory
from dashboard.components.page import Page, Part
from dashboard.components.parts import headline_part
from dashboard.elements.tags import Tree
from dashboard.pages.finder.form import finder_form
from dashboard.pages.finder.headline import read_finder_headline
from dashboard.pages.finder.places import finder_places
from dashboard.pages.finder.reuse import reuse_section
from dashboard.pages.finder.view import FinderView
from dashboard.requests.page_request import PageRequest
from dashboard.urls import FINDER_PATH

TITLE = "Trouver un tiers-lieu"


def draw_form(page_request: PageRequest) -> Tree:
    view = FinderView.of(page_request)
    return None if view.missing else finder_form(view)


def draw_places(page_request: PageRequest) -> Tree:
    view = FinderView.of(page_request)
    return None if view.missing else finder_places(view)


FINDER = Page(
    FINDER_PATH,
    lambda _slug: TITLE,
    (
        headline_part(headline_with_territory(read_finder_headline)),
        Part(draw_form),
        Part(draw_places),
        Part(reuse_section, follows_filters=False),
    ),
    css_class="finder",
    guide=(
        "Choisissez une commune\u202f: les lieux labellisés sont rangés du plus proche au plus loin.",
        "Les distances sont à vol d’oiseau.",
        "Les fichiers du bas sont libres de réutilisation.",
    ),
)
