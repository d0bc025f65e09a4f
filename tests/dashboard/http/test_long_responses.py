"""An answer that takes too long is stopped and said; a file is prepared before it is sent; an answer is kept."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from dashboard.web import downloads, export_routes
from dashboard.web.factory import create_app
from dashboard.web.heavy_responses import HeavyResponseLimit
from data.engine import open_engine, reading
from data.indicators import INDICATORS, groupings_of
from data.queries.options import read_filter_options
from tests.conftest import TODAY
from tests.data.test_limits import ENDLESS

pytestmark = pytest.mark.fewer_on_postgresql(4)


@pytest.fixture
def limited(demo_engine: Engine) -> Iterator[FlaskClient]:
    """The application on statements of a moment, with an address whose statement has no end."""
    engine = open_engine(demo_engine.url, statement_seconds=0.5)
    server = create_app(engine, lambda: TODAY).server

    def endless() -> str:
        with reading(engine) as connection:
            return str(connection.scalar(ENDLESS))

    server.add_url_rule("/api/sans-fin", "endless-api", endless)
    server.add_url_rule("/aide/sans-fin.txt", "endless-page", endless)
    yield server.test_client()
    engine.dispose()


def test_a_timeout_is_a_french_page_with_a_link(limited: FlaskClient) -> None:
    answer = limited.get("/api/sans-fin")
    assert answer.status_code == 503
    assert "trop de temps" in answer.json["error"]
    page = limited.get("/aide/sans-fin.txt")
    assert page.status_code == 503
    assert page.headers["Retry-After"]
    assert "Réponse trop longue" in page.text
    assert 'href="/"' in page.text
    assert "Recharger la page" in page.text
    assert limited.get("/sante").status_code == 200


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda one: one.slug)
def test_a_response_of_the_api_is_computed_once(client: FlaskClient, count: Callable[[], int], indicator: Any) -> None:
    for grouping in ("", *(f"?par={one.key}" for one in groupings_of(indicator))):
        address = f"/api/indicateurs/{indicator.slug}.json{grouping}"
        first = client.get(address)
        before = count()
        again = client.get(address)
        assert again.json == first.json
        assert count() - before <= ASKED_OF_THE_STATE, address


ASKED_OF_THE_STATE = 5  # what every answer kept in memory rests on: two transactions, three questions


@pytest.fixture
def count(demo_engine: Engine) -> Any:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        statements.append(statement)

    event.listen(demo_engine, "before_cursor_execute", note)
    yield lambda: len(statements)
    event.remove(demo_engine, "before_cursor_execute", note)


def test_a_breakdown_takes_as_many_statements_for_many_keys_as_for_few(
    client: FlaskClient, count: Callable[[], int]
) -> None:
    """The number of statements of a breakdown does not follow that of its keys (5, then 71)."""
    for indicator in INDICATORS:
        keys = {one.key for one in groupings_of(indicator)}
        if not {"departement", "epci"} <= keys or indicator.slug in ONE_BY_ONE:
            continue
        requested = []
        for key in ("departement", "epci"):
            before = count()
            assert client.get(f"/api/indicateurs/{indicator.slug}.json?par={key}&au=2020-11-30").status_code == 200
            requested.append(count() - before)
        assert requested[1] <= requested[0] + 2, (indicator.slug, requested)


ONE_BY_ONE = {"evolution-lieux-comparables"}  # until it is read by group


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_is_sent_after_its_snapshot_is_closed(
    client: FlaskClient, demo_engine: Engine, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[int] = []
    checked_out = demo_engine.pool.checkedout  # type: ignore[attr-defined]

    def pieces(file: Any) -> Any:
        opened.append(checked_out())
        return real(file)

    real = downloads._pieces
    monkeypatch.setattr(downloads, "_pieces", pieces)
    answer = client.get(f"/exports/liste-lieux.{kind}")
    assert answer.status_code == 200
    assert opened == [0]
    assert len(answer.data) == int(answer.headers["Content-Length"])


def test_a_slow_download_is_closed(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "SEND_SECONDS", -1)
    with pytest.raises(downloads.SendingError):
        client.get("/exports/liste-lieux.csv")


def test_too_many_exports_at_once_are_503(demo_engine: Engine, app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    server = Flask("exports")
    full = HeavyResponseLimit(at_once=1, waiting=0)

    def never(_path: str, _query: str) -> AbstractContextManager[Any]:
        raise AssertionError("no snapshot is opened before the turn")

    export_routes.register(server, never, full)
    with full.slot():
        for name in ("liste-lieux.xlsx", "liste-lieux.csv", "lignes-aides-votees.csv"):
            assert server.test_client().get(f"/exports/{name}").status_code == 503


def test_filters_that_change_nothing_are_named(client: FlaskClient, demo_engine: Engine) -> None:
    """Over all indicators and filters: one that an indicator does not know is told, and its value is the same."""
    with reading(demo_engine) as connection:
        options = read_filter_options(connection, TODAY).by_filter
    choices = {key: some[-1].code for key, some in options.items() if len(some) > 1}
    assert len(choices) >= 6
    for indicator in INDICATORS:
        address = f"/api/indicateurs/{indicator.slug}.json"
        plain = client.get(address).json
        for key, code in choices.items():
            answer = client.get(f"{address}?{key}={code}").json
            notice = any("ne change rien à cet indicateur" in notice for notice in answer.get("notices", ()))
            assert notice == (key not in indicator.filters), (indicator.slug, key)
            assert not notice or answer["value"] == plain["value"], (indicator.slug, key)


def test_a_workbook_of_a_list_has_its_rows(client: FlaskClient) -> None:
    answer = client.get("/exports/liste-lieux.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data))["Données"]
    lines = client.get("/exports/liste-lieux.csv").data.decode("utf-8-sig").strip().split("\r\n")
    assert sheet.max_row == len(lines) > 10
    assert [str(row[0].value) for row in sheet.iter_rows(min_row=2)] == [line.split(";")[0] for line in lines[1:]]
