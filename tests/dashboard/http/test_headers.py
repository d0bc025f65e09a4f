"""What every answer carries, and how static files are served."""

import gzip
import re

import brotli
import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.requests.page_request import Installation
from dashboard.web.factory import create_app
from tests.conftest import TODAY
from tests.dashboard.http.conftest import CALLBACKS, Callback

pytestmark = pytest.mark.any_engine

ADDRESSES = ["/", "/rien", "/api/indicateurs", "/api/rien", "/sante", "/_dash-layout", "/_dash-dependencies",
             "/assets/shell.css", "/exports/lignes-visites.csv", "/lieux", "/lieux/DEMO-07", "/territoires/61",
             "/donnees", "/exports/liste-lieux.csv", "/exports/liste-lieux.xlsx", "/exports/carte.json",
             "/exports/carte.xlsx", "/api/indicateurs/visites.json?par=mois"]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_response_has_the_security_headers(client: FlaskClient, address: str) -> None:
    with client.get(address) as response:
        headers = response.headers
    policy = headers["Content-Security-Policy"]
    if headers["Content-Type"].startswith("text/html"):
        assert policy.startswith("default-src 'none'; script-src 'self'; ")
        assert "unsafe-eval" not in policy
        assert "'unsafe-inline'" not in policy.split("style-src")[0]
        assert "geolocation=()" in headers["Permissions-Policy"]
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == headers["Cross-Origin-Opener-Policy"] == "same-origin"
    else:
        assert policy == "default-src 'none'; frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_no_script_is_inline(client: FlaskClient) -> None:
    scripts = re.findall(r"<script([^>]*)>", client.get("/").text)
    assert len(scripts) > 5
    assert all("src=" in attributes or "application/json" in attributes for attributes in scripts)


def test_pages_request_nothing_from_other_hosts(client: FlaskClient) -> None:
    for address in ("/", "/rien"):
        links = re.findall(r'(?:src|href)="([^"#][^"]*)"', client.get(address).text)
        assert links
        assert all(link.startswith("?") or (link.startswith("/") and not link.startswith("//")) for link in links)


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/_dash-layout",
        "/api/indicateurs",
        "/sante",
        "/exports/lignes-visites.csv",
        "/exports/liste-lieux.xlsx",
        "/exports/carte.json",
    ],
)
def test_data_responses_are_not_stored(client: FlaskClient, address: str) -> None:
    with client.get(address) as response:
        assert response.headers["Cache-Control"] == "no-store"


def statics(client: FlaskClient) -> list[str]:
    document = client.get("/").text
    links = re.findall(r'<(?:script[^>]* src|link rel="stylesheet" href)="([^"]*)"', document)
    links += re.findall(r'data-(?:plotly|controls)="([^"]*)"', document)
    assert len(links) > 8
    return links


def test_static_files_are_compressed_and_cached_for_a_year(client: FlaskClient) -> None:
    for link in statics(client):
        plain = client.get(link)
        assert plain.status_code == 200, link
        assert "immutable" in plain.headers["Cache-Control"], link
        packed = client.get(link, headers={"Accept-Encoding": "br, gzip"})
        assert packed.headers["Content-Encoding"] == "br"
        assert brotli.decompress(packed.data) == plain.data
        zipped = client.get(link, headers={"Accept-Encoding": "gzip"})
        assert gzip.decompress(zipped.data) == plain.data
        assert client.get(link, headers={"Accept-Encoding": "br"}).data == packed.data


def test_a_file_without_its_version_is_revalidated(client: FlaskClient) -> None:
    first = client.get("/assets/favicon.svg")
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = client.get("/assets/favicon.svg", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.data


def test_responses_are_compressed_and_not_shared(client: FlaskClient) -> None:
    accept = {"Accept-Encoding": "br"}
    orne = client.get("/?dep=61", headers=accept)
    everywhere = client.get("/", headers=accept)
    assert orne.headers["Content-Encoding"] == "br"
    assert brotli.decompress(orne.data) != brotli.decompress(everywhere.data)


@pytest.mark.parametrize(
    "address", ["/", "/label", "/lieux/DEMO-07", "/api/indicateurs", "/sante", "/exports/carte.csv"]
)
def test_an_unknown_method_lists_the_allowed_ones(client: FlaskClient, address: str) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        with client.open(address, method=method) as answer:
            assert answer.status_code == 405, method
            allowed = {one.strip() for one in answer.headers["Allow"].split(",")}
            assert {"GET", "HEAD"} <= allowed
            assert method not in allowed


def _change(app: Dash, client: FlaskClient, headers: dict[str, str]) -> int:
    output = next(name for name in app.callback_map if "query.data" in name and name.startswith(".."))
    values = {"location.pathname": "/label", "page-path.data": "/label", "filter-dep.value": ["61"]}
    body = Callback(app, client, output).body(values, "filter-dep.value")
    return client.post(CALLBACKS, json=body, headers=headers).status_code


CROSS = [
    {"Origin": "https://ailleurs.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost:81"},
    {"Origin": "http://[x"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
]
OWN = [{}, {"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}]


def test_a_callback_of_another_site_is_refused(app: Dash, client: FlaskClient) -> None:
    for headers in CROSS:
        assert _change(app, client, headers) == 403, headers
    for headers in OWN:
        assert _change(app, client, headers) == 200, headers


def test_another_host_is_refused_when_the_public_url_is_set(demo_engine: Engine) -> None:
    app = create_app(demo_engine, lambda: TODAY, Installation("https://tl.exemple.fr"))
    client = app.server.test_client()
    client.get("/", headers={"Host": "tl.exemple.fr"})
    for address in ("/", "/_dash-layout", "/api/indicateurs", "/assets/shell.css", "/exports/carte.csv"):
        for host in ("ailleurs.example", "localhost", "tl.exemple.fr.ailleurs.example", "tl.exemple.fr:81"):
            refused = client.get(address, headers={"Host": host})
            assert refused.status_code == 400, (address, host)
            assert "https://tl.exemple.fr" in refused.text
        with client.get(address, headers={"Host": "tl.exemple.fr"}) as answer:
            assert answer.status_code == 200, address
    assert client.get("/sante", headers={"Host": "10.0.0.3"}).status_code == 200
    headers = {"Host": "tl.exemple.fr", "Origin": "https://tl.exemple.fr"}
    assert _change(app, client, headers) == 200
