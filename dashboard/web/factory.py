"""The application: shell, pages, callbacks, routes and headers put together."""

from __future__ import annotations

import hashlib
import re
import sys
from datetime import date, datetime
from functools import partial
from html import escape
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dash import Dash, html
from dash.development.base_component import Component
from flask import Flask, Response, request
from flask.json.provider import DefaultJSONProvider
from flask_compress import Compress
from sqlalchemy import Engine

from dashboard import callbacks
from dashboard.components.page import document_title
from dashboard.components.shell import app_shell
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
from dashboard.web.document import LOADING_ENTRY, THEME_SCRIPT, index_template
from dashboard.web.past_databases import PastDatabases, WritePast
from dashboard.web.readiness_gate import ReadinessGate
from dashboard.web.settings import STATEMENT_SECONDS
from data.queries.options import LoadCache

LAYOUT = "/_dash-layout"
SWITCH_SECONDS = 0.001  # a long export releases the interpreter lock this often, so that pages stay fast
BOOTSTRAP = files("flask_bootstrap") / "static" / "bootstrap5" / "css" / "bootstrap.min.css"
COMPRESSION = {
    "COMPRESS_ALGORITHM": ["br", "gzip"],
    "COMPRESS_BR_LEVEL": 5,
    "COMPRESS_MIMETYPES": ["text/html", "application/json", "application/geo+json", *compressible_types()],
    "COMPRESS_CACHE_BACKEND": None,  # its key ignores method and body: responses would be mixed up
}


class Application(Dash):
    """Dash with the title of the requested page in the index document."""

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]  # Dash calls it by keyword only
        """The index document, titled by its path."""
        parts["scripts"] = "\n".join(line for line in parts["scripts"].splitlines() if not is_unused_script(line))
        parts["app_entry"] = LOADING_ENTRY
        parts["title"] = escape(document_title(PAGES, encoded_path(request.environ)))
        return str(super().interpolate_index(**parts))  # type: ignore[no-untyped-call]


def is_unused_script(script: str) -> bool:
    """Whether a script listed by Dash is not needed: a polyfill for browsers of 2017, or its data table."""
    return "/deps/polyfill@" in script or "/dash_table/" in script


def paris_today() -> date:
    """Today's date in the Région."""
    return datetime.now(tz=ZoneInfo("Europe/Paris")).date()


def create_app(
    engine: Engine,
    clock: Clock = paris_today,
    installation: Installation = DEFAULT_INSTALLATION,
    write_past: WritePast | None = None,
) -> Dash:
    """Build the application on a database; `clock` gives today (tests stop it). `write_past` writes the database of a
    former load, for passports.
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
    bootstrap = serve_bootstrap(server)
    assets = static_files.StaticFiles(precompress.COMPRESSED_FOLDER)
    static_files.register_responses(server, assets)
    error_pages.register(server, engine, gate, PAGES, (bootstrap, *error_pages.STYLES))
    app = Application(
        "dashboard",
        server=server,  # type: ignore[arg-type]  # a Flask is a callable of another signature
        pages_folder="",
        use_pages=False,  # explicit: a pages folder would enable Dash's own router
        index_string=index_template(PAGES),
        external_stylesheets=[bootstrap],
        assets_ignore=re.escape(THEME_SCRIPT),  # not among the scripts at the end of the document
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
    app.layout = lambda: initial_layout(open_snapshot)
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


def serve_bootstrap(server: Flask) -> str:
    """Serve Bootstrap's style sheet from our own origin, under an address that changes with its content."""
    content = BOOTSTRAP.read_bytes()
    href = f"/statique/bootstrap-{hashlib.sha256(content).hexdigest()[:12]}.min.css"
    server.add_url_rule(href, "bootstrap", lambda: Response(content, mimetype="text/css"))
    return href


def initial_layout(open_request: OpenRequest) -> Component:
    """The shell with the requested page already drawn.

    Dash fetches the layout from its own address: the address of the page is in the Referer, which a browser sends to
    its own origin. Without it the home page is drawn, and the callback loads the page once the browser gives the
    address.
    """
    if request.path != LAYOUT:
        return html.Div()  # Dash calls the layout once at the first request, whatever its path
    path, query = page_address(request.referrer, request.host)
    with open_request(path or "/", query) as page_request:
        return app_shell(page_request, PAGES, known_address=path is not None)


def page_address(referrer: str | None, host: str) -> tuple[str | None, str]:
    """Path and query (with its `?`) of a page of ours; (None, "") when it is not known."""
    try:
        parts: Any = urlsplit(referrer or "")
    except ValueError:
        return None, ""
    if parts.netloc != host or not parts.path:
        return None, ""
    return parts.path, f"?{parts.query}" if parts.query else ""
