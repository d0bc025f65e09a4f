"""Downloads: a slug and the query of a page, never anything drawn by the client."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import IO, Any, cast

import orjson
from flask import Flask, Response, abort, current_app, request

from dashboard.charts import Chart, chart_named, read_chart
from dashboard.components.about_export import about_chart, about_list
from dashboard.components.chart_card import read_card
from dashboard.components.chart_image import chart_image
from dashboard.components.list_rows import list_query
from dashboard.components.page import filtered_href
from dashboard.components.source_line import DEMONSTRATION
from dashboard.exports.columns import TableColumn
from dashboard.exports.csv import csv_bytes, header, typed
from dashboard.exports.lines import csv_lines
from dashboard.exports.naming import file_name
from dashboard.exports.xlsx import write_xlsx, xlsx_bytes
from dashboard.lists import Listing, list_named
from dashboard.lists.proof import proof_listing
from dashboard.lists.state import read_state
from dashboard.requests.page_request import OpenRequest, PageRequest
from dashboard.web.downloads import PreparedFile, download, new_file
from dashboard.web.heavy_responses import HeavyResponseLimit
from dashboard.web.security import PUBLIC_URL
from data.indicators import Indicator, indicator_named
from data.queries.listing import stream_rows
from data.queries.sources import missing_source


def register(server: Flask, open_request: OpenRequest, limit: HeavyResponseLimit) -> None:
    """Add the routes."""

    @server.get("/exports/<slug>.<any(csv, xlsx, json):kind>")
    def chart_file(slug: str, kind: str) -> Response:
        chart = chart_named(slug)
        if chart is None:
            abort(404, f"Aucun graphique ne s’appelle «\u202f{slug[:80]}\u202f».")
        with limit.slot(), open_request(request.path, request_query()) as page_request:
            content = {"csv": chart_csv, "xlsx": chart_xlsx, "json": chart_json}[kind](page_request, chart)
            return download(content, name_of(page_request, slug, kind, chart.filters), kind)

    @server.get("/exports/lignes-<slug>.<any(csv, xlsx):kind>")
    def rows_file(slug: str, kind: str) -> Response:
        indicator = indicator_named(slug)
        if indicator is None:
            abort(404, f"Aucun indicateur ne s’appelle «\u202f{slug[:80]}\u202f».")
        return list_download(open_request, limit, lambda page_request: proof_listing_of(page_request, indicator), kind)

    @server.get("/exports/liste-<slug>.<any(csv, xlsx):kind>")
    def list_file(slug: str, kind: str) -> Response:
        listing = list_named(slug)
        if listing is None:
            abort(404, f"Aucune liste ne s’appelle «\u202f{slug[:80]}\u202f».")
        return list_download(open_request, limit, lambda _asked: listing, kind)


def proof_listing_of(page_request: PageRequest, indicator: Indicator) -> Listing:
    """The rows behind an indicator, in the words of the unit that a request chooses."""
    return proof_listing(page_request.connection, indicator.worded_for(page_request.selection), page_request.selection)


def request_query() -> str:
    """The query of the request, as text."""
    return request.query_string.decode("utf-8", "replace")


def page_link(path: str, query: str) -> str:
    """The whole address of a page of this site."""
    return (current_app.config[PUBLIC_URL] or request.host_url.rstrip("/")) + filtered_href(path, query)


def chart_csv(page_request: PageRequest, chart: Chart) -> bytes:
    """The numbers of a chart."""
    chart = chart.worded_for(page_request.selection)
    frame, missing = read_chart(page_request.connection, chart, page_request.selection, page_request.options)
    if missing:
        return b"".join(unknown_lines(chart.columns, page_request, missing, chart.filters))
    return csv_bytes(chart.columns, frame, said_on_each_line(page_request, chart.filters))


def unknown_lines(
    columns: Sequence[TableColumn], page_request: PageRequest, missing: str, filters: Sequence[str]
) -> Iterator[bytes]:
    """A file of one line: nothing is known, for a reason."""
    nothing = [None] * len(columns)
    same = {**said_on_each_line(page_request, filters), "Motif": missing}
    return csv_lines([header(column) for column in columns], [nothing], same)


def chart_xlsx(page_request: PageRequest, chart: Chart) -> bytes:
    """The numbers of a chart, and what they are."""
    shown = read_card(
        page_request.connection, chart, page_request.selection, page_request.options, page_request.provenance
    )
    chart = shown.chart
    note = "" if shown.empty else chart.note(shown.frame)
    about = about_chart(
        page_request, chart, shown.finding, note, page_link(chart.pages[0], page_request.selection.to_query())
    )
    rows = shown.frame[[column.name for column in chart.columns]].itertuples(index=False, name=None)
    return xlsx_bytes(chart.columns, rows, about)


def chart_json(page_request: PageRequest, chart: Chart) -> bytes:
    """The figure as a picture has it, drawn by the server: the browser only turns it into pixels (assets/export.js)."""
    shown = read_card(
        page_request.connection, chart, page_request.selection, page_request.options, page_request.provenance
    )
    if shown.empty:
        abort(404, shown.finding)
    picture: dict[str, Any] = chart_image(shown)
    return orjson.dumps(picture, option=orjson.OPT_SERIALIZE_NUMPY)


def list_download(
    open_request: OpenRequest, limit: HeavyResponseLimit, find: Callable[[PageRequest], Listing], kind: str
) -> Response:
    """Every row of a list, in the order asked for: prepared whole, then sent without a snapshot."""
    file = new_file()
    try:
        with limit.slot(), open_request(request.path, request_query()) as page_request:
            listing = find(page_request)
            {"csv": write_list_csv, "xlsx": write_list_xlsx}[kind](file, page_request, listing)
            name = name_of(page_request, listing.file, kind, listing.filters)
    except BaseException:
        file.close()
        raise
    return download(file, name, kind)


def write_list_csv(file: PreparedFile, page_request: PageRequest, listing: Listing) -> None:
    """Write the rows of a list as CSV."""
    missing = missing_source(page_request.connection, listing.necessary)
    if missing:
        file.write(b"".join(unknown_lines(listing.columns, page_request, missing, listing.filters)))
        return
    state = read_state(listing, page_request.query)
    with closing(stream_rows(page_request.connection, list_query(listing, page_request, state))) as rows:
        cells = ([typed(column, row[column.name]) for column in listing.columns] for row in rows)
        same = said_on_each_line(page_request, listing.filters, listing.calculation)
        for piece in csv_lines([header(column) for column in listing.columns], cells, same):
            file.write(piece)


def write_list_xlsx(file: PreparedFile, page_request: PageRequest, listing: Listing) -> None:
    """Write the rows of a list, and what they are."""
    state = read_state(listing, page_request.query)
    link = page_link(listing.path, page_request.query)
    missing = missing_source(page_request.connection, listing.necessary)
    if missing:
        about = about_list(page_request, listing, state.text, link, missing)
        write_xlsx(cast("IO[bytes]", file), listing.columns, (), about)
        return
    with closing(stream_rows(page_request.connection, list_query(listing, page_request, state))) as rows:
        cells = ([row[column.name] for column in listing.columns] for row in rows)
        write_xlsx(cast("IO[bytes]", file), listing.columns, cells, about_list(page_request, listing, state.text, link))


def said_on_each_line(page_request: PageRequest, filters: Sequence[str], calculation: str = "") -> dict[str, str]:
    """How lines make a figure, the filters that narrow them, and the nature of data that are not the Région's."""
    nature = {"Nature": DEMONSTRATION} if page_request.provenance.is_demonstration else {}
    sums = {"Calcul": calculation} if calculation else {}
    return {**sums, "Filtres": page_request.selection.narrowed_to(filters).caption(page_request.options), **nature}


def name_of(page_request: PageRequest, slug: str, kind: str, filters: Sequence[str]) -> str:
    """What the file is called, by the filters that narrow it."""
    return file_name(
        slug,
        page_request.selection.narrowed_to(filters),
        page_request.options,
        kind,
        page_request.provenance.is_demonstration,
    )
