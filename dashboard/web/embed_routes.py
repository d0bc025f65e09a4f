"""The finder for other sites: a document without shell or script, its map, and the search of communes."""

from __future__ import annotations

from flask import Flask, Response, jsonify, request

from dashboard.components.headline import headline_with_territory
from dashboard.components.shell import demonstration_banner, notice_paragraphs
from dashboard.drawing import draw_svg
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.exports.open_data import LICENCE, PUBLIC_FILES, public_path
from dashboard.figures.finder_map import MAP_HEIGHT, MAP_WIDTH, draw_finder_map
from dashboard.pages.finder.form import finder_form
from dashboard.pages.finder.headline import read_finder_headline
from dashboard.pages.finder.places import finder_places, map_points
from dashboard.pages.finder.view import FinderView
from dashboard.requests.page_request import OpenRequest, PageRequest
from dashboard.urls import COMMUNE_SEARCH_PATH, EMBED_PATH, FINDER_MAP_PATH
from dashboard.web.document import bare_document
from dashboard.web.export_routes import request_query
from data.facts.public_places import LABELLED_PLACES
from data.queries.commune_search import search_communes
from data.queries.name_search import MAX_SEARCHED_LETTERS
from data.queries.territories import read_outlines

STYLES = ("/assets/colours.css", "/assets/shell.css", "/assets/finder.css", "/assets/viewing.css")
ONE_DAY_SECONDS = 86_400  # communes change once a year


def register(server: Flask, open_request: OpenRequest) -> None:
    """Add the document, its map and the search."""

    @server.get(EMBED_PATH)
    def embedded_finder() -> Response:
        with open_request(request.path, request_query()) as page_request:
            return Response(embed_document(page_request), mimetype="text/html")

    @server.get(FINDER_MAP_PATH)
    def finder_map() -> Response:
        with open_request(request.path, request_query()) as page_request:
            points, origin = map_points(FinderView.of(page_request))
            figure = draw_finder_map(points, origin, read_outlines(page_request.connection).departement)
        return Response(draw_svg(figure, MAP_WIDTH, MAP_HEIGHT), mimetype="image/svg+xml")

    @server.get(COMMUNE_SEARCH_PATH)
    def commune_search() -> Response:
        found = search_communes(request.args.get("q", "")[:MAX_SEARCHED_LETTERS])
        response = jsonify([{"code": one.commune.code, "label": one.label, "other": one.other_name} for one in found])
        response.cache_control.public, response.cache_control.max_age = True, ONE_DAY_SECONDS
        return response


def embed_document(page_request: PageRequest) -> str:
    """The whole document: notices, finding, form, list, map, source and licence."""
    view = FinderView.of(page_request)
    headline = headline_with_territory(read_finder_headline)(page_request)
    body = tags.Main(
        [
            *demonstration_banner(page_request),
            tags.Div(notice_paragraphs(page_request.notices), role="status", className="notices"),
            tags.H1(headline.title, tabIndex=-1),
            tags.Div([tags.P(line) for line in headline.lines], className="headline-lines"),
            *([] if view.missing else [finder_form(view), *finder_places(view)]),
            _footer(),
        ],
        id="contenu",
        tabIndex=-1,
        className="page finder",
    )
    return bare_document("Trouver un tiers-lieu", STYLES, body, "embedded")


def _footer() -> Element:
    geojson = next(file for file in PUBLIC_FILES if file.extension == "geojson")
    return tags.P(
        [
            "Région Normandie\u202f; ",
            tags.A("données ouvertes", href=public_path(LABELLED_PLACES, geojson)),
            f", {LICENCE['title']}.",
        ],
        className="muted embedded-source",
    )
