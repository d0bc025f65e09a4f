"""Charts and lists of one request, prepared for export."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from typing import Any

from flask import abort, current_app, request

from dashboard.charts import Chart, read_chart
from dashboard.components.about_export import about_chart, about_list
from dashboard.components.chart_card import CardContent, compose_card
from dashboard.components.chart_image import chart_picture
from dashboard.components.list_rows import list_query
from dashboard.components.page import filtered_href
from dashboard.components.source_line import DEMONSTRATION
from dashboard.exports.naming import file_stem
from dashboard.exports.office import chart_table
from dashboard.exports.prepared import About, ChartContent, ChartPicture, PreparedExport
from dashboard.figures.base import records
from dashboard.lists import Listing
from dashboard.lists.proof import proof_listing
from dashboard.lists.state import read_list_state
from dashboard.requests.page_request import PageRequest
from dashboard.web.security import PUBLIC_URL
from data.indicators import Indicator
from data.queries.listing import stream_rows
from data.queries.sources import missing_source_reason

REPORT_TEMPLATE = "REPORT_TEMPLATE"  # key of the configuration: the Région's file of slides, or None


@contextmanager
def prepare_chart(page_request: PageRequest, chart: Chart) -> Iterator[PreparedExport]:
    """The numbers of a chart, its description and its image; the last two need its card, composed once at most."""
    selection, options = page_request.selection, page_request.options
    chart_data = read_chart(page_request.connection, chart, selection, options)
    chart = chart_data.chart

    @cache
    def card() -> CardContent:
        return compose_card(page_request.connection, chart_data, selection, options, page_request.provenance)

    def about() -> About:
        return about_chart(page_request, card(), page_url(chart.pages[0], selection.to_query()))

    def picture() -> ChartPicture:
        if card().empty:
            abort(404, card().finding)
        return chart_picture(card())

    def content() -> ChartContent:
        return ChartContent(chart_table(chart.office, chart.columns, records(chart_data.frame)), card().alt)

    yield PreparedExport(
        stem=export_stem(page_request, chart.slug, chart.filters),
        columns=chart.columns,
        rows=chart_data.frame[[column.name for column in chart.columns]].itertuples(index=False, name=None),
        missing=chart_data.missing,
        repeated=repeated_columns(page_request, chart.filters),
        about=about,
        picture=picture,
        chart=content,
        template=current_app.config.get(REPORT_TEMPLATE),
    )


@contextmanager
def prepare_list(page_request: PageRequest, listing: Listing) -> Iterator[PreparedExport]:
    """Every row of a list, in the order of the request."""
    state = read_list_state(listing, page_request.query)
    missing = missing_source_reason(page_request.connection, listing.necessary_sources)
    link = page_url(listing.path, page_request.query)
    with closing(_rows(page_request, listing, missing)) as rows:
        yield PreparedExport(
            stem=export_stem(page_request, listing.file, listing.filters),
            columns=listing.columns,
            rows=rows,
            missing=missing,
            repeated=repeated_columns(page_request, listing.filters, listing.calculation),
            about=lambda: about_list(page_request, listing, state.text, link, missing or ""),
        )


@contextmanager
def prepare_proof(page_request: PageRequest, indicator: Indicator) -> Iterator[PreparedExport]:
    """The rows behind an indicator, in the unit of attendance of the request."""
    worded = indicator.in_selected_unit(page_request.selection)
    listing = proof_listing(page_request.connection, worded, page_request.selection)
    with prepare_list(page_request, listing) as prepared:
        yield prepared


def _rows(page_request: PageRequest, listing: Listing, missing: str | None) -> Generator[Sequence[Any]]:
    if missing:
        return
    query = list_query(listing, page_request, read_list_state(listing, page_request.query))
    with closing(stream_rows(page_request.connection, query)) as rows:
        for row in rows:
            yield [row[column.name] for column in listing.columns]


def page_url(path: str, query: str) -> str:
    """The absolute address of a page of this site."""
    return (current_app.config[PUBLIC_URL] or request.host_url.rstrip("/")) + filtered_href(path, query)


def repeated_columns(page_request: PageRequest, filters: Sequence[str], calculation: str = "") -> dict[str, str]:
    """The texts repeated on each line: the calculation, the filters, and the nature of demonstration data."""
    nature = {"Nature": DEMONSTRATION} if page_request.provenance.is_demonstration else {}
    sums = {"Calcul": calculation} if calculation else {}
    return {**sums, "Filtres": page_request.selection.keeping_filters(filters).caption(page_request.options), **nature}


def export_stem(page_request: PageRequest, slug: str, filters: Sequence[str]) -> str:
    """The name of the file, with the filters that apply."""
    selection = page_request.selection.keeping_filters(filters)
    return file_stem(slug, selection, page_request.options, page_request.provenance.is_demonstration)
