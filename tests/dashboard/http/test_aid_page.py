"""The page of aid: what its title says, what is said apart, what stays empty."""

import json
from collections.abc import Callable

import pytest

from tests.dashboard.reading import named, words


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\\u002f", "/")


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "649 791 € votés pour 59 dossiers en Normandie, 7 à vérifier"),
        ("porteur=prive", "(porteur : privé)"),
        ("au=2016-06-01", "Aucune aide votée au titre des leviers en Normandie jusqu’au 1er juin 2016"),
    ],
)
def test_title(layout: Callable[[str], str], query: str, title: str) -> None:
    drawn = dict(named(json.loads(layout(f"/aides?{query}"))))
    assert words(drawn["headline"]).endswith(title)


def test_proposals_are_said_apart(layout: Callable[[str], str]) -> None:
    said = plain(layout("/aides"))
    assert "2 propositions pour 22 500 €, non comptées comme votées" in said
    assert "ne vaut pas compte administratif" in said
    assert "aucune proposition d’aide" in plain(layout("/aides?au=2016-06-01"))


def test_an_envelope_is_never_cut(layout: Callable[[str], str]) -> None:
    said = plain(layout("/aides?du=2020-05-01"))
    assert "une enveloppe vaut pour l’année entière" in said
    assert "des CP mandatés" not in said


@pytest.mark.parametrize("query", ["dep=61", "porteur=prive&typologie=fablab", "epci=200065597"])
def test_an_envelope_under_a_filter_is_that_of_the_whole_region(layout: Callable[[str], str], query: str) -> None:
    said = plain(layout(f"/aides?{query}"))
    assert "Toute la Région, exercice 2020" in said
    assert "Enveloppe 2020 votée, toute la Région" in said
