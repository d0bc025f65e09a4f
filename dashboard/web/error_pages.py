"""Error responses: no page, no database, an internal error."""

from __future__ import annotations

import html
from urllib.parse import urlsplit

from dash.exceptions import DependencyException, InvalidResourceError
from flask import Flask, Response, jsonify, request
from sqlalchemy import Engine
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import RequestRedirect

from dashboard.components.page import Site, page_exists, unknown_slug_text
from dashboard.drawing import DrawingError
from dashboard.urls import COMMUNE_SEARCH_PATH, PAGES_ENDPOINTS, encoded_path
from dashboard.web.document import plain_page
from dashboard.web.heavy_responses import TooManyHeavyResponses
from dashboard.web.readiness_gate import ReadinessGate, database_error_reason
from data.database_errors import DATABASE_ERRORS
from data.limits import is_time_limit_error

STATIC_PATHS = ("/statique/", "/assets/", "/_dash-component-suites/")
EXPORTS_PATH = "/exports/"
DATA_PATHS = ("/api/", EXPORTS_PATH, COMMUNE_SEARCH_PATH, "/sante", "/_dash")
HOME_LINK = '<a href="/">Revenir à la vue d’ensemble</a>'
RETRY_LINK = '<a href="">Recharger la page</a>'
RETRY_FILE_LINK = '<a href="">Redemander le fichier</a>'
TIMEOUT_TITLE = "Réponse trop longue"
BUSY_TITLE = "Serveur occupé"
NO_FILE_TITLE = "Fichier introuvable"
NO_PICTURE_TITLE = "Image indisponible"
TIMEOUT_MESSAGE = (
    "Cette demande prenait trop de temps\u202f: elle a été arrêtée. Choisissez un territoire ou une période plus "
    "courte, ou redemandez-la dans un moment."
)
NO_PICTURE_HELP = "Les données du graphique restent disponibles, en CSV et en XLSX."
STATUS_TEXTS = {
    400: ("Demande incomprise", "Cette demande n’est pas écrite comme il faut."),
    403: ("Demande refusée", "Cette demande vient d’un autre site."),
    404: ("Page introuvable", "Cette adresse n’existe pas, ou n’existe plus."),
    405: ("Demande impossible", "Cette adresse ne se demande pas de cette façon."),
    408: ("Demande incomplète", "Cette demande n’est pas arrivée en entier."),
    413: ("Demande trop grande", "Cette demande dépasse la taille permise."),
    500: ("Erreur du serveur", "Une erreur s’est produite\u202f: elle est notée au journal du serveur."),
    503: ("Base de données indisponible", "La base de données n’est pas prête."),
}


def register(server: Flask, engine: Engine, gate: ReadinessGate, site: Site, styles: tuple[str, ...]) -> None:
    """Add the gate, the 404 of unknown paths and the error pages. To be called before Dash adds its own."""

    @server.before_request
    def refuse_unready() -> Response | None:
        reason = None if request.path.startswith(STATIC_PATHS) else gate.why_not()
        return error_page(site, styles, 503, reason) if reason else None

    @server.before_request
    def refuse_unknown() -> Response | None:
        path = encoded_path(request.environ)
        unknown = request.endpoint in PAGES_ENDPOINTS and not page_exists(engine, site, path)
        return error_page(site, styles, 404, unknown_slug_text(site, path)) if unknown else None

    @server.errorhandler(Exception)
    def fail(problem: Exception) -> Response | HTTPException:
        if isinstance(problem, RequestRedirect):
            return problem
        problem = getattr(problem, "original_exception", None) or problem  # of a failure after the response was made
        status, message = error_status(problem)
        if status == 500:
            server.logger.exception("%s %s", request.method, request.path)
        elif is_time_limit_error(problem):
            server.logger.warning("%s %s: stopped at its time limit", request.method, request.full_path)
        elif isinstance(problem, DrawingError):
            server.logger.error("%s %s: %s (%s)", request.method, request.full_path, problem, problem.__cause__)
        elif isinstance(problem, DATABASE_ERRORS):
            server.logger.error("%s %s: %s", request.method, request.path, problem)
        response = error_page(site, styles, status, message, error_title(problem))
        if isinstance(problem, MethodNotAllowed) and problem.valid_methods:
            response.headers["Allow"] = ", ".join(sorted(problem.valid_methods))
        return response


