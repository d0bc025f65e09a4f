"""Labels of every source with markup in them: plotly draws them to the letter, in every chart and picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, String, update

from dashboard.charts import CHARTS
from dashboard.figures.text import WORD_JOINER
from dashboard.web.factory import create_app
from data.engine import writing
from data.schema import metadata
from tests.conftest import TODAY
from tests.dashboard.reading import sent_layout

HOSTILE = '<a href="https://ailleurs.example/">Ici</a><B>&lt;i&gt;</B><sup>%{meta}</sup><extra>x</extra> '
LABELS = {"name", "label", "title", "holder", "beneficiary", "origin", "purpose", "file", "decision_reference"}
OURS = re.compile(r'</?b>|<br>|<extra></extra>|<span style="[a-z0-9#:;. -]+">|</span>')
QUERIES = ("", "dep=61", "du=2018-01-01&au=2020-12-31")


@pytest.fixture
def client(demo_copy: Engine) -> FlaskClient:
    """The demonstration with markup before every label."""
    with writing(demo_copy) as connection:
        for table in metadata.sorted_tables:
            for column in table.c:
                if column.name in LABELS and isinstance(column.type, String) and not column.foreign_keys:
                    connection.execute(update(table).where(column.is_not(None)).values({column: HOSTILE + column}))
    client: FlaskClient = create_app(demo_copy, lambda: TODAY).server.test_client()
    client.get("/")
    return client


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for one in node:
            yield from _texts(one)
    elif isinstance(node, dict):
        for one in node.values():
            yield from _texts(one)


def _figures(node: Any) -> Iterator[Any]:
    """Every figure in a layout."""
    if isinstance(node, list):
        for one in node:
            yield from _figures(one)
    elif isinstance(node, dict):
        if isinstance(node.get("figure"), dict):
            yield node["figure"]
        for one in node.values():
            yield from _figures(one)


def _hostile(figure: Any) -> tuple[list[str], int]:
    """The texts of a figure that plotly would not draw to the letter, and how many hold a label of ours."""
    texts = [text for text in _texts(figure) if not text.startswith("M")]  # an outline
    live = [text for text in texts if re.search(rf"<(?!{WORD_JOINER}|…|\n|$)|&#?\w+;|%\{{meta", OURS.sub("\n", text))]
    return live, sum(f"<{WORD_JOINER}a" in text for text in texts)


@pytest.mark.any_engine
@pytest.mark.parametrize("query", QUERIES)
def test_markup_in_labels_is_escaped(client: FlaskClient, query: str) -> None:
    with_labels = set()
    for chart in CHARTS:
        answer = client.get(f"/exports/{chart.slug}.json?{query}")
        if answer.status_code != 200:
            continue
        live, hostile = _hostile({key: answer.json[key] for key in ("data", "layout")})  # type: ignore[index]
        assert not live, (chart.slug, live[:3])
        if hostile:
            with_labels.add(chart.slug)
    assert len(with_labels) >= 8, with_labels
    for path in {page for chart in CHARTS for page in chart.pages}:
        for figure in _figures(sent_layout(client, f"{path}?{query}")):
            assert not _hostile({key: figure[key] for key in ("data", "layout")})[0], path
