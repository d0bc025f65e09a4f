"""Downloads: a slug and the query of a page, never anything drawn by the client."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from flask import Flask, Response, abort, request

from dashboard.charts import Chart, chart_named
from dashboard.components.list_rows import question
from dashboard.components.page import Ask, Asked
from dashboard.components.source_line import DEMONSTRATION
from dashboard.exports.csv import csv_bytes, header, typed
from dashboard.exports.lines import csv_lines
from dashboard.exports.naming import file_name
from dashboard.lists import Listing, list_named
from dashboard.lists.proof import proof_listing
from dashboard.lists.state import read_state
from data.indicators import indicator_named
from data.queries.listing import stream_rows
from data.queries.sources import read_is_demonstration

CSV = "text/csv; charset=utf-8"


def register(server: Flask, ask: Ask) -> None:
    """Add the routes."""

    @server.get("/exports/<slug>.csv")
    def chart_file(slug: str) -> Response:
        chart = chart_named(slug)
        if chart is None:
            abort(404, f"Aucun graphique ne s’appelle «\u202f{slug[:80]}\u202f».")
        with ask(request.path, asked_query()) as asked:
            return download(chart_csv(asked, chart), name_of(asked, slug))

    @server.get("/exports/lignes-<slug>.csv")
    def rows_file(slug: str) -> Response:
        indicator = indicator_named(slug)
        if indicator is None:
            abort(404, f"Aucun indicateur ne s’appelle «\u202f{slug[:80]}\u202f».")
        return list_download(ask, proof_listing(indicator))

    @server.get("/exports/liste-<slug>.csv")
    def list_file(slug: str) -> Response:
        listing = list_named(slug)
        if listing is None:
            abort(404, f"Aucune liste ne s’appelle «\u202f{slug[:80]}\u202f».")
        return list_download(ask, listing)


def asked_query() -> str:
    """The query of the request, as text."""
    return request.query_string.decode("utf-8", "replace")


def chart_csv(asked: Asked, chart: Chart) -> bytes:
    """The numbers of a chart."""
    frame = chart.read(asked.connection, asked.selection, asked.known)
    return csv_bytes(chart.columns, frame, said_on_each_line(asked))


def list_download(ask: Ask, listing: Listing) -> Response:
    """Every row of a list, in the order asked for."""
    query = asked_query()
    with ask(request.path, query) as asked:
        name = name_of(asked, listing.file)
    return download(list_csv(ask, listing, query), name)


def list_csv(ask: Ask, listing: Listing, query: str) -> Iterator[bytes]:
    """The file in pieces; the snapshot stays open until the last one is sent."""
    with ask("", query) as asked:
        state = read_state(listing, query)
        # the rows are closed with the answer, also when the visitor stops the download: a cursor is kept open
        with closing(stream_rows(asked.connection, question(listing, asked, state))) as rows:
            cells = ([typed(column, row[column.name]) for column in listing.columns] for row in rows)
            yield from csv_lines([header(column) for column in listing.columns], cells, said_on_each_line(asked))


def said_on_each_line(asked: Asked) -> dict[str, str]:
    """The filters, and the nature of data that are not the Région's."""
    nature = {"Nature": DEMONSTRATION} if read_is_demonstration(asked.connection) else {}
    return {"Filtres": asked.selection.caption(asked.known), **nature}


def name_of(asked: Asked, slug: str) -> str:
    """What the file is called."""
    return file_name(slug, asked.selection.until, "csv", read_is_demonstration(asked.connection))


def download(content: bytes | Iterator[bytes], name: str) -> Response:
    """A file to be saved."""
    response = Response(content, content_type=CSV)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
