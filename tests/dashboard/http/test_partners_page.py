"""The page of partners as it is first shown: demonstration, a territory, a partner, nothing at all."""

import json
from collections.abc import Callable

import pytest

from tests.dashboard.reading import components_by_id, text_of

Layout = Callable[[str], str]


def texts(layout: Layout, address: str) -> dict[str, str]:
    """The words of each component that has an id, with ordinary spaces."""
    return {name: text_of(props.get("children")) for name, props in components_by_id(json.loads(layout(address)))}


def test_the_whole_region_has_its_headline(layout: Layout) -> None:
    shown_text = texts(layout, "/partenaires?au=2020-12-31")
    assert shown_text["headline"] == "140 actions des partenaires en Normandie ; 41 intercommunalités sur 69 en ont eu"
    assert "Réseau des EPN : 41 lieux, jamais ajoutés aux tiers-lieux." in shown_text["headline-lines"]
    assert shown_text["list-count-jamais-touchees"] == "28 intercommunalités sans aucune action, page 1 sur 3"


@pytest.mark.parametrize(
    ("query", "expected_text"),
    [
        ("dep=61", "16 actions des partenaires dans l’Orne ; 9 intercommunalités sur 15 en ont eu"),
        (
            "partenaire=tes",
            "2 actions des partenaires en Normandie ; 1 intercommunalité sur 69 en a eu (partenaire : Pôle TES)",
        ),
        ("au=2012-01-01", "Aucune action des partenaires en Normandie"),
        ("epci=200066827", "5 actions des partenaires dans la CC du Pays de Honfleur-Beuzeville"),
    ],
)
def test_filters_are_named_in_the_headline(layout: Layout, query: str, expected_text: str) -> None:
    assert texts(layout, f"/partenaires?{query}")["headline"] == expected_text


def test_no_activity_has_its_own_headline(layout: Layout) -> None:
    assert texts(layout, "/partenaires?dep=61&au=2005-01-01")["headline"].startswith("Aucune action des partenaires")
    shown_text = texts(layout, "/partenaires?dep=61&epci=200023414")
    assert "n’a aucune commune dans l’Orne" in shown_text["headline"]
    assert shown_text["tile-value-participations"] == "0"
    assert shown_text["tile-value-epci-touches"] == "—"


def test_places_and_territories_are_linked(layout: Layout) -> None:
    assert '"href":"/territoires/2' in layout("/partenaires").replace("\\u002f", "/")
    assert '"href":"/lieux/DEMO-' in layout("/agenda").replace("\\u002f", "/")
    assert "@" not in texts(layout, "/agenda")["list-body-agenda"]
