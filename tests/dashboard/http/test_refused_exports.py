"""An export that is refused: a page with the reason and a way back for people, JSON for scripts."""

from __future__ import annotations

import pytest
from dash import Dash
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.web.heavy_responses import BUSY_MESSAGE, TooManyHeavyResponses

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
SCRIPTS = ("*/*", "application/json", "")
REFUSED = ("/exports/rien.csv", "/exports/liste-rien.xlsx", "/exports/lignes-rien.csv", "/exports/liste-lieux.pdf")


@pytest.fixture
def busy(app: Dash, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    def refuse(*_given: object, **_named: object) -> TestResponse:
        raise TooManyHeavyResponses

    server = app.server
    for name in [one for one in server.view_functions if one.startswith("export-")]:
        monkeypatch.setitem(server.view_functions, name, refuse)
    client: FlaskClient = server.test_client()
    return client


def asked_by(client: FlaskClient, address: str, accept: str, referrer: str = "") -> TestResponse:
    return client.get(address, headers={"Accept": accept, **({"Referer": referrer} if referrer else {})})


@pytest.mark.parametrize("address", REFUSED)
def test_a_browser_gets_a_page_with_a_link_back(client: FlaskClient, address: str) -> None:
    answer = asked_by(client, address, BROWSER, "http://localhost/lieux?dep=50&porteur=prive")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "<h1>Fichier introuvable</h1>" in answer.text
    assert 'href="/lieux?dep=50&amp;porteur=prive"' in answer.text
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize("referrer", ["", "https://ailleurs.fr/lieux", "http://localhost/exports/rien.csv"])
def test_the_link_back_stays_on_this_site(client: FlaskClient, referrer: str) -> None:
    answer = asked_by(client, REFUSED[0], BROWSER, referrer)
    assert '<a href="/">Revenir à la vue d’ensemble</a>' in answer.text
    assert "ailleurs" not in answer.text


def test_the_reason_and_the_link_back_are_escaped(client: FlaskClient) -> None:
    answer = asked_by(client, "/exports/<b>x.csv", BROWSER, 'http://localhost/lieux?q="><b>x')
    assert "<b>x" not in answer.text


@pytest.mark.parametrize("accept", SCRIPTS)
@pytest.mark.parametrize("address", [*REFUSED, "/api/indicateurs/rien.json"])
def test_a_script_gets_json(client: FlaskClient, address: str, accept: str) -> None:
    answer = asked_by(client, address, accept)
    assert answer.status_code == 404
    assert answer.json["error"]


def test_the_api_answers_a_browser_in_json_too(client: FlaskClient) -> None:
    assert asked_by(client, "/api/indicateurs/rien.json", BROWSER).json["error"]


@pytest.mark.parametrize("name", ["trajectoire.xlsx", "liste-lieux.csv", "lignes-visites.csv"])
def test_a_busy_server_gives_a_reason_and_a_retry_link(busy: FlaskClient, name: str) -> None:
    answer = asked_by(busy, f"/exports/{name}", BROWSER, "http://localhost/label")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "<h1>Serveur occupé</h1>" in answer.text
    assert BUSY_MESSAGE in answer.text
    assert '<a href="">Redemander le fichier</a> · <a href="/label">Revenir à la page</a>' in answer.text
    assert asked_by(busy, f"/exports/{name}", "*/*").json == {"error": BUSY_MESSAGE, "status": "indisponible"}
