"""A database that goes away, is replaced or damaged under a running application: said, with 503, and no longer than it
lasts. Answers kept in memory never outlive the database that they tell of."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import psycopg
import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DatabaseError
from werkzeug.test import TestResponse

from dashboard.web.factory import create_app
from data import schema
from data.engine import open_engine, writing
from data.queries.options import read_active_loads
from tests.conftest import TODAY
from tests.dashboard.http.conftest import CALLBACKS, Callback
from tests.site import EVERY_PAGE

DATA = ("/sante", "/api/indicateurs", "/api/indicateurs/visites.json?par=mois", "/_dash-layout",
        "/exports/carte.json", "/exports/trajectoire.csv", "/exports/liste-lieux.xlsx", "/exports/liste-lieux.csv",
        "/exports/lignes-visites.csv")  # fmt: skip
Away = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def app(demo_copy: Engine) -> Dash:
    return create_app(demo_copy, lambda: TODAY)


@pytest.fixture
def client(app: Dash) -> FlaskClient:
    client: FlaskClient = app.server.test_client()
    assert client.get("/").status_code == 200
    return client


@pytest.fixture
def away(demo_copy: Engine) -> Away:
    """`with away():` nobody reaches the database."""
    return (lambda: _file_away(_path(demo_copy))) if demo_copy.dialect.name == "sqlite" else lambda: _refused(demo_copy)


def _path(engine: Engine) -> Path:
    assert engine.url.database
    return Path(engine.url.database)


@contextmanager
def _file_away(path: Path) -> Iterator[None]:
    aside = path.with_suffix(".aside")
    path.rename(aside)
    yield
    aside.rename(path)


@contextmanager
def _refused(engine: Engine) -> Iterator[None]:
    admin = engine.url.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    name = engine.url.database

    def run(statement: str) -> None:
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(statement.encode())

    run(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
    run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    yield
    run(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


def _change(app: Dash, client: FlaskClient) -> TestResponse:
    """A change of filters."""
    output = next(name for name in app.callback_map if "query.data" in name and name.startswith(".."))
    values = {"location.pathname": "/label", "page-path.data": "/label", "filter-dep.value": ["61"]}
    return Callback(app, client, output).post(values, "filter-dep.value")


def _responses(app: Dash, client: FlaskClient) -> Iterator[tuple[str, TestResponse]]:
    """Every way in: each page, the data, a change of filters."""
    for address in (*EVERY_PAGE, *DATA):
        yield address, client.get(address)
    yield CALLBACKS, _change(app, client)


def _assert_unavailable(app: Dash, client: FlaskClient) -> None:
    for address, answer in _responses(app, client):
        assert answer.status_code == 503, address
        assert "base" in answer.text, address
        assert "Traceback" not in answer.text
        if answer.mimetype == "text/html":
            assert "Recharger la page" in answer.text
        else:
            assert answer.json
            assert answer.json["error"]


def test_a_lost_database_is_503_everywhere_until_it_is_back(app: Dash, client: FlaskClient, away: Away) -> None:
    for address, answer in _responses(app, client):  # what is kept in memory is no excuse
        assert answer.status_code == 200, address
    with away():
        _assert_unavailable(app, client)
    for address, answer in _responses(app, client):
        assert answer.status_code == 200, address


def test_a_database_that_fails_after_the_gate(app: Dash, client: FlaskClient, demo_copy: Engine) -> None:
    """Each statement in turn of each answer fails: the answer is the same."""
    for address in (*DATA, CALLBACKS):
        if address == "/api/indicateurs":
            continue  # the dictionary reads nothing
        for failing in (2, 3, 5, 8):  # the first is the gate's
            with _failing(demo_copy, failing) as failed:
                answer = _change(app, client) if address == CALLBACKS else client.get(address)
            if failed:
                assert answer.status_code == 503, (address, failing)
                assert answer.json
                assert "abîmé" in answer.json["error"]


@contextmanager
def _failing(engine: Engine, at: int) -> Iterator[list[str]]:
    failed: list[str] = []
    seen = count(1)

    def fail(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if next(seen) >= at:
            failed.append(statement)
            damaged = sqlite3.DatabaseError("database disk image is malformed")
            damaged.sqlite_errorname = "SQLITE_CORRUPT"
            raise DatabaseError(statement, None, damaged)

    event.listen(engine, "before_cursor_execute", fail)
    try:
        yield failed
    finally:
        event.remove(engine, "before_cursor_execute", fail)


@pytest.mark.any_engine
@pytest.mark.parametrize(("revision", "expected_text"), [("0006", "python -m etl init"), ("9999", "plus récente")])
def test_a_migration_under_running_workers_closes_the_gate(
    app: Dash, client: FlaskClient, demo_copy: Engine, revision: str, expected_text: str
) -> None:
    with writing(demo_copy) as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{revision}'"))
    _assert_unavailable(app, client)
    assert expected_text in client.get("/label").text


def _delete(path: Path) -> None:
    path.unlink()


def _garbage(path: Path) -> None:
    path.write_bytes(b"\x89not a database\n" * 4096)


def _truncate(path: Path) -> None:
    os.truncate(path, 4096 * 3 + 17)


def _empty(path: Path) -> None:
    os.truncate(path, 0)


def _damage(path: Path) -> None:
    """The head stays, every other page is noise."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(size - 4096))


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.any_engine
@pytest.mark.parametrize("harm", [_delete, _garbage, _truncate, _empty, _damage, _folder], ids=lambda one: one.__name__)
def test_a_damaged_file_under_a_running_application(
    app: Dash, client: FlaskClient, demo_copy: Engine, harm: Callable[[Path], None], tmp_path: Path
) -> None:
    if demo_copy.dialect.name != "sqlite":
        pytest.skip("SQLite's file")
    path, saved = _path(demo_copy), tmp_path / "saved"
    with writing(demo_copy) as connection:
        connection.execute(text("SELECT 1"))
    demo_copy.dispose()  # the log is written back
    shutil.copyfile(path, saved)
    for _address, answer in _responses(app, client):
        assert answer.status_code == 200
    harm(path)
    for address, answer in _responses(app, client):
        assert answer.status_code == 503, address
    if path.is_dir():
        path.rmdir()
    shutil.copyfile(saved, path)
    for address, answer in _responses(app, client):
        assert answer.status_code == 200, address


