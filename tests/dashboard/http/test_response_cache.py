"""Answers kept in memory: never one of another state, of another request, or a failed one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.web.factory import create_app
from dashboard.web.response_cache import MAX_RESPONSES, CachedResponse, ResponseCache
from tests.conftest import TODAY
from tests.dashboard.http.conftest import Callback
from tests.etl.deliveries import PLACES, deliver

pytestmark = pytest.mark.any_engine


def _layout(client: FlaskClient, address: str = "/", **headers: str) -> bytes:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return bytes(response.data)


@pytest.fixture
def served(engine: Engine) -> FlaskClient:
    client: FlaskClient = create_app(engine, lambda: TODAY).server.test_client()
    client.get("/")
    return client


def test_the_same_request_is_answered_from_the_cache(served: FlaskClient) -> None:
    assert _layout(served) == _layout(served)
    first = served.get("/", headers={"Accept-Encoding": "br"})
    again = served.get("/", headers={"Accept-Encoding": "br"})
    assert first.headers["Content-Encoding"] == again.headers["Content-Encoding"] == "br"
    assert first.data == again.data
    assert again.headers["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in again.headers


def test_another_address_has_another_response(served: FlaskClient) -> None:
    assert _layout(served, "/") != _layout(served, "/indicateurs")
    assert _layout(served, "/") != _layout(served, "/?au=2019-01-01")


def test_a_load_empties_the_cache(engine: Engine, served: FlaskClient, tmp_path: Path) -> None:
    before = _layout(served, "/indicateurs/lieux-labellises")
    deliver(engine, tmp_path / "places.csv", PLACES)
    deliver(engine, tmp_path / "labels.csv", [{"id_lieu": "TL-01", "etape": "labellisé", "date": "01/02/2019"}])
    assert _layout(served, "/indicateurs/lieux-labellises") != before


def test_a_new_day_empties_the_cache(engine: Engine) -> None:
    today = [date(2026, 11, 22)]
    client = create_app(engine, lambda: today[0]).server.test_client()
    client.get("/")
    before = _layout(client)
    today[0] = date(2026, 11, 23)
    assert _layout(client) != before


def test_two_callback_bodies_have_their_own_responses(app: Dash, callback: Callable[[str], Callback]) -> None:
    follow = callback("query.data")
    values = {"location.search": "?dep=61", "location.pathname": "/", "query.data": ""}
    orne = follow.call(values, "location.search")
    manche = follow.call({**values, "location.search": "?dep=50"}, "location.search")
    assert (orne["query.data"], manche["query.data"]) == ("dep=61", "dep=50")
    assert follow.call(values, "location.search") == orne


def test_a_refused_request_is_not_answered_from_the_cache(served: FlaskClient) -> None:
    for _ in range(2):
        assert served.post("/_dash-update-component", json={"output": "nothing.children"}).status_code == 400


def test_the_cache_is_bounded_and_drops_the_oldest() -> None:
    answers = ResponseCache()
    for number in range(MAX_RESPONSES + 3):
        answers.put((1,), str(number).encode(), CachedResponse(b"x", "text/plain", ""))
    assert answers.get((1,), b"0") is None
    assert answers.get((1,), str(MAX_RESPONSES).encode()) is not None
    assert answers.get((2,), str(MAX_RESPONSES).encode()) is None
    answers.put((2,), b"large", CachedResponse(b"x" * 2**20, "text/plain", ""))
    assert answers.get((2,), b"large") is None
