"""The menu of a mark, for scripts and as a page; the table of a chart without script."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from dashboard.urls import chart_path

pytestmark = pytest.mark.any_engine

CHART = chart_path("aides-par-dispositif")


def test_the_page_of_a_mark_has_the_entries_of_its_menu(client: FlaskClient) -> None:
    query = "ligne=1&page=/aides&dep=14,27,50,61,76&tri-dossiers=-voted&page-dossiers=2"
    menu = client.get(f"{CHART}.json?{query}").get_json()
    assert menu["title"] == "2018, Émergence"
    page = client.get(f"{CHART}?{query}").get_data(as_text=True)
    links = re.findall(r'<li><a href="([^"]*)"[^>]*>([^<]*)</a>', page)
    assert [(href.replace("&amp;", "&"), label) for href, label in links] == [
        (action["href"], action["label"]) for action in menu["actions"]
    ]
    assert menu["actions"][0]["href"] == (
        "/aides?dep=14,27,50,61,76&dispositif=emergence&tri-dossiers=-voted"  # the list is back on its first page
    )


def test_the_table_links_to_the_page_of_each_row_under_the_same_filters(client: FlaskClient) -> None:
    page = client.get(f"{CHART}?page=/aides&dispositif=emergence&au=2019-12-31").get_data(as_text=True)
    links = re.findall(r'<a href="([^"]*)" class="mark-link"', page)
    assert links == [
        f"{CHART}?dispositif=emergence&amp;au=2019-12-31&amp;page=/aides&amp;ligne={row}" for row in range(3)
    ]
    menu = client.get(links[-1].replace("&amp;", "&").replace("?", ".json?")).get_json()
    assert menu["actions"][0]["label"] == "Filtrer sur 2019"


def test_the_period_from_one_mark_to_another_is_whole(client: FlaskClient) -> None:
    for rows in ("ligne=1&derniere-ligne=2", "ligne=2&derniere-ligne=1"):
        action = client.get(f"{CHART}.json?page=/aides&{rows}").get_json()
        assert action == {
            "label": "Filtrer sur la période du 01/01/2018 au 31/12/2019",
            "href": "/aides?du=2018-01-01&au=2019-12-31",
        }


@pytest.mark.parametrize(
    "address",
    [
        chart_path("rien"),
        f"{chart_path('rien')}.json?ligne=0",
        f"{CHART}?page=/rien",
        f"{CHART}?page=/partenaires/rien",
        f"{CHART}.json?ligne=999",
        f"{CHART}.json?ligne=-1",
        f"{CHART}.json?ligne=١",
        f"{CHART}.json",
    ],
)
def test_what_does_not_exist_is_a_404(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_chart_whose_marks_lead_nowhere_has_a_table_without_links(client: FlaskClient) -> None:
    page = client.get(chart_path("aides-complementaires")).get_data(as_text=True)
    assert "<table" in page
    assert "mark-link" not in page
