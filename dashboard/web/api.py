"""The indicators for scripts: the dictionary, and the value of each for the query of a page."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any

from flask import Flask, Response, abort, jsonify, request

from dashboard.requests.page_request import Ask, Asked, parameter
from dashboard.web.heavy_responses import Turns
from data.indicators import INDICATORS, Grouping, Indicator, groupings_of, indicator_named
from data.model.facts import Reading
from data.model.indicators import unused_filters
from data.queries.causes import read_explained
from data.queries.indicators import read_by
from data.queries.known import read_last_day
from data.queries.sources import read_last_load
from data.reference import read_communes

Json = dict[str, Any]
A_DAY = 86_400  # seconds: communes change once a year


def register(server: Flask, ask: Ask, turns: Turns) -> None:
    """Add the routes."""

    @server.get("/api/indicateurs")
    def dictionary() -> Response:
        return jsonify([describe(indicator) for indicator in INDICATORS])

    @server.get("/api/indicateurs/<slug>.json")
    def value(slug: str) -> Response:
        indicator = indicator_named(slug)
        if indicator is None:
            abort(404, f"Aucun indicateur ne s’appelle «\u202f{slug[:80]}\u202f».")
        query = request.query_string.decode("utf-8", "replace")
        grouping = asked_grouping(indicator, parameter(query, "par"))
        with turns.turn() if grouping else nullcontext(), ask(request.path, query) as asked:
            return jsonify(answer(asked, indicator, grouping))

    @server.get("/api/communes")
    def communes() -> Response:
        response = jsonify(commune_names())
        response.cache_control.public, response.cache_control.max_age = True, A_DAY
        return response

    @server.get("/sante")
    def health() -> Response:
        with ask("/", "") as asked:
            day = read_last_day(asked.connection, asked.known.today)
            load = read_last_load(asked.connection)
        return jsonify({"status": "ok", "load": load, "as_of": day.isoformat() if day else None})


def commune_names() -> dict[str, list[str]]:
    """The names of the communes of each intercommunalité, by its code: the browser looks for one (assets/shell.js)."""
    names: dict[str, list[str]] = {}
    for commune in read_communes():
        names.setdefault(commune.epci, []).append(commune.name)
    return names


def describe(indicator: Indicator) -> Json:
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
        "par": [one.key for one in groupings_of(indicator)],
        "url": f"/api/indicateurs/{indicator.slug}.json",
    }


def asked_grouping(indicator: Indicator, key: str | None) -> Grouping | None:
    """The grouping of that key. Aborts with 400 when the indicator has none such."""
    if key is None:
        return None
    offered = groupings_of(indicator)
    found = next((one for one in offered if one.key == key), None)
    if found is None:
        keys = ", ".join(one.key for one in offered)
        abort(400, f"Cet indicateur ne se répartit pas par «\u202f{key[:40]}\u202f». Possibles\u202f: {keys}.")
    return found


def answer(asked: Asked, indicator: Indicator, grouping: Grouping | None) -> Json:
    """The value, unrounded; with its reason when there is none, its parts when asked, and what was ignored."""
    reading = read_explained(asked.connection, indicator, asked.selection, asked.known)
    worded = indicator.worded_for(asked.selection)
    parts = read_by(asked.connection, indicator, asked.selection, grouping, asked.known) if grouping else None
    notices = [*asked.notices, *unused_filters(indicator, asked.selection)]
    return {
        "slug": indicator.slug,
        "label": worded.label,
        "unit": worded.unit.code,
        "value": reading.value,
        "caption": asked.selection.narrowed_to(indicator.filters).caption(asked.known),
        "as_of": asked.selection.until.isoformat(),
        "by": None if parts is None else {key: part.value for key, part in parts.items()},
        **({"reason": reading.reason} if reading.value is None else {}),
        **({"note": reading.note} if reading.note else {}),
        **({"by_notes": notes} if parts and (notes := _notes(parts)) else {}),
        **({"notices": notices} if notices else {}),
    }


def _notes(parts: Mapping[str, Reading]) -> dict[str, str]:
    """By key, what must be said beside a part, or why it has no value."""
    said = {key: part.reason if part.value is None else part.note for key, part in parts.items()}
    return {key: words for key, words in said.items() if words}
