"""Downloads of the Région's grants as open data."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import IO, cast

from flask import Flask, Response, request

from dashboard.exports.scdl import GRANT_FILES, GrantFile, write_scdl
from dashboard.requests.page_request import OpenRequest
from dashboard.web.downloads import download_response, new_file
from dashboard.web.export_routes import request_query
from dashboard.web.heavy_responses import HeavyResponseLimit
from dashboard.web.prepared_exports import export_stem
from data.filters import AID_FILTERS
from data.queries.grants import stream_grants


def register(server: Flask, open_request: OpenRequest, limit: HeavyResponseLimit) -> None:
    """Add the address of each file."""
    for grant_file in GRANT_FILES:
        server.add_url_rule(grant_file.path, grant_file.stem, partial(send_grants, open_request, limit, grant_file))


def send_grants(open_request: OpenRequest, limit: HeavyResponseLimit, grant_file: GrantFile) -> Response:
    """The grants that the filters of the address keep. Aborts with 503 when too many files are being prepared.

    The format has no room for a passport nor for a warning: only the name of the file says « demonstration ».
    """
    with new_file() as file, limit.slot(), open_request(request.path, request_query()) as page_request:
        selection = page_request.selection
        rows = stream_grants(page_request.connection, selection, page_request.options.today, grant_file.above)
        with closing(rows):
            write_scdl(rows, cast("IO[bytes]", file))
        stem = export_stem(page_request, grant_file.stem, AID_FILTERS)
    return download_response(file, f"{stem}.csv", "text/csv; charset=utf-8", in_pieces=True)
