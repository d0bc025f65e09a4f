"""Public datasets at addresses that do not change, readable from the pages of any site."""

from __future__ import annotations

from functools import partial

from flask import Flask, Response, abort, request

from dashboard.charts.phrases import capitalised
from dashboard.exports.open_data import PUBLIC_FILES, Publication, PublicFile, public_path
from dashboard.requests.page_request import OpenRequest
from dashboard.web.export_routes import request_query
from dashboard.web.heavy_responses import HeavyResponseLimit
from dashboard.web.prepared_exports import export_stem
from data.model.public import PublicDataset
from data.queries.public_places import PUBLIC_DATASETS
from data.queries.sources import missing_source_reason


def register(server: Flask, open_request: OpenRequest, limit: HeavyResponseLimit) -> None:
    """Add the address of each file of each dataset."""
    for dataset in PUBLIC_DATASETS:
        for file in PUBLIC_FILES:
            server.add_url_rule(
                public_path(dataset, file),
                f"public-{dataset.slug}-{file.extension}",
                partial(send_public_file, open_request, limit, dataset, file),
            )


def send_public_file(
    open_request: OpenRequest, limit: HeavyResponseLimit, dataset: PublicDataset, file: PublicFile
) -> Response:
    """The rows that the filters of the address keep. Aborts with 404 while a source of the dataset was never loaded:
    a file without rows would say that there are none.
    """
    with limit.slot(), open_request(request.path, request_query()) as page_request:
        connection = page_request.connection
        missing = missing_source_reason(connection, dataset.sources)
        if missing:
            abort(404, f"{capitalised(missing)}\u202f: ce fichier n’est pas encore publié.")
        publication = Publication(page_request.selection.until, page_request.provenance.is_demonstration)
        rows = connection.execute(dataset.rows(page_request.selection)).mappings().all()
        content = file.write(dataset, rows, publication)
        name = f"{export_stem(page_request, dataset.slug, dataset.filters)}.{file.extension}"
    response = Response(content, content_type=file.content_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
