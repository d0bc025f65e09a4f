"""The page of the label: what its title dares to say, and the weight of a change."""

import json
from collections.abc import Callable

import pytest

from tests.dashboard.reading import components_by_id, text_of

LATE_WORDS = ("retard", "avance", "trajectoire vers")


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\\u002f", "/")


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "6 lieux de retard sur la trajectoire vers 50 fin 2021"),
        ("au=2018-09-10", "Le label est sur sa trajectoire vers 50 fin 2021"),
        ("au=2018-09-09", "17 tiers-lieux labellisés sur 50 visés fin 2021"),
        ("au=2021-12-31", "34 tiers-lieux labellisés sur 50 visés fin 2021"),
        ("au=2022-06-01", "34 lieux au 31/12/2021 pour 50 visés ; aucun objectif plus récent n’est enregistré"),
        ("dep=61", "3 tiers-lieux labellisés dans l’Orne, 4 en parcours"),
        ("porteur=prive", "8 tiers-lieux labellisés en Normandie, 2 en parcours (porteur : privé)"),
    ],
)
def test_title_compares_with_the_target(layout: Callable[[str], str], query: str, title: str) -> None:
    drawn = dict(components_by_id(json.loads(layout(f"/label?{query}"))))
    assert text_of(drawn["headline"]) == title


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("dep=61", "pour ce territoire"),
        ("porteur=prive", "par type de porteur"),
        ("typologie=coworking", "par typologie"),
        ("dep=14,50&epci=200065597", "pour plusieurs territoires à la fois"),
    ],
)
def test_without_a_voted_target_nothing_is_late(layout: Callable[[str], str], query: str, reason: str) -> None:
    shown_text = plain(layout(f"/label?{query}"))
    assert f"Pas d’objectif voté {reason}" in shown_text
    assert not any(word in shown_text for word in LATE_WORDS)
    assert "tile-late" not in shown_text


def test_pace_is_late_only_after_the_baseline(layout: Callable[[str], str]) -> None:
    assert layout("/label?au=2020-12-31").count('"className":"tile tile-late"') == 2
    assert "tile-late" not in layout("/label?au=2016-01-01")


def test_the_projection_is_named_projection(layout: Callable[[str], str]) -> None:
    shown_text = plain(layout("/label"))
    assert "Si ce rythme se maintenait : 41 lieux fin 2021 (intervalle à 80 % : 35 à 47)." in shown_text
    assert "Si ce rythme" not in plain(layout("/label?dep=61"))


def test_every_place_of_the_list_leads_to_its_sheet(layout: Callable[[str], str]) -> None:
    assert '"href":"/lieux/DEMO-49"' in plain(layout("/label"))
