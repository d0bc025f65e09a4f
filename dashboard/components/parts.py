"""Parts shared by pages: headline, breadcrumbs, tiles, charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dashboard import ids
from dashboard.charts import Chart, charts_of_page
from dashboard.charts.phrases import capitalised
from dashboard.components.chart_card import chart_card, read_card
from dashboard.components.page import Part, filtered_href
from dashboard.components.tile import Tile, tile_element
from dashboard.elements import tags
from dashboard.elements.tags import Element, Paragraph, Tree
from dashboard.requests.page_request import PageRequest
from dashboard.urls import CHART_ARCHIVE_PATH, PAGE_PARAMETER
from data.queries.causes import find_blocking_filter_of_indicator, reason_with_blocking_filter
from data.queries.sources import missing_source_reason

UNKNOWN_VALUE = "—"


@dataclass(frozen=True)
class Headline:
    """The title of a page (a computed sentence) and the sentences under it, some with links."""

    title: str
    lines: tuple[Paragraph, ...] = ()


def headline_part(read_headline: Callable[[PageRequest], Headline], purpose: str = "") -> Part:
    """The title and its sentences; `purpose` is the decision that the page helps with."""

    def draw(page_request: PageRequest) -> Element:
        headline = read_headline(page_request)
        return tags.Div(
            [
                tags.H1(headline.title, id=ids.HEADLINE, tabIndex=-1),
                tags.Div([tags.P(line) for line in headline.lines], id=ids.HEADLINE_LINES, className="headline-lines"),
                *([tags.P(purpose, className="purpose")] if purpose else []),
            ],
            className="headline",
        )

    return Part(draw)


def breadcrumbs_part(read_links: Callable[[PageRequest], Sequence[tuple[str, str]]]) -> Part:
    """Links to the pages above this one, with the filters; `read_links` gives label and path of each."""

    def draw(page_request: PageRequest) -> Element:
        query = page_request.selection.to_query()
        steps: list[Element | str] = []
        for label, path in read_links(page_request):
            steps += [tags.A(label, href=filtered_href(path, query)), " › "]
        return tags.P(steps[:-1], className="breadcrumbs")

    return Part(draw)


def tiles_part(read_tiles: Callable[[PageRequest], Sequence[Tile]]) -> Part:
    """A row of tiles; an unknown one names the missing source or the blocking filter."""

    def draw(page_request: PageRequest) -> Element:
        elements = [tile_element(tile_with_cause(page_request, tile)) for tile in read_tiles(page_request)]
        return tags.Section(elements, className="tiles", aria_label="Chiffres clés")

    return Part(draw)


def tile_with_cause(page_request: PageRequest, tile: Tile) -> Tile:
    """The tile, without value when its source was never loaded; a tile without value has the reason as status."""
    missing = missing_source_reason(page_request.connection, tile.indicator.required_sources)
    if missing:
        status = capitalised(missing)
        return replace(tile, value=UNKNOWN_VALUE, unit="", share=None, tone="neutral", status=status, comparison=())
    if tile.value != UNKNOWN_VALUE:
        return tile
    cause = find_blocking_filter_of_indicator(
        page_request.connection, tile.indicator, page_request.selection, page_request.options
    )
    return replace(tile, status=reason_with_blocking_filter(tile.status, cause))


def charts_part(path: str) -> Part:
    """The charts of a path, in the order of CHARTS, and a link to all of them at once."""
    return Part(lambda page_request: page_charts(page_request, path))


def page_charts(page_request: PageRequest, path: str) -> Tree:
    """The cards of the charts of a path, and a link to all of them at once; nothing without charts."""
    charts = charts_of_page(path)
    if not charts:
        return None
    return [_chart_cards(page_request, charts), _archive_link(path, page_request.selection.to_query())]


def chart_cards_part(*charts: Chart) -> Part:
    """Some charts on a sheet, narrowed to what its path fixes."""
    return Part(lambda page_request: _chart_cards(page_request, charts))


def _chart_cards(page_request: PageRequest, charts: Sequence[Chart]) -> Element:
    cards = [
        chart_card(
            read_card(
                page_request.connection, chart, page_request.selection, page_request.options, page_request.provenance
            ),
            chart.slug in page_request.open_tables,
        )
        for chart in charts
    ]
    return tags.Div(cards, className="cards")


def _archive_link(path: str, query: str) -> Element:
    """A link to all the charts of a page at once."""
    href = filtered_href(CHART_ARCHIVE_PATH, "&".join(filter(None, (query, f"{PAGE_PARAMETER}={path}"))))
    return tags.P(tags.A("Tous les graphiques de la page (ZIP)", href=href), className="all-charts no-print")


def group_parts(parts: Sequence[Part], css_class: str) -> Part:
    """Several parts in one box of the page."""
    return Part(lambda page_request: tags.Div([part.draw(page_request) for part in parts], className=css_class))
