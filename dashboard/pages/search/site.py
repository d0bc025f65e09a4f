"""What the site itself has in the search: indicators, pages, charts and lists."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from dashboard import ids
from dashboard.charts import CHARTS
from dashboard.lists import LISTS
from dashboard.pages.indicators.dictionary import PATH
from dashboard.pages.indicators.page import THEMES, existing_indicator
from dashboard.pages.search.model import SearchKind, SearchRequest, SearchResult
from data.i18n import NARROW
from data.indicators import INDICATORS
from data.queries.name_search import Match, Name, NameIndex, name_key


@cache
def _indicator_names() -> NameIndex[str]:
    """The slugs of the indicators, by label, then by slug."""
    return NameIndex(
        Name(name_key(text), one.slug, order=order)
        for one in INDICATORS
        for order, text in enumerate((one.label, one.slug))
    )


def _indicator_result(request: SearchRequest, match: Match[str]) -> SearchResult:
    indicator = existing_indicator(match.name.target).in_selected_unit(request.page_request.selection)
    return SearchResult(indicator.label, THEMES[indicator.theme], request.href(f"{PATH}/{indicator.slug}"))


def _page_titles(request: SearchRequest) -> dict[str, str]:
    """The title of each page without a slug, by path."""
    return {page.path: page.menu or page.title("") for page in request.site if "<slug>" not in page.path}


def _page_names(request: SearchRequest) -> NameIndex[str]:
    """The paths of the pages, by title."""
    return NameIndex(Name(name_key(title), path) for path, title in _page_titles(request).items())


def _page_result(request: SearchRequest, match: Match[str]) -> SearchResult:
    path = match.name.target
    return SearchResult(_page_titles(request)[path], "", request.href(path))


def _parts() -> Iterator[tuple[str, str]]:
    """The address and the name of each chart and list of a page: of a chart, what it measures."""
    for chart in CHARTS:
        for path in chart.pages[:1]:
            if "<slug>" not in path:
                yield f"{path}#{ids.finding(chart.slug)}", chart.subtitle.partition(f"{NARROW};")[0]
    for listing in LISTS:
        yield f"{listing.path}#{ids.listing(listing.slug, 'title')}", listing.title


@cache
def _part_names() -> NameIndex[tuple[str, str]]:
    return NameIndex(Name(name_key(part[1]), part) for part in _parts())


def _part_result(request: SearchRequest, match: Match[tuple[str, str]]) -> SearchResult:
    address, name = match.name.target
    path = address.partition("#")[0]
    return SearchResult(name, _page_titles(request).get(path, ""), request.href(address))


INDICATOR = SearchKind(
    "indicateur", ("indicateur", "indicateurs"), lambda _request: _indicator_names(), _indicator_result
)
PAGE = SearchKind("page", ("page", "pages"), _page_names, _page_result)
PART = SearchKind(
    "partie", ("graphique ou liste", "graphiques et listes"), lambda _request: _part_names(), _part_result
)
