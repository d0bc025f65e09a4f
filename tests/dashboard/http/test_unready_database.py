"""No database, an empty one, a fault of ours: what the visitor is told."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from dashboard.requests import page_request
from dashboard.web.factory import create_app
from data.definitions import definitions_version
from data.engine import open_engine
from data.reference import POLICY_FILES
from etl.preparation.database import prepare
from tests.conftest import TODAY

EVERYWHERE = ["/", "/indicateurs", "/rien", "/api/indicateurs", "/api/indicateurs/visites.json", "/sante",
              "/_dash-layout", "/exports/lignes-visites.csv"]  # fmt: skip


@pytest.fixture
def bare(empty_url: str) -> Iterator[tuple[Engine, FlaskClient]]:
    engine = open_engine(empty_url)
    yield engine, create_app(engine, lambda: TODAY).server.test_client()
    engine.dispose()


@pytest.mark.parametrize("address", EVERYWHERE)
def test_a_database_that_is_not_at_head_is_refused_with_the_command(
    bare: tuple[Engine, FlaskClient], address: str
) -> None:
    response = bare[1].get(address)
    assert response.status_code == 503
    assert "python -m etl init" in response.text
    assert response.headers["Retry-After"]
    assert "Content-Security-Policy" in response.headers


def test_style_sheets_are_served_without_a_database(bare: tuple[Engine, FlaskClient]) -> None:
    assert bare[1].get("/assets/shell.css").status_code == 200


def test_a_request_does_not_create_a_missing_database(tmp_path: Path) -> None:
    url = f"sqlite:///{(tmp_path / 'not' / 'there.sqlite').as_posix()}"
    client = create_app(open_engine(url, create=False), lambda: TODAY).server.test_client()
    assert {client.get(address).status_code for address in EVERYWHERE} == {503}
    assert not list(tmp_path.iterdir())


def test_roll_ups_of_another_definitions_version_are_refused(demo_copy: Engine) -> None:
    with demo_copy.begin() as connection:
        connection.execute(text("UPDATE roll_up_version SET version = 'before'"))
    answer = create_app(demo_copy, lambda: TODAY).server.test_client().get("/api/indicateurs/visites.json")
    assert (answer.status_code, "python -m etl init" in answer.text) == (503, True)


def test_application_recovers_without_a_restart(bare: tuple[Engine, FlaskClient]) -> None:
    engine, client = bare
    assert client.get("/sante").json["status"] == "indisponible"
    prepare(engine, TODAY)
    answer = client.get("/sante")
    assert answer.status_code == 200
    assert answer.json == {"status": "ok", "load": len(POLICY_FILES), "as_of": None}


def test_an_empty_database_shows_the_command_to_run(engine: Engine) -> None:
    client = create_app(engine, lambda: TODAY).server.test_client()
    text = client.get("/").text
    assert "Aucune donnée" in text
    assert "python -m etl demo" in text
    assert "Données de démonstration" not in text
    answer = client.get("/api/indicateurs/lieux-labellises.json").json
    assert answer["value"] is None
    assert answer["reason"] == "registre du label non chargé et registre des tiers-lieux non chargé"


def test_an_internal_error_is_a_page_without_a_traceback(demo_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    client = create_app(demo_engine, lambda: TODAY).server.test_client()
    client.get("/")

    def broken(*_arguments: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(page_request, "read_filter_options", broken)
    answer = client.get("/api/indicateurs/visites.json")
    assert answer.status_code == 500
    assert "journal" in answer.json["error"]
    monkeypatch.setattr("dashboard.web.factory.write_first_response", broken)
    html = client.get("/label")
    assert html.status_code == 500
    assert "<h1>Erreur du serveur</h1>" in html.text
    assert "secret" not in answer.text + html.text


def test_threads_share_one_version_of_the_definitions(engine: Engine) -> None:
    definitions_version.cache_clear()
    create_app(engine, lambda: TODAY)
    computed = definitions_version.cache_info().misses
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _number: definitions_version(), range(8)))
    assert definitions_version.cache_info().misses == computed == 1  # before there are threads
