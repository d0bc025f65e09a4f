"""Downloads of reports and of the sheets of territories: made again on the server from an address."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import IO, cast

from flask import Flask, Response, abort, request

from dashboard.exports.naming import file_stem
from dashboard.pages.report.site import REPORT_SITE
from dashboard.reports.compose import compose, compose_sheets
from dashboard.reports.draft import DraftError, draft_query, from_address
from dashboard.reports.formats import REPORT_FORMATS, ReportFormat
from dashboard.reports.pdf import write_sheets
from dashboard.requests.page_request import OpenRequest, PageRequest
from dashboard.urls import DRAFT_PARAMETER, REPORT_PATH, SHEETS_PATH
from dashboard.web.downloads import download_response, new_file
from dashboard.web.export_routes import request_query
from dashboard.web.heavy_responses import HeavyResponseLimit
from dashboard.web.prepared_exports import site_address
from data.selection import Selection


def register(server: Flask, open_request: OpenRequest, limit: HeavyResponseLimit) -> None:
    """Add an address for each format of reports, and one for the sheets of all territories."""
    for format_ in REPORT_FORMATS:
        server.add_url_rule(
            f"/exports/rapport.{format_.extension}",
            f"report-{format_.extension}",
            partial(send_report, open_request, limit, format_),
        )
    server.add_url_rule(SHEETS_PATH, "sheets", partial(send_sheets, open_request, limit))


def send_report(open_request: OpenRequest, limit: HeavyResponseLimit, format_: ReportFormat) -> Response:
    """The report of the draft in the address. Aborts with 404 for a draft that cannot be read, with 503 when too many
    files are being prepared.
    """
    try:
        draft = from_address(request.args.get(DRAFT_PARAMETER, ""))
    except DraftError as problem:
        abort(404, str(problem))
    link = f"{site_address()}{REPORT_PATH}?{draft_query(draft)}"
    with new_file() as file, limit.slot(), open_request(request.path, "") as page_request:
        composed = compose(page_request, draft, REPORT_SITE, link)
        document = replace(composed, template=page_request.installation.report_template)
        selection, _notices = Selection.from_query(draft.shared_query, page_request.options)
        stem = _stem(page_request, "rapport", selection)
        format_.write(document, cast("IO[bytes]", file))
    return download_response(file, f"{stem}.{format_.extension}", format_.content_type, in_pieces=True)


def send_sheets(open_request: OpenRequest, limit: HeavyResponseLimit) -> Response:
    """The sheets of all territories, one page each, for the filters of the address other than the territory."""
    with new_file() as file, limit.slot(), open_request(request.path, request_query()) as page_request:
        query = page_request.selection.without_territory().to_query()
        documents = list(compose_sheets(page_request, list(REPORT_SITE.territories()), query, REPORT_SITE))
        stem = _stem(page_request, "fiches-des-territoires", page_request.selection.without_territory())
        write_sheets(documents, cast("IO[bytes]", file))
    return download_response(file, f"{stem}.pdf", "application/pdf", in_pieces=True)


def _stem(page_request: PageRequest, slug: str, selection: Selection) -> str:
    return file_stem(slug, selection, page_request.options, page_request.provenance.is_demonstration)
