"""The page of partners as it is first shown: demonstration, a territory, a partner, nothing at all."""

import json
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.dashboard.reading import components_by_id, text_of

Layout = Callable[[str], str]


def texts(layout: Layout, address: str) -> dict[str, str]:
    """The words of each component that has an id, with ordinary spaces."""
    return {name: text_of(props.get("children")) for name, props in components_by_id(json.loads(layout(address)))}


def test_the_whole_region_has_its_headline(layout: Layout) -> None:
    shown_text = texts(layout, "/partenaires?au=2020-12-31")
    assert shown_text["headline"] == "140 actions des partenaires en Normandie ; 41 intercommunalités sur 69 en ont eu"
    assert "Réseau des EPN : 41 lieux, jamais ajoutés aux tiers-lieux." in shown_text["headline-lines"]
    assert shown_text["list-count-jamais-touchees"].startswith(
        "28 intercommunalités sans aucune action, page 1 sur 3 Imprimé ici : 10 "
    )


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


def test_who_is_under_an_agreement_in_a_territory_and_what_they_did(layout: Layout) -> None:
    shown_text = texts(layout, "/partenaires?dep=61&du=2020-01-01&au=2020-12-31")
    assert (
        "Dans l’Orne, 2 partenaires sous convention au 31 décembre 2020 : Aract Normandie et Pôle ATEN ; "
        "Pôle TES et Composantes universitaires sont approchés." in shown_text["headline-lines"]
    )
    rows = shown_text["list-body-partenaires"]
    assert rows.index("Aract Normandie Détails sous convention") < rows.index("Pôle TES Détails approché 10/09/2018")
    assert "toute la Région en entier" in rows
    assert shown_text["finding-couverture-conventions"].startswith("Dans l’Orne, Pôle ATEN n’a mené aucune action")
    before = texts(layout, "/partenaires?dep=76&au=2019-06-30")
    assert "1 partenaire sous convention au 30 juin 2019 : Aract Normandie ;" in before["headline-lines"]
    assert "Calvados, Manche, Orne non" in before["list-body-partenaires"]


@pytest.mark.parametrize(
    ("address", "expected_texts"),
    [
        ("aract?au=2020-12-31", ("Sous convention jusqu’au 31/12/2020.", "Rencontres préalables, avis sur le label")),
        ("aten?au=2022-06-01", ("Convention échue le 31/12/2021.", "Calvados, Manche et Orne", "échue")),
        ("tes", ("Approché depuis le 10/09/2018.", "Aucune convention n’a commencé à cette date.")),
        ("tes?dep=61", ("Dans l’Orne, aucune action jusqu’au 31 décembre 2020.",)),
        ("universites?au=2017-01-01", ("Partenaire à compter du 10/09/2018.",)),
        ("aract?dep=50&au=2020-12-31", ("Dans la Manche, sous convention jusqu’au 31/12/2020.",)),
        ("aten?dep=76&au=2019-06-30", ("Sous convention jusqu’au 31/12/2019, mais pas en Seine-Maritime.",)),
        ("aract?partenaire=tes", ("Sous convention jusqu’au 31/12/2020.",)),  # the path decides
    ],
)
def test_the_sheet_of_a_partner(layout: Layout, address: str, expected_texts: tuple[str, ...]) -> None:
    shown_text = text_of(json.loads(layout(f"/partenaires/{address}")))
    assert all(text in shown_text for text in expected_texts)


def test_an_unknown_partner_is_a_404_that_says_so(client: FlaskClient) -> None:
    response = client.get("/partenaires/inconnu")
    assert response.status_code == 404
    assert "Aucun partenaire de la Région ne porte ce code." in response.text


def test_places_and_territories_are_linked(layout: Layout) -> None:
    assert '"href":"/territoires/2' in layout("/partenaires").replace("\\u002f", "/")
    assert '"href":"/lieux/DEMO-' in layout("/agenda").replace("\\u002f", "/")
    assert "@" not in texts(layout, "/agenda")["list-body-agenda"]
