"""Downloads: a slug and the query of a page, never anything drawn by the client."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from flask import Flask, Response, abort, request

from dashboard.charts import Chart, chart_named
from dashboard.components.page import Ask, Asked
from dashboard.components.source_line import DEMONSTRATION
from dashboard.exports.csv import csv_bytes
from dashboard.exports.lines import csv_lines
from dashboard.exports.naming import file_name
from data.indicators import Indicator, indicator_named
from data.queries.proof import stream_proof
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
        query = asked_query()
        with ask(request.path, query) as asked:
            name = name_of(asked, f"lignes-{slug}")
        return download(rows_csv(ask, indicator, query), name)


def asked_query() -> str:
    """The query of the request, as text."""
    return request.query_string.decode("utf-8", "replace")


def chart_csv(asked: Asked, chart: Chart) -> bytes:
    """The numbers of a chart."""
    frame = chart.read(asked.connection, asked.selection, asked.known)
    return csv_bytes(chart.columns, frame, said_on_each_line(asked))


def rows_csv(ask: Ask, indicator: Indicator, query: str) -> Iterator[bytes]:
    """Every row behind a figure; the snapshot stays open until the last piece is sent."""
    # the rows are closed with the answer, also when the visitor stops the download: the database keeps a cursor open
    with ask("", query) as asked, closing(stream_proof(asked.connection, indicator, asked.selection)) as rows:
        yield from csv_lines(next(rows), rows, said_on_each_line(asked))


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
