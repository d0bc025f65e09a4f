"""Identifiers of places hold what the Région's files hold: each accepted one has a sheet that opens, wherever from."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from dashboard.urls import encoded_path, normalise_path, place_path, sheet_code
from dashboard.web.factory import create_app
from data import schema
from data.engine import reading
from tests.conftest import TODAY
from tests.dashboard.http.conftest import Callback
from tests.dashboard.reading import layout_of
from tests.etl.deliveries import PLACES, deliver

CODES = (
    "a/b", "a//b", "/a", "a/", "a%2fb", "a%2Fb", "100%", "a?b=c", "a#b", "a b", "é œ", "..a", "~a",
    "a/../b", "../a", "a;b,c", "a&b", "a+b", "a\\b", '"a"', "<b>a</b>", "日本", "a'b", "lignes", "%00", "a:b", "@a",
)  # fmt: skip
LISTS = ("lieux", "lieux-label", "lieux-frequentation", "agenda")


@pytest.fixture
def client(engine: Engine, tmp_path: Path) -> FlaskClient:
    """Places of all these identifiers, labelled, each with an action of a partner."""
    places = [{**PLACES[0], "id_lieu": code, "nom": f"Lieu numéro {at}"} for at, code in enumerate(CODES)]
    deliver(engine, tmp_path / "places.csv", places)
    label = {"etape": "labellisé", "date": "01/02/2019"}
    deliver(engine, tmp_path / "labels.csv", [{"id_lieu": code, **label} for code in CODES])
    action = {"partenaire": "aract", "type": "atelier", "date": "03/02/2020"}
    actions = [{"id_action": f"A{at}", "id_lieu": code, **action} for at, code in enumerate(CODES)]
    deliver(engine, tmp_path / "activities.csv", actions)
    return create_app(engine, lambda: TODAY).server.test_client()


def _codes(engine: Engine) -> dict[str, str]:
    """The name of each accepted place by its identifier."""
    version = schema.place_version.c
    rows = select(schema.place.c.code, version.name).join_from(
        schema.place, schema.place_version, version.place_id == schema.place.c.place_id
    )
    with reading(engine) as connection:
        return {row.code: row.name for row in connection.execute(rows)}


def test_every_accepted_identifier_has_a_sheet(client: FlaskClient, engine: Engine) -> None:
    codes = _codes(engine)
    assert set(CODES) <= codes.keys()
    for code, name in codes.items():
        path = place_path(code)
        assert client.get(path).status_code == 200, code
        assert "<title>Lieu " in client.get(path).text
        assert name in layout_of(client, path), code
        assert name in layout_of(client, f"{path}?dep=14"), code
    for path in ("/lieux/a", "/lieux/rien%2Frien", "/lieux/%7E...", "/lieux/a%25252fb"):
        assert client.get(path).status_code == 404, path


def test_every_list_and_sheet_links_to_the_identifier(client: FlaskClient, engine: Engine) -> None:
    for address in ("/lieux", "/label", "/agenda"):
        found: set[str] = set()
        for at in range(1, 6):
            slug = {"/lieux": "lieux", "/label": "lieux-label", "/agenda": "agenda"}[address]
            text = layout_of(client, f"{address}?page-{slug}={at}")
            found |= {code for code in CODES if f'"{place_path(code)}"' in text or f'"{place_path(code)}?' in text}
        assert found >= set(CODES) or address != "/lieux", set(CODES) - found
        assert len(found) > 5, address


def test_the_callback_opens_the_sheet_of_the_identifier(client: FlaskClient, engine: Engine) -> None:
    """A link inside the site: the callback has the path as the address bar shows it."""
    app = create_app(engine, lambda: TODAY)
    open_request = app.server.test_client()
    open_request.get("/")
    output = next(name for name in app.callback_map if "query.data" in name and name.startswith(".."))
    for code, name in _codes(engine).items():
        values = {"location.pathname": place_path(code), "page-path.data": "/lieux"}
        answer = Callback(app, open_request, output).post(values, "location.pathname")
        assert answer.status_code == 200
        assert name in json.dumps(answer.json, ensure_ascii=False), code


def test_leading_slashes_are_the_same_for_server_and_page(client: FlaskClient) -> None:
    written = dict.fromkeys(("PATH_INFO", "RAW_URI", "REQUEST_URI"), "//label")  # the client would take a host for it
    assert client.get("/", environ_overrides=written).status_code == 404
    assert client.get("/label/").status_code == 200


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
@example("..")
@example("~~.")
def test_an_identifier_is_decoded_from_its_address(code: str) -> None:
    path = place_path(code)
    segment = path.removeprefix("/lieux/")
    assert "/" not in segment
    assert unquote(segment) not in (".", "..")
    assert sheet_code(normalise_path(path).removeprefix("/lieux/")) == code


def test_encoded_path_is_the_path_as_written() -> None:
    assert encoded_path({"RAW_URI": "/lieux/a%2F?x=/y", "PATH_INFO": "/lieux/a/"}) == "/lieux/a%2F"
    assert encoded_path({"REQUEST_URI": "http://host/lieux/a%2Fb"}) == "/lieux/a%2Fb"
    assert encoded_path({"PATH_INFO": "/lieux/é".encode().decode("latin-1")}) == "/lieux/%C3%A9"
