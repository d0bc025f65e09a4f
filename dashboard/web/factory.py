"""The application: shell, pages, callbacks, routes and headers put together."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from html import escape
from zoneinfo import ZoneInfo

from dash import Dash, html
from flask import Flask, request
from flask.json.provider import DefaultJSONProvider
from flask_compress import Compress
from sqlalchemy import Engine

from dashboard import callbacks
from dashboard.drawing import draw_svg, start_drawing
from dashboard.exports.formats import compressible_types
from dashboard.pages import PAGES
from dashboard.requests.page_request import DEFAULT_INSTALLATION, Clock, Installation, OpenRequest, open_request
from dashboard.urls import encoded_path
from dashboard.web import (
    api,
    chart_archive,
    embed_routes,
    error_pages,
    export_routes,
    feed_routes,
    grant_routes,
    heavy_responses,
    mark_routes,
    open_data_routes,
    precompress,
    qvt_routes,
    report_routes,
    response_cache,
    search_routes,
    security,
    source_files,
    static_files,
)
from dashboard.web.asset_bundles import plotly_bundle, script, style_sheet
from dashboard.web.document import APP_ENTRY, complete_document, index_template
from dashboard.web.first_response import DrawSvg, FirstResponse, write_first_response
from dashboard.web.past_databases import PastDatabases, WritePast
from dashboard.web.readiness_gate import ReadinessGate
from dashboard.web.settings import STATEMENT_SECONDS
from data.queries.options import LoadCache

UNNEEDED_SCRIPTS = (
    "/deps/polyfill@",  # for browsers of 2017
    "/dash_table/",
    "/dash_core_components-shared.",  # Dash fetches it by itself with the first graph
)
CONTROLS_BUNDLE = "/dash_bootstrap_components/"
SWITCH_SECONDS = 0.001  # a long export releases the interpreter lock this often, so that pages stay fast
COMPRESSION = {
    "COMPRESS_ALGORITHM": ["br", "gzip"],
    "COMPRESS_BR_LEVEL": 5,
    "COMPRESS_MIMETYPES": ["text/html", "application/json", "application/geo+json", *compressible_types()],
    "COMPRESS_CACHE_BACKEND": None,  # its key ignores method and body: responses would be mixed up
}


class Application(Dash):
    """Dash with the requested page in its index document."""

    scripts_address: str  # of our scripts, which start Dash's renderer (assets/first_view.js)
    write_response: Callable[[str, str], FirstResponse]  # of a path and a query with its `?`

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]  # Dash calls it by keyword only
        """The index document of the requested page."""
        query = request.query_string.decode("utf-8", "replace")
        response = self.write_response(encoded_path(request.environ), f"?{query}" if query else "")
        if not response.is_complete:
            response_cache.forget_response()
        scripts, controls = needed_scripts(parts["scripts"])
        parts["scripts"] = "\n".join(scripts)
        start = f'id="_dash-renderer" defer src="{self.scripts_address}" data-controls="{controls}"'
        parts["renderer"] = f"<script {start}></script>"
        parts["app_entry"] = APP_ENTRY
        parts["title"] = escape(response.title)
        document = str(super().interpolate_index(**parts))  # type: ignore[no-untyped-call]
        dependencies = self.dependencies().get_data(as_text=True)
        return complete_document(document, response.html, response.layout, dependencies.replace("<", "\\u003c"))


def needed_scripts(tags: str) -> tuple[list[str], str]:
    """The scripts listed by Dash that a page needs before it is interactive, to be run in order once the document is
    read; and the address of the bundle of controls (assets/lazy_bundles.js).
    """
    needed = [tag for tag in tags.splitlines() if not any(part in tag for part in UNNEEDED_SCRIPTS)]
    controls = next(tag for tag in needed if CONTROLS_BUNDLE in tag)
    deferred = [tag.replace("<script src=", "<script defer src=") for tag in needed if tag is not controls]
    return deferred, controls.split('"')[1]


def paris_today() -> date:
    """Today's date in the Région."""
    return datetime.now(tz=ZoneInfo("Europe/Paris")).date()


