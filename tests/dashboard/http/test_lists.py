"""Every list: its page answers, its files hold what it shows, and no address breaks it."""

import csv
import io
from typing import Any
from urllib.parse import urlencode

import openpyxl
import pytest
from flask.testing import FlaskClient

from dashboard.lists import LISTS, Listing
from tests.dashboard.http.test_callbacks import Find
from tests.dashboard.reading import layout_of, text_of

JUNK = ("tri-lieux=rien", "page-lieux=-1", "page-lieux=9999999", "q-lieux=%5B%28%5C%25_", "q-lieux=" + "a" * 3_000,
        "tri-lieux=%00&q-lieux=%00", "tri-rien=nom")  # fmt: skip


def moved(search: str, path: str, **others: Any) -> dict[str, Any]:
    seen = {"page-path.data": path, "query.data": ""}
    return {"location.search": search, "location.pathname": path, **seen, **others}


@pytest.mark.parametrize("listing", LISTS, ids=lambda one: one.slug)
def test_the_files_of_a_list_hold_the_same_rows(client: FlaskClient, listing: Listing) -> None:
    query = urlencode({"au": "2020-12-31", f"tri-{listing.slug}": f"-{listing.columns[-1].name}"})
    answer = client.get(f"/exports/{listing.file}.csv?{query}")
    head, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";")
    assert head[-2:] == ["Filtres", "Nature"]
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/exports/{listing.file}.xlsx?{query}").data))
    sheet = list(book["Données"].iter_rows(values_only=True))
    assert [str(header).replace("\u00a0", " ") for header in sheet[0]] == [
        column.header.replace("\u202f", " ") for column in listing.columns
    ]
    assert len(sheet) - 1 == len(rows)
    shown_text = dict(row[:2] for row in book["À propos"].iter_rows(values_only=True))
    assert {"Titre", "Nature", "Filtres", "Arrêté au", "Adresse de la page"} <= set(shown_text)
    assert ("Source" in shown_text) is bool(listing.sources)
    assert shown_text["Adresse de la page"].startswith(f"http://localhost{listing.path}?")
    assert f"list-body-{listing.slug}" in layout_of(client, listing.path)


@pytest.mark.parametrize("junk", JUNK)
def test_invalid_parameters_are_no_error(client: FlaskClient, junk: str) -> None:
    assert "list-body-lieux" in layout_of(client, f"/lieux?{junk}")
    assert client.get(f"/exports/liste-lieux.csv?{junk}").status_code == 200


def test_ignored_parameters_give_a_notice(client: FlaskClient) -> None:
    assert "(tri) n’existe pas" in layout_of(client, "/lieux?tri-lieux=rien")
    assert "n’est pas un filtre" in layout_of(client, "/lieux?tri-rien=nom")


def test_the_address_searches_sorts_and_pages_a_list(callback: Find) -> None:
    follow = callback("query.data")
    answer = follow.call(moved("?tri-lieux=-name&page-lieux=2", "/lieux"), "location.search")
    assert "page 2 sur " in str(answer["list-count-lieux.children"])
    assert len(answer["list-body-lieux.children"]) == 25
    assert "location.search" not in answer  # never rewritten: Back would be trapped
    found = follow.call(moved("?q-lieux=evreux", "/lieux"), "location.search")
    assert text_of(found["list-body-lieux.children"]["props"]["children"][1]) == "Évreux"


def test_the_address_gives_the_rows_per_page(callback: Find) -> None:
    follow = callback("query.data")
    answer = follow.call(moved("?lignes-lieux=10&page-lieux=2&dep=14", "/lieux"), "location.search")
    assert len(answer["list-body-lieux.children"]) <= 10
    assert "lignes" not in answer["list-csv-lieux.href"]  # a file has all rows
    links = {text_of(one): one["props"]["children"]["props"] for one in answer["list-sizes-lieux.children"][1:]}
    assert [size for size, link in links.items() if link.get("aria-current")] == ["10"]
    assert links["25"]["href"] == "/lieux?dep=14"  # its own size is not written, and its first page is shown


def test_a_choice_keeps_sort_and_search_and_goes_back_to_the_first_page(callback: Find) -> None:
    values = moved("?tri-lieux=-name&page-lieux=2&q-lieux=de", "/lieux", **{"filter-dep.value": ["14"]})
    answer = callback("query.data").call(values, "filter-dep.value")
    assert answer["location.search"] == "?dep=14&tri-lieux=-name&q-lieux=de"
    assert answer["list-csv-lieux.href"] == "/exports/liste-lieux.csv?dep=14&tri-lieux=-name&q-lieux=de"
    cleared = callback("query.data").call(
        moved("?dep=14&q-lieux=de", "/lieux", **{"query.data": "dep=14"}), "clear-filters.n_clicks"
    )
    assert cleared["location.search"] == "?q-lieux=de"


def test_an_unknown_list_is_404(client: FlaskClient) -> None:
    assert client.get("/exports/liste-rien.csv").status_code == 404
    assert client.get("/exports/liste-rien.xlsx").status_code == 404
