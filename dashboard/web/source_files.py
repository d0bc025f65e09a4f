"""Files that describe a source: a workbook to fill, a Table Schema for tools that check files."""

from __future__ import annotations

from flask import Flask, Response, abort, jsonify

from dashboard.exports.formats import XLSX
from data.sources import SOURCES, Source
from data.sources.table_schema import table_schema
from data.sources.template import build_template


def register(server: Flask) -> None:
    @server.get("/exports/modele-<name>.xlsx")
    def template(name: str) -> Response:
        response = Response(build_template(requested_source(name)), content_type=XLSX.content_type)
        response.headers.set("Content-Disposition", "attachment", filename=f"modele-{name}.xlsx")
        return response

    @server.get("/api/schemas/<name>.json")
    def schema(name: str) -> Response:
        return jsonify(table_schema(requested_source(name)))


def requested_source(name: str) -> Source:
    """The source of that name. Aborts with 404."""
    source = next((source for source in SOURCES if source.name == name), None)
    if source is None:
        abort(404, f"Aucune source ne s’appelle «\u202f{name[:80]}\u202f».")
    return source