def error_status(problem: Exception) -> tuple[int, str | None]:
    """The status of the response to an exception, and its message when the application wrote one."""
    if isinstance(problem, DependencyException | InvalidResourceError):
        return 404, None  # raised by Dash for a static file that does not exist
    reason = unavailable_reason(problem)
    if reason:
        return 503, reason
    if not isinstance(problem, HTTPException):
        return 500, None
    if problem.code not in STATUS_TEXTS:
        return 400, None
    return problem.code, problem.description if problem.description != type(problem).description else None


def unavailable_reason(problem: Exception) -> str | None:
    """The message for an exception that may not come again; None for any other."""
    if is_time_limit_error(problem):
        return TIMEOUT_MESSAGE
    if isinstance(problem, DrawingError):
        return f"{problem} {NO_PICTURE_HELP}"
    return database_error_reason(problem) if isinstance(problem, DATABASE_ERRORS) else None


def error_title(problem: Exception) -> str | None:
    """The title of the response to an exception, where the status is not specific enough."""
    if isinstance(problem, TooManyHeavyResponses):
        return BUSY_TITLE
    if isinstance(problem, DrawingError):
        return NO_PICTURE_TITLE
    return TIMEOUT_TITLE if is_time_limit_error(problem) else None


def error_page(
    site: Site, styles: tuple[str, ...], status: int, message: str | None, title: str | None = None
) -> Response:
    """The error response: JSON for data paths, else a page in the style of the shell."""
    default_title, default_message = STATUS_TEXTS[status]
    is_file = request.path.startswith(EXPORTS_PATH)
    if request.path.startswith(DATA_PATHS) and not (is_file and prefers_html()):
        response = jsonify(
            {"error": message or default_message, **({"status": "indisponible"} if status == 503 else {})}
        )
    else:
        title = title or (NO_FILE_TITLE if is_file and status == 404 else default_title)
        page = plain_page(site, styles, title, message or default_message, _error_links(status, title, is_file=is_file))
        response = Response(page, mimetype="text/html")
    response.status_code = status
    if is_file:
        response.headers["Vary"] = "Accept"
    if status == 503:
        response.headers["Retry-After"] = "5"
    return response


def prefers_html() -> bool:
    """Whether the client prefers a page to data: a person who followed a link, not a script."""
    accepted = request.accept_mimetypes
    return accepted.quality("text/html") > accepted.quality("application/json")


def _error_links(status: int, title: str, *, is_file: bool) -> str:
    """Links that help: retry, back to the page of the followed link, the first page."""
    retry = RETRY_FILE_LINK if is_file else RETRY_LINK
    home = _referrer_link() if is_file else HOME_LINK
    if status not in (500, 503):
        return home
    if title == NO_PICTURE_TITLE:
        return f"{_data_link()} · {retry} · {home}"
    return f"{retry} · {home}" if is_file or title == TIMEOUT_TITLE else retry


def _data_link() -> str:
    """A link to the numbers of the chart whose image was requested, under the same filters."""
    path = f"{request.path.rpartition('.')[0]}.csv"
    query = request.query_string.decode("utf-8", "replace")
    return f'<a href="{html.escape(f"{path}?{query}" if query else path)}">Télécharger les données (CSV)</a>'


def _referrer_link() -> str:
    """A link to the page of this site from which a file was requested, else to the first page."""
    referrer = urlsplit(request.referrer or "")
    if referrer.netloc != request.host or referrer.path.startswith(DATA_PATHS):
        return HOME_LINK
    address = f"{referrer.path}?{referrer.query}" if referrer.query else referrer.path
    return f'<a href="{html.escape(address or "/")}">Revenir à la page</a>'
