"""Downloads: a slug and the query of a page, never anything drawn by the client."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from typing import IO, Any, cast

from flask import Flask, Response, abort, request

from dashboard.charts import chart_named
from dashboard.exports.formats import ExportFormat, Subject, served_formats
from dashboard.exports.prepared import PreparedExport
from dashboard.lists import list_named
from dashboard.requests.page_request import OpenRequest, PageRequest
from dashboard.web.downloads import download_response, new_file
from dashboard.web.heavy_responses import HeavyResponseLimit
from dashboard.web.prepared_exports import prepare_chart, prepare_list, prepare_proof
from data.indicators import indicator_named

Prepare = Callable[[PageRequest, Any], AbstractContextManager[PreparedExport]]


@dataclass(frozen=True)
class ExportRoute:
    """The files of a subject: `/exports/<prefix><slug>.<extension>`.

    `find` gives the object of a slug, or None: the 404 page then has the text `unknown` and the slug. Files of charts
    are small; those `of_any_size` go to the disk and are sent in pieces, with a limit for slow clients.
    """

    subject: Subject
    prefix: str
    find: Callable[[str], Any]
    unknown: str
    prepare: Prepare
    of_any_size: bool = True


ROUTES = (
    ExportRoute("chart", "", chart_named, "Aucun graphique ne s’appelle", prepare_chart, of_any_size=False),
    ExportRoute("proof", "lignes-", indicator_named, "Aucun indicateur ne s’appelle", prepare_proof),
    ExportRoute("list", "liste-", list_named, "Aucune liste ne s’appelle", prepare_list),
)


def register(server: Flask, open_request: OpenRequest, limit: HeavyResponseLimit) -> None:
    """Add an address for each subject and each of its formats (dashboard/exports/formats.py)."""
    for route in ROUTES:
        for format_ in served_formats(route.subject):
            server.add_url_rule(
                f"/exports/{route.prefix}<slug>.{format_.extension}",
                f"export-{route.subject}-{format_.extension}",
                partial(send_export, open_request, limit, route, format_),
            )


def send_export(
    open_request: OpenRequest, limit: HeavyResponseLimit, route: ExportRoute, format_: ExportFormat, slug: str
) -> Response:
    """The file of the object of a slug. Aborts with 404 for an unknown slug, with 503 when too many files are being
    prepared.

    It is prepared whole, as one of the heavy responses, then sent without a snapshot.
    """
    exported = route.find(slug)
    if exported is None:
        abort(404, f"{route.unknown} «\u202f{slug[:80]}\u202f».")
    with (
        new_file() as file,
        limit.slot(),
        open_request(request.path, request_query()) as page_request,
        route.prepare(page_request, exported) as prepared,
    ):
        format_.write(prepared, cast("IO[bytes]", file))
        name = f"{prepared.stem}.{format_.extension}"
    return download_response(file, name, format_.content_type, in_pieces=route.of_any_size)


def request_query() -> str:
    """The query of the request, as text."""
    return request.query_string.decode("utf-8", "replace")
