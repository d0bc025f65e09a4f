"""What every answer carries, and how static files are served."""

import base64
import gzip
import hashlib
import re

import brotli
import pytest
from flask.testing import FlaskClient

pytestmark = pytest.mark.any_engine

ADDRESSES = ["/", "/rien", "/api/indicateurs", "/api/rien", "/sante", "/_dash-layout", "/_dash-dependencies",
             "/assets/shell.css", "/exports/lignes-visites.csv", "/lieux", "/lieux/DEMO-07", "/territoires/61",
             "/donnees", "/exports/liste-lieux.csv", "/exports/liste-lieux.xlsx", "/exports/carte.json",
             "/exports/carte.xlsx", "/api/indicateurs/visites.json?par=mois"]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_is_guarded(client: FlaskClient, address: str) -> None:
    with client.get(address) as response:
        headers = response.headers
    policy = headers["Content-Security-Policy"]
    if headers["Content-Type"].startswith("text/html"):
        assert policy.startswith("default-src 'none'; script-src 'self' 'sha256-")
        assert "unsafe-eval" not in policy
        assert "'unsafe-inline'" not in policy.split("style-src")[0]
        assert "geolocation=()" in headers["Permissions-Policy"]
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == headers["Cross-Origin-Opener-Policy"] == "same-origin"
    else:
        assert policy == "default-src 'none'; frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_every_inline_script_of_the_page_is_in_its_policy(client: FlaskClient) -> None:
    response = client.get("/")
    inline = re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>(.*?)</script>", response.text, re.DOTALL)
    assert inline
    for script in inline:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in response.headers["Content-Security-Policy"]


def test_pages_ask_nothing_of_other_hosts(client: FlaskClient) -> None:
    for address in ("/", "/rien"):
        links = re.findall(r'(?:src|href)="([^"#][^"]*)"', client.get(address).text)
        assert links
        assert all(link.startswith("/") and not link.startswith("//") for link in links)


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
def test_data_are_never_kept(client: FlaskClient, address: str) -> None:
    with client.get(address) as response:
        assert response.headers["Cache-Control"] == "no-store"


def statics(client: FlaskClient) -> list[str]:
    links = re.findall(r'(?:script src|stylesheet" href)="([^"]*)"', client.get("/").text)
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


def test_a_file_without_its_version_is_checked_again(client: FlaskClient) -> None:
    first = client.get("/assets/favicon.svg")
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = client.get("/assets/favicon.svg", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.data


def test_answers_are_compressed_and_belong_to_their_request(client: FlaskClient) -> None:
    accept = {"Accept-Encoding": "br"}
    orne = client.get("/_dash-layout", headers=accept | {"Referer": "http://localhost/?dep=61"})
    everywhere = client.get("/_dash-layout", headers=accept | {"Referer": "http://localhost/"})
    assert orne.headers["Content-Encoding"] == "br"
    assert brotli.decompress(orne.data) != brotli.decompress(everywhere.data)
