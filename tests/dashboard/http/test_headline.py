"""The sentence that opens the overview: what it says, and what it must never say."""

import json
from collections.abc import Callable
from typing import Any

import pytest

Layout = Callable[[str], str]


def texts(layout: Layout, address: str) -> tuple[str, str]:
    """The title and the sentences under it."""
    found: dict[str, Any] = {}

    def walk(node: Any) -> None:
        if isinstance(node, dict) and "props" in node:
            found[str(node["props"].get("id"))] = node["props"].get("children")
            walk(node["props"].get("children"))
        elif isinstance(node, list):
            for child in node:
                walk(child)

    walk(json.loads(layout(address)))
    return found["headline"], " ".join(line["props"]["children"] for line in found["sublines"])


def test_before_the_due_date_it_compares_with_the_target(layout: Layout) -> None:
    title, lines = texts(layout, "/?au=2020-12-31")
    assert title == "34 tiers-lieux labellisés sur 50 visés fin 2021"
    assert lines == "6 lieux de moins que prévu à cette date. Arrêté au 31 décembre 2020."


def test_after_the_due_date_it_says_what_was_reached_then(layout: Layout) -> None:
    title, lines = texts(layout, "/?au=2022-06-30")
    assert title.startswith("34 lieux au 31/12/2021 pour 50 visés")
    assert title.endswith("aucun objectif plus récent n’est enregistré")
    assert lines == "34 tiers-lieux labellisés en Normandie, arrêté au 30 juin 2022."


@pytest.mark.parametrize(
    "query", ["dep=61", "dep=61&au=2022-06-30", "epci=200023414", "porteur=public", "typologie=fablab"]
)
def test_no_target_that_nobody_voted(layout: Layout, query: str) -> None:
    title, lines = texts(layout, f"/?{query}")
    assert "labellisé" in title
    assert not any(word in title + lines for word in ("visé", "objectif", "prévu", "retard"))


def test_the_filters_are_named(layout: Layout) -> None:
    assert texts(layout, "/?dep=61")[0].endswith("labellisés dans l’Orne")
    assert texts(layout, "/?porteur=public")[0].endswith("en Normandie, porteur public")


def test_before_the_baseline_there_is_nothing_to_be_late_for(layout: Layout) -> None:
    assert texts(layout, "/?au=2018-01-31")[1] == "Arrêté au 31 janvier 2018."
