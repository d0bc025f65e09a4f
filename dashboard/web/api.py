"""The indicators for scripts: the dictionary, and the value of each for the query of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from typing import Any

from flask import Flask, Response, abort, jsonify, request

from dashboard.exports.lines import csv_lines
from dashboard.requests.page_request import OpenRequest, PageRequest, query_parameter
from dashboard.web.heavy_responses import HeavyResponseLimit
from data.indicators import INDICATORS, Grouping, Indicator, groupings_of, indicator_named
from data.model.facts import MeasuredValue
from data.model.indicators import unused_filter_notices
from data.queries.causes import read_value_with_blocking_filter
from data.queries.commune_search import names_by_epci
from data.queries.indicators import read_breakdown
from data.queries.options import read_last_day
from data.queries.sources import read_last_load

Json = dict[str, Any]
DICTIONARY_HEADERS = (
    "Indicateur", "Libellé", "Thème", "Définition", "Calcul", "Utilité", "Limites", "Unité", "Sources", "Répartitions",
)  # fmt: skip
ONE_DAY_SECONDS = 86_400  # communes change once a year


def register(server: Flask, open_request: OpenRequest, limit: HeavyResponseLimit) -> None:
    @server.get("/api/indicateurs")
    def dictionary() -> Response:
        return jsonify([indicator_entry(indicator) for indicator in INDICATORS])

    @server.get("/api/indicateurs.csv")
    def dictionary_table() -> Response:
        response = Response(b"".join(dictionary_lines()), content_type="text/csv; charset=utf-8")
        response.headers.set("Content-Disposition", "attachment", filename="tiers-lieux_dictionnaire.csv")
        return response

    @server.get("/api/indicateurs/<slug>.json")
    def value(slug: str) -> Response:
        indicator = indicator_named(slug)
        if indicator is None:
            abort(404, f"Aucun indicateur ne s’appelle «\u202f{slug[:80]}\u202f».")
        query = request.query_string.decode("utf-8", "replace")
        grouping = requested_grouping(indicator, query_parameter(query, "par"))
        with limit.slot() if grouping else nullcontext(), open_request(request.path, query) as page_request:
            return jsonify(indicator_value(page_request, indicator, grouping))

    @server.get("/api/communes")
    def communes() -> Response:
        response = jsonify(names_by_epci())  # the browser searches them by search key (assets/search_key.js)
        response.cache_control.public, response.cache_control.max_age = True, ONE_DAY_SECONDS
        return response

    @server.get("/sante")
    def health() -> Response:
        with open_request("/", "") as page_request:
            day = read_last_day(page_request.connection, page_request.options.today)
            load = read_last_load(page_request.connection)
        return jsonify({"status": "ok", "load": load, "as_of": day.isoformat() if day else None})


def indicator_entry(indicator: Indicator) -> Json:
    """One entry of the dictionary."""
    return {
        "slug": indicator.slug,
        "label": indicator.label,
        "theme": indicator.theme,
        "definition": indicator.definition,
        "method": indicator.method,
        "why": indicator.why,
        "limits": indicator.limits,
        "unit": indicator.unit.code,
        "sources": list(indicator.sources),
        "better": indicator.better,
        "par": [grouping.key for grouping in groupings_of(indicator)],
        "url": f"/api/indicateurs/{indicator.slug}.json",
    }


def dictionary_lines() -> Iterable[bytes]:
    """The dictionary as the lines of a CSV file, for those who read spreadsheets."""
    rows = (
        (
            *(one.slug, one.label, one.theme, one.definition, one.method, one.why, one.limits, one.unit.code),
            ", ".join(one.sources),
            ", ".join(grouping.key for grouping in groupings_of(one)),
        )
        for one in INDICATORS
    )
    return csv_lines(DICTIONARY_HEADERS, rows)


def requested_grouping(indicator: Indicator, key: str | None) -> Grouping | None:
    """The grouping of that key. Aborts with 400 when the indicator does not have it."""
    if key is None:
        return None
    offered = groupings_of(indicator)
    grouping = next((grouping_ for grouping_ in offered if grouping_.key == key), None)
    if grouping is None:
        keys = ", ".join(grouping_.key for grouping_ in offered)
        abort(400, f"Cet indicateur ne se répartit pas par «\u202f{key[:40]}\u202f». Possibles\u202f: {keys}.")
    return grouping


def indicator_value(page_request: PageRequest, indicator: Indicator, grouping: Grouping | None) -> Json:
    """The value, unrounded; the reason without one, the groups on request, and notices of ignored parameters."""
    reading = read_value_with_blocking_filter(
        page_request.connection, indicator, page_request.selection, page_request.options
    )
    worded = indicator.in_selected_unit(page_request.selection)
    parts = (
        read_breakdown(page_request.connection, indicator, page_request.selection, grouping, page_request.options)
        if grouping
        else None
    )
    notices = [*page_request.notices, *unused_filter_notices(indicator, page_request.selection)]
    return {
        "slug": indicator.slug,
        "label": worded.label,
        "unit": worded.unit.code,
        "value": reading.value,
        "caption": page_request.selection.keeping_filters(indicator.filters).caption(page_request.options),
        "as_of": page_request.selection.until.isoformat(),
        "by": None if parts is None else {key: part.value for key, part in parts.items()},
        **({"reason": reading.reason} if reading.value is None else {}),
        **({"note": reading.note} if reading.note else {}),
        **({"by_notes": notes} if parts and (notes := _notes(parts)) else {}),
        **({"notices": notices} if notices else {}),
    }


def _notes(parts: Mapping[str, MeasuredValue]) -> dict[str, str]:
    """By key, the note of a group, or the reason without a value."""
    notes = {key: part.reason if part.value is None else part.note for key, part in parts.items()}
    return {key: note for key, note in notes.items() if note}
