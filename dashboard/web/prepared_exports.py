"""Charts and lists of one request, prepared for export."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from typing import Any

from flask import abort, current_app, request

from dashboard.charts import Chart, read_chart
from dashboard.components.chart_card import CardContent, compose_card
from dashboard.components.chart_image import chart_picture
from dashboard.components.data_table import TextRows
from dashboard.components.exported import chart_rows, list_rows, proof_rows_text
from dashboard.components.list_rows import list_query
from dashboard.components.page import filtered_href
from dashboard.components.passport import ExportContext, chart_passport, list_passport, passport_code
from dashboard.exports.naming import file_stem
from dashboard.exports.office import chart_table
from dashboard.exports.prepared import ChartContent, ChartPicture, Passport, PreparedExport
from dashboard.figures.base import records
from dashboard.lists import Listing
from dashboard.lists.proof import proof_listing
from dashboard.lists.state import read_list_state
from dashboard.pages.data import publication_warning
from dashboard.requests.page_request import PageRequest
from dashboard.web.security import PUBLIC_URL
from data.indicators import Indicator
from data.queries.listing import stream_rows
from data.queries.sources import missing_source_reason


@contextmanager
def prepare_chart(page_request: PageRequest, chart: Chart) -> Iterator[PreparedExport]:
    """The numbers of a chart, its passport and its image; the last two need its card, composed once at most."""
    selection, options = page_request.selection, page_request.options
    chart_data = read_chart(page_request.connection, chart, selection, options)
    chart = chart_data.chart
    context = _context(page_request, passport_code(page_request, f"chart/{chart.slug}", chart_rows(chart_data)))

    @cache
    def card() -> CardContent:
        return compose_card(page_request.connection, chart_data, selection, options, page_request.provenance)

    def passport() -> Passport:
        return chart_passport(context, card(), page_url(chart.pages[0], selection.to_query()))

    def picture() -> ChartPicture:
        if card().empty:
            abort(404, card().finding)
        return chart_picture(card(), passport())

    def content() -> ChartContent:
        table = chart_table(chart.office, chart.columns, records(chart_data.frame))
        return ChartContent(table, None if card().empty else chart_picture(card(), passport()), card().alt)

    yield PreparedExport(
        stem=export_stem(page_request, chart.slug, chart.filters),
        columns=chart.columns,
        rows=chart_data.frame[[column.name for column in chart.columns]].itertuples(index=False, name=None),
        missing=chart_data.missing,
        repeated=repeated_columns(context, chart.filters),
        passport=passport,
        picture=picture,
        chart=content,
        template=page_request.installation.report_template,
    )


@contextmanager
def prepare_list(page_request: PageRequest, listing: Listing) -> Iterator[PreparedExport]:
    """Every row of a list, in the order of the request."""
    with _prepared_list(page_request, listing, f"list/{listing.slug}", list_rows(page_request, listing)) as prepared:
        yield prepared


@contextmanager
def prepare_proof(page_request: PageRequest, indicator: Indicator) -> Iterator[PreparedExport]:
    """The rows behind an indicator, in the unit of attendance of the request."""
    worded = indicator.in_selected_unit(page_request.selection)
    listing = proof_listing(page_request.connection, worded, page_request.selection)
    rows = proof_rows_text(page_request, worded, listing)
    with _prepared_list(page_request, listing, f"proof/{indicator.slug}", rows) as prepared:
        yield prepared


@contextmanager
def _prepared_list(
    page_request: PageRequest, listing: Listing, name: str, figures: TextRows
) -> Iterator[PreparedExport]:
    state = read_list_state(listing, page_request.query)
    missing = missing_source_reason(page_request.connection, listing.necessary_sources)
    link = page_url(listing.path, page_request.query)
    context = _context(page_request, passport_code(page_request, name, figures, listing.slug))
    with closing(_rows(page_request, listing, missing)) as rows:
        yield PreparedExport(
            stem=export_stem(page_request, listing.file, listing.filters),
            columns=listing.columns,
            rows=rows,
            missing=missing,
            repeated=repeated_columns(context, listing.filters, listing.calculation),
            passport=lambda: list_passport(context, listing, state.text, link, missing or ""),
        )


def _rows(page_request: PageRequest, listing: Listing, missing: str | None) -> Generator[Sequence[Any]]:
    if missing:
        return
    query = list_query(listing, page_request, read_list_state(listing, page_request.query))
    with closing(stream_rows(page_request.connection, query)) as rows:
        for row in rows:
            yield [row[column.name] for column in listing.columns]


def _context(page_request: PageRequest, code: str) -> ExportContext:
    return ExportContext(page_request, site_address(), publication_warning(page_request), code)


def site_address() -> str:
    """The absolute address of this site, without a slash at the end."""
    return current_app.config[PUBLIC_URL] or request.host_url.rstrip("/")


def page_url(path: str, query: str) -> str:
    """The absolute address of a page of this site."""
    return site_address() + filtered_href(path, query)


def repeated_columns(context: ExportContext, filters: Sequence[str], calculation: str = "") -> dict[str, str]:
    """The texts repeated on each line: the calculation, the code of the passport, the filters, and the warning about
    data that are invented or may not be published.
    """
    page_request = context.page_request
    return {
        **({"Calcul": calculation} if calculation else {}),
        "Passeport": context.code,
        "Filtres": page_request.selection.keeping_filters(filters).caption(page_request.options),
        **({"Nature": context.nature} if context.nature else {}),
    }


def export_stem(page_request: PageRequest, slug: str, filters: Sequence[str]) -> str:
    """The name of the file, with the filters that apply."""
    selection = page_request.selection.keeping_filters(filters)
    return file_stem(slug, selection, page_request.options, page_request.provenance.is_demonstration)