def create_app(
    engine: Engine,
    clock: Clock = paris_today,
    installation: Installation = DEFAULT_INSTALLATION,
    write_past: WritePast | None = None,
    draws_charts: bool = False,
) -> Dash:
    """Build the application on a database; `clock` gives today (tests stop it). `write_past` writes the database of a
    former load, for passports. With `draws_charts`, first responses hold drawings of their charts; else only the
    browser draws.
    """
    server = Flask("dashboard", static_folder=None)
    server.config.update(COMPRESSION, SEND_FILE_MAX_AGE_DEFAULT=None)
    server.url_map.merge_slashes = False  # an identifier may hold two slashes; `//label` is not a page
    server.json = DefaultJSONProvider(server)
    server.json.ensure_ascii, server.json.sort_keys = False, False
    security.guard_host(server, installation.public_url)
    gate = ReadinessGate(engine)
    responses, read_state = (
        response_cache.ResponseCache(),
        lambda: (gate.identity(), *response_cache.read_database_state(engine, clock())),
    )
    response_cache.register_storing(server, responses, read_state)
    Compress(server)
    style, scripts, plotly = style_sheet(), script(), plotly_bundle()
    for bundle in (style, scripts, plotly):
        bundle.serve(server)
    assets = static_files.StaticFiles(precompress.COMPRESSED_FOLDER)
    static_files.register_responses(server, assets)
    error_pages.register(server, engine, gate, PAGES, (style.address,))
    app = Application(
        "dashboard",
        server=server,  # type: ignore[arg-type]  # a Flask is a callable of another signature
        pages_folder="",
        use_pages=False,  # explicit: a pages folder would enable Dash's own router
        index_string=index_template(PAGES, plotly.address),
        external_stylesheets=[style.address],
        assets_ignore=".*",  # they are in the bundles
        suppress_callback_exceptions=True,
        update_title="",
        add_log_handler=False,
        enable_mcp=False,
    )
    security.register(server, app, installation.embed_origins)
    static_files.register_storing(server, assets)
    response_cache.register_responses(server, responses, read_state)
    past = PastDatabases(engine, write_past, STATEMENT_SECONDS)
    open_snapshot = past.attach_to(installation.attach_to(partial(open_request, engine, clock, LoadCache())))
    sys.setswitchinterval(SWITCH_SECONDS)
    register_routes(server, open_snapshot)
    callbacks.register(app, open_snapshot, PAGES)
    app.layout = html.Div()  # the layout of each page is in its document
    app.scripts_address = scripts.address
    app.write_response = partial(respond_to_address, open_snapshot, draw_svg if draws_charts else None)
    if draws_charts:
        start_drawing()
    return app


def register_routes(server: Flask, open_snapshot: OpenRequest) -> None:
    """Add every address that is no page."""
    heavy_limit = heavy_responses.HeavyResponseLimit()
    api.register(server, open_snapshot, heavy_limit)
    export_routes.register(server, open_snapshot, heavy_limit)
    feed_routes.register(server, open_snapshot, heavy_limit)
    chart_archive.register(server, open_snapshot, heavy_limit)
    grant_routes.register(server, open_snapshot, heavy_limit)
    open_data_routes.register(server, open_snapshot, heavy_limit)
    embed_routes.register(server, open_snapshot)
    mark_routes.register(server, open_snapshot, PAGES)
    report_routes.register(server, open_snapshot, heavy_limit)
    qvt_routes.register(server, open_snapshot, heavy_limit)
    search_routes.register(server, open_snapshot, PAGES)
    source_files.register(server)


def respond_to_address(open_request: OpenRequest, draw: DrawSvg | None, path: str, query: str) -> FirstResponse:
    """The first response to an address, on one snapshot."""
    with open_request(path, query) as page_request:
        return write_first_response(PAGES, page_request, draw)
