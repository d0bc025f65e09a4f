"""Downloads of the form of suggestions: the document of its choices, and the row that records the talk."""

from __future__ import annotations

from functools import partial
from typing import IO, cast

from flask import Flask, Response, abort, request

from dashboard.exports.lines import csv_lines
from dashboard.exports.open_data import INVENTED_PLACES
from dashboard.pages.qvt.fields import ACTIVITY_NEEDS_WHERE, DOCUMENT_EXTENSIONS
from dashboard.reports.formats import ReportFormat, report_format
from dashboard.reports.qvt import activity_row, compose_qvt
from dashboard.requests.page_request import OpenRequest, PageRequest
from dashboard.requests.qvt_form import QvtForm, read_qvt_form
from dashboard.urls import QVT_ACTIVITY_PATH, QVT_DOCUMENT_STEM, QVT_PATH
from dashboard.web.downloads import download_response, new_file
from dashboard.web.export_routes import request_query
from dashboard.web.heavy_responses import HeavyResponseLimit
from dashboard.web.prepared_exports import page_url
from data.queries.sources import missing_source_reason


def register(server: Flask, open_request: OpenRequest, limit: HeavyResponseLimit) -> None:
    """Add an address for each format of the document, and that of the row."""
    for extension in DOCUMENT_EXTENSIONS:
        format_ = report_format(extension)
        assert format_ is not None, extension
        server.add_url_rule(
            f"{QVT_DOCUMENT_STEM}.{extension}",
            f"qvt-{extension}",
            partial(send_document, open_request, limit, format_),
        )
    server.add_url_rule(QVT_ACTIVITY_PATH, "qvt-activity", partial(send_activity, open_request))


def send_document(open_request: OpenRequest, limit: HeavyResponseLimit, format_: ReportFormat) -> Response:
    """The document of the choices in the address. Aborts with 404 when there is no suggestion to write."""
    with new_file() as file, limit.slot(), open_request(request.path, request_query()) as page_request:
        form = _read_form(page_request)
        if not form.retained:
            abort(404, "Aucune piste ne correspond à ces réponses\u202f: il n’y a rien à écrire.")
        document = compose_qvt(page_request, form, page_url(QVT_PATH, form.query()), _warning(page_request))
        format_.write(document, cast("IO[bytes]", file))
        name = f"tiers-lieux_pistes-qvt_{form.day.isoformat()}.{format_.extension}"
    return download_response(file, name, format_.content_type, in_pieces=True)


def _warning(page_request: PageRequest) -> str:
    """That places are invented, if they are: the document has no figure that could be unpublishable."""
    return INVENTED_PLACES if page_request.provenance.is_demonstration else ""


def send_activity(open_request: OpenRequest) -> Response:
    """The talk as one row of the source of activities, to be loaded. Aborts with 404 without a place or commune."""
    with new_file() as file, open_request(request.path, request_query()) as page_request:
        form = _read_form(page_request)
        if not form.subject_text:
            abort(404, ACTIVITY_NEEDS_WHERE)
        headers, values = activity_row(form)
        for piece in csv_lines(headers, [values]):
            file.write(piece)
    return download_response(file, "accompagnement-qvt.csv", "text/csv; charset=utf-8", in_pieces=False)


def _read_form(page_request: PageRequest) -> QvtForm:
    """The form of the address. Aborts with 404 when the suggestions were never loaded."""
    missing = missing_source_reason(page_request.connection, ("qvt-suggestions",))
    if missing:
        abort(404, f"{missing[:1].upper()}{missing[1:]}.")
    return read_qvt_form(page_request.connection, page_request.query, page_request.options.today)
