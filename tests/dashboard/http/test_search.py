"""The one search: what it finds first, what it may not find, what it makes of any request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from dashboard.pages import PAGES
from dashboard.pages.search.results import KINDS, MAX_SUGGESTIONS, TERRITORY_KINDS
from dashboard.urls import SEARCH_API_PATH, SEARCH_PATH, TERRITORY_SEARCH_API_PATH
from dashboard.web.factory import create_app
from data.facts.privacy import MASKED_NAME
from data.i18n import fold
from data.indicators import INDICATORS
from data.reference import read_departements, read_epci
from data.schema import aid_file, commune, is_live, partner_version, place, place_version
from tests.conftest import TODAY, NewEngine
from tests.dashboard.reading import layout_of
from tests.etl.deliveries import deliver

pytestmark = pytest.mark.fewer_on_postgresql(6)

PERSON = "Jeanne Secrète"
HOSTILE = (
    "", "%", "_", "%25", "%00", "%ff%fe", "%ed%a0%80", "'", "' OR 1=1 --", '"', "\\", "1%27%3B+DROP+TABLE+aid", "*",
    "%3Cscript%3Ealert(1)%3C/script%3E", "a" * 3_900, "é" * 400, "%F0%9F%98%80", "%E2%80%AE", "%0d%0aX-Header:1",
    "st-" * 500, "1 " * 900, "{{7*7}}", "..%2f..%2f", "%F4%8F%BF%BF",
)  # fmt: skip


def results_of(client: FlaskClient, text: str, path: str = SEARCH_API_PATH, query: str = "") -> list[dict[str, Any]]:
    answer = client.get(f"{path}?q={quote(text)}{query}")
    assert answer.status_code == 200, answer.text
    return [{**one, "kind": group["kind"]} for group in answer.json["groups"] for one in group["results"]]


@pytest.mark.parametrize(
    ("text", "kind", "label", "path"),
    [
        ("st-lo", "commune", "Saint-Lô — Saint-Lô Agglo", "/territoires/200066389"),
        ("HEROUVILLE", "commune", "Hérouville-Saint-Clair — Caen la Mer", "/territoires/200065597"),
        ("octeville", "commune", "Cherbourg-en-Cotentin — Cotentin", "/territoires/200067205"),
        ("14200", "commune", "Hérouville-Saint-Clair — Caen la Mer", "/territoires/200065597"),
        ("Alençon", "commune", "Alençon — CU d’Alençon", "/territoires/246100663"),
        ("caen la mer", "intercommunalite", "CU Caen la Mer", "/territoires/200065597"),
        ("communauté urbaine d'alencon", "intercommunalite", "CU d’Alençon", "/territoires/246100663"),
        ("61", "departement", "Orne", "/territoires/61"),
        ("normandie", "departement", "Normandie", "/territoires/normandie"),
        ("demo-07", "lieu", "Lieu de démonstration 07 — Lisieux", "/lieux/DEMO-07"),
        ("aract", "partenaire", "Aract Normandie", "/partenaires/aract"),
        ("taux de reponse", "indicateur", "Taux de réponse", "/indicateurs/taux-reponse"),
        ("frequentation", "page", "Fréquentation", "/frequentation"),
        ("dossiers a verifier", "indicateur", "Dossiers à vérifier", "/indicateurs/dossiers-a-verifier"),
        ("tl20-070", "dossier", "TL20-070", "/indicateurs/aides-votees/lignes?q-lignes=TL20-070"),
        ("tl20-072", "dossier", "TL20-072", "/aides?q-propositions=TL20-072"),
        ("tl18-007", "dossier", "TL18-007", "/indicateurs/aides-complementaires/lignes?q-lignes=TL18-007"),
        ("porteur 02", "beneficiaire", "Porteur de démonstration 02", None),
    ],
)
def test_what_people_type_comes_first(client: FlaskClient, text: str, kind: str, label: str, path: str | None) -> None:
    first = results_of(client, text)[0]
    assert (first["kind"], first["label"]) == (kind, label)
    assert path in (first["href"], None)


def names_by_kind(engine: Engine) -> Iterator[tuple[str, str, str]]:
    """Each named thing of the demonstration: its kind, its name, and what its link must contain."""
    with engine.connect() as connection:
        for code, name in connection.execute(
            select(place.c.code, place_version.c.name)
            .join(place_version, place_version.c.place_id == place.c.place_id)
            .where(is_live(place_version))
        ):
            yield "lieu", name, code
        for code, label in connection.execute(
            select(partner_version.c.code, partner_version.c.label).where(is_live(partner_version))
        ):
            yield "partenaire", label, code
        for reference, name in connection.execute(select(aid_file.c.reference, aid_file.c.beneficiary)):
            yield "dossier", reference, reference
            if name != MASKED_NAME:
                yield "beneficiaire", name, name
    yield from (("intercommunalite", one.name, one.code) for one in read_epci())
    yield from (("departement", one.name, one.code) for one in read_departements())
    yield from (("indicateur", one.label, one.slug) for one in INDICATORS)
    yield from (("page", page.menu or page.title(""), page.path) for page in PAGES[:-1] if "<slug>" not in page.path)


def test_every_name_finds_its_thing_among_the_first(client: FlaskClient, demo_engine: Engine) -> None:
    for kind, name, code in dict.fromkeys(names_by_kind(demo_engine)):
        for text in (name, fold(name), name.upper().replace("-", " ")):
            links = [unquote(one["href"]) for one in results_of(client, text) if one["kind"] == kind]
            assert any(code in link for link in links), (kind, text, links)


def test_every_link_leads_to_what_it_names(client: FlaskClient) -> None:
    """A result of each kind, on a page that exists; the list behind an aid file shows it."""
    kinds = set()
    for text in ("caen", "orne", "demonstration", "aract", "tl20-0", "aides", "lieux", "porteur", "seine"):
        for result in results_of(client, text, query="&au=2020-06-30"):
            kinds.add(result["kind"])
            if result["kind"] in ("dossier", "beneficiaire"):
                assert result["label"] in layout_of(client, result["href"]), result
            else:
                assert "au=2020-06-30" in result["href"]
                assert client.get(result["href"]).status_code == 200, result
    assert kinds == {kind.key for kind in KINDS}


def test_suggestions_are_few_and_the_page_has_the_rest(client: FlaskClient) -> None:
    answer = client.get(f"{SEARCH_API_PATH}?q=saint").json
    assert sum(len(group["results"]) for group in answer["groups"]) <= MAX_SUGGESTIONS
    assert answer["total"] > 300
    text = layout_of(client, f"{SEARCH_PATH}?q=saint")
    assert f"{answer['total']} résultats pour «\u202fsaint\u202f»" in text
    assert "Les 25 premiers résultats sur" in text
    assert 'name":"q"' in text  # the form
    only = client.get(f"{SEARCH_API_PATH}?q=herouville+saint+clair").json
    assert only["total"] == sum(group["total"] for group in only["groups"])


def test_a_territory_is_stored_with_its_short_name(client: FlaskClient) -> None:
    found = results_of(client, "hérouville", TERRITORY_SEARCH_API_PATH)
    assert found[0]["territory"] == {"code": "200065597", "name": "CU Caen la Mer", "short": "Caen la Mer"}
    allowed = {kind.key for kind in TERRITORY_KINDS}
    for text in ("caen", "demo", "aides", "61", "normandie"):
        assert {one["kind"] for one in results_of(client, text, TERRITORY_SEARCH_API_PATH)} <= allowed
    assert all("territory" not in one for one in results_of(client, "demo-0"))


def test_links_keep_the_filters_but_the_sheet_of_a_territory_its_own(client: FlaskClient) -> None:
    query = "&dep=14&porteur=public"
    assert results_of(client, "falaise", query=query)[0]["href"] == "/territoires/241400514?porteur=public"
    assert results_of(client, "taux de réponse", query=query)[0]["href"].endswith("?dep=14&porteur=public")
    (part,) = [one for one in results_of(client, "dossiers à vérifier", query=query) if one["kind"] == "partie"][:1]
    assert part["href"] == "/aides?dep=14&porteur=public#list-title-dossiers-a-verifier"


def test_without_a_result_the_page_helps(client: FlaskClient) -> None:
    text = layout_of(client, f"{SEARCH_PATH}?q=Strasbourg%20%3Cb%3E")
    assert "Aucun résultat pour «\u202fStrasbourg <b>\u202f»" in text
    assert "Essayez un mot plus court" in text
    assert "Que cherchez-vous\u202f?" in layout_of(client, SEARCH_PATH)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_is_answered(client: FlaskClient, text: str) -> None:
    for path in (SEARCH_API_PATH, TERRITORY_SEARCH_API_PATH):
        answer = client.get(f"{path}?q={text}&dep=99&zzz=1")
        assert answer.status_code == 200
        assert len(answer.json["q"]) <= 80
        assert len(answer.json["notices"]) <= 3
        assert answer.headers["Cache-Control"] == "no-store"
    assert "<script>" not in client.get(f"{SEARCH_PATH}?q={text}").text.split("<footer class")[0]
    layout_of(client, f"{SEARCH_PATH}?q={text}")


def test_only_reading_is_allowed_and_the_first_text_counts(client: FlaskClient) -> None:
    assert client.post(f"{SEARCH_API_PATH}?q=caen").status_code == 405
    assert client.get(f"{SEARCH_API_PATH}?q=caen&q=rouen").json["q"] == "caen"
    assert client.get(SEARCH_API_PATH).json == {"q": "", "total": 0, "groups": []}


def test_a_person_is_not_found_and_what_is_not_loaded_is_said(
    new_engine: NewEngine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("search")
    place_row = {
        "id_lieu": "TL-02", "nom": "<b>Le Zéphyr</b>", "code_insee": "50147", "porteur": PERSON,
        "type_porteur": "privé", "forme_juridique": "Entreprise individuelle",
    }  # fmt: skip
    aid_row = {
        "reference": "EM-2019_7%", "dispositif": "emergence", "id_lieu": "TL-02", "beneficiaire": PERSON,
        "date_vote": "18/03/2019", "montant_vote": "1000",
    }  # fmt: skip
    with new_engine() as engine:
        client = create_app(engine, lambda: TODAY).server.test_client()
        assert set(client.get(f"{SEARCH_API_PATH}?q=zephyr").json["missing"]) == {"lieu", "dossier", "beneficiaire"}
        assert "Aucun tiers-lieu ne peut être trouvé" in layout_of(client, f"{SEARCH_PATH}?q=zephyr")
        assert deliver(engine, folder / "places.csv", [place_row]).accepted == 1
        assert deliver(engine, folder / "aids.csv", [aid_row]).accepted == 1
        assert [one["label"] for one in results_of(client, "zephyr")] == ["<b>Le Zéphyr</b>"]
        (found,) = results_of(client, "em-2019_7%")
        assert found["detail"].startswith("Entrepreneur individuel, ")
        assert [results_of(client, text) for text in ("Jeanne", "Secrète", "em-2019x", "entrepreneur")] == [[]] * 4
        with engine.connect() as connection:
            assert connection.scalar(select(commune.c.name).where(commune.c.code == "50147"))
