"""A cache of responses: a page or a change of filters requested since the last load is not computed twice.

A response depends only on the request (path, body, address), the content of the database and the day: all of it is the
key. There are no users and no cookies. Bounded, compressed, one cache per worker.
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

from dashboard.urls import CALLBACK_PATH, PAGES_ENDPOINTS, SEARCH_API_PATH
from data.database_errors import DATABASE_ERRORS
from data.engine import reading
from data.queries.options import read_active_loads
from data.schema import outline

CACHED_PREFIX = "/api/"
MAX_RESPONSES = 512
MAX_TOTAL_BYTES = 24 * 2**20
MAX_RESPONSE_BYTES = 256 * 2**10  # compressed

DatabaseState = tuple[object, ...]


@dataclass(frozen=True)
class CachedResponse:
    """One response as sent: compressed when the client accepts it."""

    body: bytes
    content_type: str
    encoding: str


class ResponseCache:
    """The latest responses for one state of the database; another state empties it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._state: DatabaseState = ()
        self._kept: OrderedDict[bytes, CachedResponse] = OrderedDict()
        self._bytes = 0

    def get(self, state: DatabaseState, key: bytes) -> CachedResponse | None:
        """The response stored in this very state."""
        with self._lock:
            if state != self._state or key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def put(self, state: DatabaseState, key: bytes, response: CachedResponse) -> None:
        """Store a response in place of the oldest ones."""
        if len(response.body) > MAX_RESPONSE_BYTES:
            return
        with self._lock:
            if state != self._state:
                self._state, self._bytes = state, 0
                self._kept.clear()
            former = self._kept.pop(key, None)
            self._bytes += len(response.body) - (len(former.body) if former else 0)
            self._kept[key] = response
            while self._bytes > MAX_TOTAL_BYTES or len(self._kept) > MAX_RESPONSES:
                self._bytes -= len(self._kept.popitem(last=False)[1].body)


def read_database_state(engine: Engine, today: date) -> DatabaseState:
    """The state on which every response depends: the active loads, the outlines and the day."""
    with reading(engine) as connection:
        return (today, *read_active_loads(connection), *connection.execute(_OUTLINES_STATE).one())


_OUTLINES_STATE = select(func.count(), func.sum(func.length(outline.c.rings)), func.max(outline.c.source))


def register_responses(server: Flask, cache: ResponseCache, read_state: Callable[[], DatabaseState]) -> None:
    """Answer from the cache. To be called after the guards of requests."""

    @server.before_request
    def send_cached() -> Response | None:
        if not is_cacheable():
            return None
        state, key = read_state(), cache_key()
        cached = cache.get(state, key)
        if cached is None:
            g.asked_in_state = state
            return None
        response = Response(cached.body, content_type=cached.content_type)
        if cached.encoding:
            response.headers["Content-Encoding"] = cached.encoding
            response.headers["Vary"] = "Accept-Encoding"
        return response


def register_storing(server: Flask, cache: ResponseCache, read_state: Callable[[], DatabaseState]) -> None:
    """Store responses. To be called before handlers that add headers and compress: Flask runs them in reverse order."""

    @server.after_request
    def store_response(response: Response) -> Response:
        state: DatabaseState | None = g.pop("asked_in_state", None)
        if state and response.status_code == 200 and is_current(state):
            encoding = response.headers.get("Content-Encoding", "")
            cache.put(state, cache_key(), CachedResponse(response.get_data(), response.content_type or "", encoding))
        return response

    def is_current(state: DatabaseState) -> bool:
        """Whether no load came while the answer was computed: else nobody knows which state it tells of."""
        try:
            return state == read_state()
        except DATABASE_ERRORS:
            return False


def forget_response() -> None:
    """Do not store the response to this request: it is not what the next one would be."""
    g.pop("asked_in_state", None)


def is_cacheable() -> bool:
    """Whether responses to the request's address are cached: those of the search, one for each letter, would take the
    place of pages.
    """
    if request.path == CALLBACK_PATH:
        return request.method == "POST"
    is_shared = request.path.startswith(CACHED_PREFIX) and not request.path.startswith(SEARCH_API_PATH)
    return request.method == "GET" and (is_shared or request.endpoint in PAGES_ENDPOINTS)


def cache_key() -> bytes:
    """The parts of a request on which its response depends."""
    path = request.environ.get("RAW_URI", request.path)  # an identifier may hold an encoded slash
    head = "\0".join((path, *(request.headers.get(name, "") for name in ("Host", "Accept-Encoding", "Content-Type"))))
    body = (
        b"" if request.method == "GET" else request.get_data()
    )  # the body of a GET is not read, since it may never arrive
    return hashlib.sha256(b"\0".join((head.encode(), request.query_string, body))).digest()
