"""Downloads: a slug and the query of a page, never anything drawn by the client."""

from __future__ import annotations

from collections.abc import Iterator

from dash import Dash
from flask import Response, abort, request
from sqlalchemy import Engine

from dashboard.components.page import Clock, asking
from dashboard.exports.lines import csv_lines
from data.indicators import Indicator, indicator_named
from data.queries.proof import stream_proof

CSV = "text/csv; charset=utf-8"


def register(app: Dash, engine: Engine, clock: Clock) -> None:
    """Add the routes."""
    server = app.server

    @server.get("/exports/lignes-<slug>.csv")
    def rows(slug: str) -> Response:
        indicator = indicator_named(slug)
        if indicator is None:
            abort(404, f"Aucun indicateur ne s’appelle « {slug[:80]} ».")
        return download(proof_file(engine, clock, indicator, asked_query()), f"lignes-{slug}.csv")


def asked_query() -> str:
    """The query of the request, as text."""
    return request.query_string.decode("utf-8", "replace")


def proof_file(engine: Engine, clock: Clock, indicator: Indicator, query: str) -> Iterator[bytes]:
    """Every row behind a figure; the snapshot stays open until the last piece is sent."""
    with asking(engine, clock, "", query) as asked:
        headers, found = stream_proof(asked.connection, indicator, asked.selection)
        yield from csv_lines(headers, found)


def download(content: bytes | Iterator[bytes], name: str) -> Response:
    """A file to be saved."""
    response = Response(content, content_type=CSV)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
