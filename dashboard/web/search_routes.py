"""The suggestions of the search, while a visitor types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Flask, Response, jsonify, request

from dashboard.components.page import Site
from dashboard.pages.search.model import SearchKind, SearchRequest, SearchResult, typed_text
from dashboard.pages.search.results import (
    KINDS,
    MAX_SUGGESTIONS,
    MAX_SUGGESTIONS_OF_A_KIND,
    TERRITORY_KINDS,
    SearchAnswer,
    search,
)
from dashboard.requests.page_request import OpenRequest, query_parameter
from dashboard.urls import SEARCH_API_PATH, TERRITORY_SEARCH_API_PATH, TEXT_PARAMETER
from dashboard.web.export_routes import request_query

Json = dict[str, Any]


def register(server: Flask, open_request: OpenRequest, site: Site) -> None:
    """Add the suggestions of the header, and those of « Mon territoire »."""

    @server.get(SEARCH_API_PATH)
    def suggestions() -> Response:
        return answer(KINDS)

    @server.get(TERRITORY_SEARCH_API_PATH)
    def territory_suggestions() -> Response:
        return answer(TERRITORY_KINDS)

    def answer(kinds: Sequence[SearchKind]) -> Response:
        query = request_query()
        with open_request(request.path, query) as page_request:
            text = typed_text(query_parameter(query, TEXT_PARAMETER) or "")
            found = search(SearchRequest(page_request, site, text), kinds, MAX_SUGGESTIONS_OF_A_KIND, MAX_SUGGESTIONS)
            return jsonify(_answer_json(text, found, page_request.notices))


def _answer_json(text: str, found: SearchAnswer, notices: Sequence[str]) -> Json:
    return {
        "q": text,
        "total": found.total,
        "groups": [
            {
                "kind": group.kind.key,
                "label": group.kind.noun[0 if group.total == 1 else 1],
                "total": group.total,
                "results": [_result_json(result) for result in group.results],
            }
            for group in found.groups
        ],
        **({"missing": {kind.key: reason for kind, reason in found.missing}} if found.missing else {}),
        **({"notices": list(notices)} if notices else {}),
    }


def _result_json(result: SearchResult) -> Json:
    """Label, detail, address, and what « Mon territoire » stores of a territory."""
    territory = {"territory": result.territory.stored} if result.territory else {}
    return {"label": result.label, "detail": result.detail, "href": result.href, **territory}
