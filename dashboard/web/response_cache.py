"""Answers kept in memory: a page or a change of filters that was asked for since the last load is not computed twice.

An answer depends on nothing but the whole request (path, body, address), what stands in the database and the day: all
of it is the key. No user is known, no cookie is read. Bounded, compressed, one store for each worker.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from threading import Lock

from flask import Flask, Response, g, request
from sqlalchemy import Engine, func, select

from data.database_errors import DATABASE_ERRORS
from data.engine import reading
from data.queries.options import read_active_loads
from data.schema import outline

CACHED_PATHS = {"/_dash-layout": "GET", "/_dash-update-component": "POST"}
CACHED_PREFIX = "/api/"
MAX_RESPONSES = 512
MAX_TOTAL_BYTES = 24 * 2**20
MAX_RESPONSE_BYTES = 256 * 2**10  # bytes, compressed

DatabaseState = tuple[object, ...]


@dataclass(frozen=True)
class CachedResponse:
    """One answer as it was sent: compressed when the client takes it."""

    body: bytes
    content_type: str
    encoding: str


class ResponseCache:
    """The latest answers of one state of the database; another state empties it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._state: DatabaseState = ()
        self._kept: OrderedDict[bytes, CachedResponse] = OrderedDict()
        self._bytes = 0

    def find(self, state: DatabaseState, key: bytes) -> CachedResponse | None:
        """The answer given before in this very state."""
        with self._lock:
            if state != self._state or key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def keep(self, state: DatabaseState, key: bytes, answer: CachedResponse) -> None:
        """Keep an answer in place of the oldest ones."""
        if len(answer.body) > MAX_RESPONSE_BYTES:
            return
        with self._lock:
            if state != self._state:
                self._state, self._bytes = state, 0
                self._kept.clear()
            former = self._kept.pop(key, None)
            self._bytes += len(answer.body) - (len(former.body) if former else 0)
            self._kept[key] = answer
            while self._bytes > MAX_TOTAL_BYTES or len(self._kept) > MAX_RESPONSES:
                self._bytes -= len(self._kept.popitem(last=False)[1].body)


def read_database_state(engine: Engine, today: date) -> DatabaseState:
    """What every answer rests on: the loads that stand, the outlines and the day."""
    with reading(engine) as connection:
        return (today, *read_active_loads(connection), *connection.execute(_OUTLINES_STATE).one())


_OUTLINES_STATE = select(func.count(), func.sum(func.length(outline.c.rings)), func.max(outline.c.source))


def register_responses(server: Flask, answers: ResponseCache, state_now: Callable[[], DatabaseState]) -> None:
    """Answer from memory. To be called after the guards of requests."""

    @server.before_request
    def remembered() -> Response | None:
        if not is_cacheable():
            return None
        state, key = state_now(), cache_key()
        found = answers.find(state, key)
        if found is None:
            g.asked_in_state = state
            return None
        response = Response(found.body, content_type=found.content_type)
        if found.encoding:
            response.headers["Content-Encoding"] = found.encoding
            response.headers["Vary"] = "Accept-Encoding"
        return response


def register_storing(server: Flask, answers: ResponseCache, state_now: Callable[[], DatabaseState]) -> None:
    """Keep what is answered. To be called before what adds headers and compresses: Flask undoes that order."""

    @server.after_request
    def keep(response: Response) -> Response:
        state: DatabaseState | None = g.pop("asked_in_state", None)
        if state and response.status_code == 200 and stands(state):
            encoding = response.headers.get("Content-Encoding", "")
            answers.keep(state, cache_key(), CachedResponse(response.get_data(), response.content_type or "", encoding))
        return response

    def stands(state: DatabaseState) -> bool:
        """Whether no load came while the answer was computed: else nobody knows which state it tells of."""
        try:
            return state == state_now()
        except DATABASE_ERRORS:
            return False


def is_cacheable() -> bool:
    """Whether answers to the request's address are kept in memory."""
    if request.path.startswith(CACHED_PREFIX):
        return request.method == "GET"
    return CACHED_PATHS.get(request.path) == request.method


def cache_key() -> bytes:
    """All of a request that its answer depends on: Dash tells the address of a page in the Referer."""
    said = (
        "Accept-Encoding",
        "Content-Type",
        *(("Host", "Referer") if CACHED_PATHS.get(request.path) == "GET" else ()),
    )
    told = "\0".join((request.path, *(request.headers.get(name, "") for name in said)))
    body = b"" if request.method == "GET" else request.get_data()  # a body of a GET, if any, is not waited for
    return hashlib.sha256(b"\0".join((told.encode(), request.query_string, body))).digest()
