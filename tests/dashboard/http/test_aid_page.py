"""The page of aid: what its title says, what is said apart, what stays empty."""

import json
from collections.abc import Callable

import pytest

from tests.dashboard.reading import components_by_id, text_of


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
def test_title_gives_voted_amount_and_files(layout: Callable[[str], str], query: str, title: str) -> None:
    drawn = dict(components_by_id(json.loads(layout(f"/aides?{query}"))))
    assert text_of(drawn["headline"]).endswith(title)


def test_proposals_are_not_counted_as_voted(layout: Callable[[str], str]) -> None:
    shown_text = plain(layout("/aides"))
    assert "2 propositions pour 22 500 €, non comptées comme votées" in shown_text
    assert "ne vaut pas compte administratif" in shown_text
    assert "aucune proposition d’aide" in plain(layout("/aides?au=2016-06-01"))


def test_envelope_ignores_territory_filters(layout: Callable[[str], str]) -> None:
    shown_text = plain(layout("/aides?du=2020-05-01"))
    assert "une enveloppe vaut pour l’année entière" in shown_text
    assert "des CP mandatés" not in shown_text


@pytest.mark.parametrize("query", ["dep=61", "porteur=prive&typologie=fablab", "epci=200065597"])
def test_envelope_under_a_filter_is_that_of_the_whole_region(layout: Callable[[str], str], query: str) -> None:
    shown_text = plain(layout(f"/aides?{query}"))
    assert "Toute la Région, exercice 2020" in shown_text
    assert "Enveloppe 2020 votée, toute la Région" in shown_text
