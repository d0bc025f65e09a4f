"""What the overview says to be ready leads to a list of exactly that many rows, under every filter."""

from __future__ import annotations

import csv
import io
import json

import pytest
from flask.testing import FlaskClient

from tests.dashboard.reading import components_by_id, layout_of

pytestmark = pytest.mark.fewer_on_postgresql(4)

QUERIES = (
    "",
    *(f"dep={code}" for code in ("14", "27", "50", "61", "76")),
    *(f"porteur={code}" for code in ("public", "prive", "associatif")),
    "epci=200069532",
    "typologie=coworking",
    "au=2019-06-30",
    "au=2018-03-31&dep=14",
    "du=2020-01-01&au=2020-12-31",
)
BOXES = {"/": "headline-lines", "/territoires/61": "sheet-meeting"}
FILES = {"candidatures-pretes": "liste-candidatures-pretes", "propositions": "liste-propositions"}


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("path", BOXES)
def test_a_number_of_ready_files_is_that_of_its_list(client: FlaskClient, path: str, query: str) -> None:
    layout = json.loads(layout_of(client, f"{path}?{query}"))
    box = next(props for name, props in components_by_id(layout) if name == BOXES[path])
    for href, text in _links(box):
        page, _, anchor = href.partition("#")
        slug = next(slug for slug in FILES if slug in anchor)
        requested = page.partition("?")[2]
        answer = client.get(f"/exports/{FILES[slug]}.csv?{requested}")
        rows = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff")), delimiter=";"))[1:]
        assert len(rows) == int(text.split()[0]), (href, text)
        assert f'"id":"{anchor}"' in layout_of(client, page)


def _links(node: object) -> list[tuple[str, str]]:
    if isinstance(node, list):
        return [link for one in node for link in _links(one)]
    if isinstance(node, dict):
        props = node.get("props", node)
        if isinstance(props.get("href"), str):
            return [(props["href"], str(props["children"]))]
        return _links(props.get("children"))
    return []


def test_the_overview_has_links_to_ready_files(client: FlaskClient) -> None:
    layout = json.loads(layout_of(client, "/"))
    box = next(props for name, props in components_by_id(layout) if name == "headline-lines")
    assert len(_links(box)) == 2
