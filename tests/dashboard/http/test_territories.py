"""The pages of territories: what they say, for whom, and what they never say."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard import ids
from dashboard.pages.territories.territory import territory_level, territory_names
from tests.dashboard.http.conftest import Callback
from tests.dashboard.reading import components_by_id, text_of

pytestmark = pytest.mark.fewer_on_postgresql(4)

HONFLEUR, HAUTS_DU_PERCHE, LONG = "200066827", "200068856", "200069722"
DREUX = "200040277"  # with its seat outside Normandie
SHEETS = ("normandie", "14", "61", HONFLEUR, HAUTS_DU_PERCHE, LONG)
QUERIES = ("", "?dep=50&porteur=prive", "?au=2017-03-01", "?typologie=coworking&du=2019-01-01", "?au=2005-01-01")
Layout = Callable[[str], str]


def _part(text: str, id_: str) -> dict[str, Any]:
    return next(props for name, props in components_by_id(json.loads(text)) if name == id_)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("address", ["/territoires", *(f"/territoires/{code}" for code in SHEETS)])
def test_every_page_answers_any_selection(client: FlaskClient, layout: Layout, address: str, query: str) -> None:
    assert client.get(f"{address}{query}").status_code == 200
    text = layout(f"{address}{query}")
    assert text.count('"type":"H1"') == 1
    assert "Page introuvable" not in text


@pytest.mark.parametrize("code", ["99", "1", "orne", "Normandie", "123456789", "200066827x", "-", "61/lignes"])
def test_a_territory_that_does_not_exist_is_a_404(client: FlaskClient, code: str) -> None:
    assert client.get(f"/territoires/{code}").status_code == 404


def test_every_territory_has_a_sheet_of_its_own_name(client: FlaskClient) -> None:
    assert len(territory_names()) == 1 + 5 + 71
    assert {territory_level(code) for code in territory_names()} == {"", "dep", "epci"}
    titles = {re.findall("<title>(.*?)</title>", client.get(f"/territoires/{code}").text)[0] for code in SHEETS}
    assert len(titles) == len(SHEETS)


def test_a_sheet_is_that_of_its_path_whatever_territory_the_address_also_names(layout: Layout) -> None:
    for code in ("61", HONFLEUR):
        plain, other = (layout(f"/territoires/{code}{query}") for query in ("", "?dep=76&epci=200023414"))
        for id_ in (ids.HEADLINE, ids.HEADLINE_LINES, "sheet-places", "sheet-around"):
            assert text_of(_part(plain, id_)["children"]) == text_of(_part(other, id_)["children"])
    assert _part(layout("/territoires/61"), ids.filter_box("dep"))["hidden"]
    assert "hidden" not in _part(layout("/territoires"), ids.filter_box("dep"))


def test_only_the_region_is_compared_with_the_voted_target(layout: Layout) -> None:
    def shown_text(code: str) -> str:
        return text_of(_part(layout(f"/territoires/{code}"), ids.HEADLINE_LINES)["children"])

    assert "34 tiers-lieux labellisés sur 50 visés fin 2021" in shown_text("normandie")
    for code in ("61", HONFLEUR, HAUTS_DU_PERCHE):
        assert not re.search("visés|prévu|objectif|retard", shown_text(code))
    assert "Aucun tiers-lieu labellisé à ce jour." in shown_text(HAUTS_DU_PERCHE)
    assert "Département de 275 201 habitants, arrêté au 31 décembre 2020." in shown_text("61")


def test_filters_are_named_on_the_sheet(layout: Layout) -> None:
    assert "(porteur : privé)" in text_of(
        _part(layout("/territoires/61?porteur=prive"), ids.HEADLINE_LINES)["children"]
    )
    assert "(porteur : privé)" in text_of(_part(layout("/territoires?porteur=prive"), ids.HEADLINE)["children"])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?dep=61", "Dans l’Orne, 3 intercommunalités sur 15 ont un tiers-lieu labellisé"),
        (f"?epci={HAUTS_DU_PERCHE}", "Aucun tiers-lieu labellisé dans la CC des Hauts du Perche"),
        (f"?epci={HONFLEUR}", "Au moins un tiers-lieu labellisé dans la CC du Pays de Honfleur-Beuzeville"),
        ("?au=2005-01-01", "En Normandie, aucune des 69 intercommunalités n’a de lieu labellisé"),
        (
            "?epci=200040277",
            "Dans la CA Agglo du Pays de Dreux, aucune intercommunalité de la sélection n’a son siège en Normandie",
        ),
    ],
)
def test_the_headline_of_the_comparison(layout: Layout, query: str, expected: str) -> None:
    assert text_of(_part(layout(f"/territoires{query}"), ids.HEADLINE)["children"]) == expected


def test_the_sheet_of_a_departement_leads_to_its_intercommunalites_and_back(layout: Layout) -> None:
    around = json.dumps(_part(layout("/territoires/61?porteur=public"), "sheet-around"))
    assert f"/territoires/{HAUTS_DU_PERCHE}?porteur=public" in around
    back = json.dumps(_part(layout(f"/territoires/{HONFLEUR}"), "sheet-around"))
    assert {"14", "27", "normandie"} == set(re.findall(r"/territoires/(\w+)", back))


def test_a_change_of_filters_sends_what_the_sheet_shows(callback: Callable[[str], Callback]) -> None:
    found = callback(f"{ids.QUERY}.data").call(
        {
            f"{ids.LOCATION}.search": "?au=2018-12-31",
            f"{ids.LOCATION}.pathname": "/territoires/61",
            f"{ids.PAGE_PATH}.data": "/territoires/61",
            f"{ids.QUERY}.data": "",
        },
        f"{ids.LOCATION}.search",
    )
    assert found[f"{ids.HEADLINE}.children"] == "Orne"
    assert "31 décembre 2018" in text_of(found[f"{ids.HEADLINE_LINES}.children"])


def test_every_page_has_the_link_to_my_territory(layout: Layout) -> None:
    for address in ("/", "/indicateurs", "/territoires/61"):
        link = _part(layout(address), ids.MY_TERRITORY)
        assert link["href"] == "/territoires"
        assert text_of(link["children"]).startswith("Mon territoire")


def _tile_texts(text: str) -> str:
    return " ".join(text_of(props["children"]) for name, props in components_by_id(json.loads(text)) if "tile" in name)


def test_tiles_are_compared_with_the_region_and_the_territories_of_their_kind(layout: Layout) -> None:
    orne, honfleur, region = (_tile_texts(layout(f"/territoires/{code}")) for code in ("61", HONFLEUR, "normandie"))
    assert "Normandie" in orne
    assert "Médiane des 5 départements" in orne
    assert "intercommunalités" not in orne
    assert "Médiane des 69 intercommunalités" in honfleur
    assert "Médiane des 5 départements" in region
    assert "Médiane des 69 intercommunalités" in region
    assert "La Région vise 50 tiers-lieux labellisés fin 2021 ; ce territoire en compte 3" in orne
    assert "La Région vise" not in region
    assert "La Région visait 50" in _tile_texts(layout("/territoires/61?au=2022-06-30"))
    assert "pas d’objectif voté par type de porteur" in _tile_texts(layout("/territoires/61?porteur=prive")).lower()


def test_a_median_of_few_known_values_is_not_calculated(layout: Layout) -> None:
    text = _tile_texts(layout(f"/territoires/{HONFLEUR}?porteur=prive"))
    assert re.search(r"Médiane des intercommunalités ?non calculée, [0-2] valeurs? connues? sur 69", text), text


def test_what_changed_is_told_with_its_rows(layout: Layout) -> None:
    changes = _part(layout("/territoires/76"), "sheet-changes")
    text = text_of(changes["children"])
    assert "Du 1er janvier 2020 au 31 décembre 2020." in text
    assert re.search("4 lieux ont reçu le label : +Lieu de démonstration 34", text)
    assert "La Région a voté 73 330 € d’aides, contre 54 095 € les douze mois d’avant." in text
    rows = set(re.findall(r"/indicateurs/([a-z-]+)/lignes", json.dumps(changes)))
    assert rows == {"rythme-observe", "aides-votees", "actions-partenaires"}
    before = text_of(_part(layout("/territoires/61?au=2005-01-01"), "sheet-changes")["children"])
    assert "Rien de nouveau pour le label, les ouvertures et fermetures de lieux, les aides" in before


def test_similar_territories_lead_to_their_sheets(layout: Layout) -> None:
    similar = _part(layout(f"/territoires/{HONFLEUR}?porteur=prive"), "sheet-similar")
    codes = re.findall(r"/territoires/(\d{9})\?porteur=prive", json.dumps(similar))
    assert len(codes) == 3
    assert f"/comparer?porteur=prive&t={','.join((HONFLEUR, *codes))}" in json.dumps(similar)
    assert HONFLEUR not in codes
    assert "Territoires proches par leur population" in text_of(similar["children"])
    assert "ne se compare pas" in text_of(_part(layout(f"/territoires/{DREUX}"), "sheet-similar")["children"])
    region = layout("/territoires/normandie")
    assert "sheet-similar" not in region
    assert "/comparer?t=14,27,50,61,76" in region


def test_a_map_shows_where_the_territory_lies(layout: Layout) -> None:
    honfleur, orne = (
        json.dumps(json.loads(layout(f"/territoires/{code}")), ensure_ascii=False) for code in (HONFLEUR, "61")
    )
    assert "Carte de la Normandie\u202f: dans le Calvados et l’Eure" in honfleur
    assert "Carte de la Normandie\u202f: Orne, en Normandie" in orne
    assert "locator" not in layout("/territoires/normandie")