@pytest.mark.any_engine
def test_a_file_replaced_under_a_running_application(
    app: Dash, client: FlaskClient, demo_copy: Engine, tmp_path: Path
) -> None:
    """The other database has as many loads, and another place."""
    if demo_copy.dialect.name != "sqlite":
        pytest.skip("SQLite's file")
    path, other = _path(demo_copy), tmp_path / "other.db"
    demo_copy.dispose()
    shutil.copyfile(path, other)
    changed = open_engine(f"sqlite:///{other.as_posix()}")
    with writing(changed) as connection:
        connection.execute(schema.place_version.update().values(name="Un autre nom"))
    changed.dispose()
    before = client.get("/lieux").text
    assert "Un autre nom" not in before
    other.replace(path)
    assert "Un autre nom" in client.get("/lieux").text


@pytest.mark.any_engine
def test_databases_with_as_many_loads_are_told_apart(demo_copy: Engine) -> None:
    with writing(demo_copy) as connection:
        before = read_active_loads(connection)
        connection.execute(schema.load.update().values(loaded_at=datetime(2031, 1, 1, tzinfo=UTC)))
        assert read_active_loads(connection)[:2] == before[:2]
        assert read_active_loads(connection) != before


@pytest.mark.any_engine
def test_a_silent_database_server_does_not_block() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        port = silent.getsockname()[1]
        engine = open_engine(f"postgresql://someone@127.0.0.1:{port}/nothing?connect_timeout=2")
        client = create_app(engine, lambda: TODAY).server.test_client()
        begun = time.monotonic()
        answer = client.get("/sante")
        assert answer.status_code == 503
        assert time.monotonic() - begun < 8
        engine.dispose()
