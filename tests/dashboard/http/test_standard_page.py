"""The service standard on screen: the page, the sheet of a place, and what is said when a source is missing."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.components.chart_card import LOAD_HELP
from dashboard.web.factory import create_app
from data.engine import writing
from data.schema import load
from etl.loading.rollback import roll_back
from etl.rollups import refresh
from tests.conftest import TODAY
from tests.dashboard.reading import components_by_id, layout_of, text_of
from tests.etl.deliveries import PLACES, deliver

Layout = Callable[[str], str]
CRITERIA = (
    {"critere": "debit", "libelle": "Débit", "colonne": "debit_mbps", "seuil": "30", "depuis": "01/01/2019"},
    {"critere": "accueil", "libelle": "Accueil", "colonne": "déclaré"},
    {"critere": "the", "libelle": "Thé offert", "colonne": "déclaré", "obligatoire": "non"},
)
FAST = {**PLACES[0], "debit_mbps": "100", "postes": "12"}
SLOW = {**PLACES[1], "debit_mbps": "29"}
AWARDS = [{"id_lieu": code, "etape": "labellisé", "date": "01/02/2020"} for code in ("TL-01", "TL-02", "TL-03")]
DECLARATIONS = [
    {"id_lieu": "TL-01", "critere": "accueil", "date": "01/02/2020", "constat": "respecté", "source": "visite"},
    {"id_lieu": "TL-02", "critere": "accueil", "date": "01/03/2020", "constat": "respecté"},
    {"id_lieu": "TL-01", "critere": "debit", "date": "01/04/2020", "constat": "manquant", "source": "avis ancien"},
]


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\xa0", " ").replace("\\u002f", "/")


def texts(layout: Layout, address: str) -> dict[str, str]:
    return {name: text_of(props.get("children")) for name, props in components_by_id(json.loads(layout(address)))}


@pytest.fixture
def send(engine: Engine, tmp_path: Path) -> Callable[[str, Sequence[Mapping[str, object]]], None]:
    def send_(name: str, rows: Sequence[Mapping[str, object]]) -> None:
        assert deliver(engine, tmp_path / f"{name}.csv", rows).rejected == 0

    return send_


def shown(engine: Engine, address: str) -> str:
    client: FlaskClient = create_app(engine, lambda: TODAY).server.test_client()
    assert client.get(address).status_code == 200
    return plain(text_of(json.loads(layout_of(client, address))))


@pytest.mark.parametrize(
    ("query", "headline"),
    [
        (
            "au=2020-12-31",
            "17 lieux labellisés sur les 24 dont tous les critères obligatoires sont renseignés respectent le "
            "standard ; critères obligatoires qui manquent le plus : "
            "« Espace de convivialité » et « Salle de réunion »",
        ),
        (
            "dep=61&au=2020-12-31",
            "Dans l’Orne, les 2 lieux labellisés dont tous les critères obligatoires sont renseignés respectent "
            "le standard",
        ),
        ("au=2018-09-09", "Aucun critère obligatoire du standard n’est en vigueur à cette date"),
        ("au=2012-01-01&dep=61", "Dans l’Orne, aucun lieu labellisé à cette date"),
    ],
)
def test_headline(layout: Layout, query: str, headline: str) -> None:
    assert plain(texts(layout, f"/standard?{query}")["headline"]) == headline


def test_the_tile_counts_the_rows_of_the_list(layout: Layout) -> None:
    drawn = texts(layout, "/standard?dep=76,50&du=2019-01-01&au=2020-12-31")
    number = drawn["tile-value-labels-a-verifier"]
    assert int(number) > 1
    assert drawn["list-count-labels-a-verifier"].startswith(f"{number} étapes à vérifier")


def test_a_date_before_the_standard_says_so(layout: Layout) -> None:
    drawn = texts(layout, "/standard?au=2018-09-09")
    assert int(drawn["tile-value-lieux-labellises"]) > 10
    for slug in ("standard-respecte", "lieux-labellises"):
        assert "Aucun critère obligatoire du standard n’est en vigueur" in drawn[f"tile-status-{slug}"]
    assert drawn["tile-value-labels-a-verifier"] == "0"
    for name in ("criteres-du-standard", "standard-par-departement"):
        finding = plain(drawn[f"finding-{name}"])
        assert finding == "Aucun critère obligatoire du standard n’est en vigueur à cette date"


def test_the_page_is_linked_from_the_label_the_network_and_the_sheet(layout: Layout) -> None:
    for page in ("/label", "/reseau"):
        assert '"href":"/standard?dep=61"' in plain(layout(f"{page}?dep=61"))
    assert '"href":"/standard?au=2019-12-31"' in plain(layout("/lieux/DEMO-07?au=2019-12-31"))


def test_a_sheet_tells_each_criterion_once_with_its_source(
    engine: Engine, send: Callable[[str, Sequence[Mapping[str, object]]], None]
) -> None:
    send("standards", CRITERIA)
    send("places", [FAST, SLOW, PLACES[2]])
    send("labels", AWARDS)
    send("standard-declarations", DECLARATIONS)
    sheet = shown(engine, "/lieux/TL-01?au=2020-12-31")
    assert "2 critères obligatoires sur 2 sont respectés." in sheet
    assert "respecté (100 Mbit/s, 30 Mbit/s au moins)" in sheet
    assert sheet.count("100 Mbit/s") == 1
    assert "visite : standard-declarations.csv, ligne 2" in sheet
    assert "Thé offert (facultatif)" in sheet
    assert "Postes" in sheet
    assert "avis ancien" not in sheet, "the register prevails"
    slow = shown(engine, "/lieux/TL-02?au=2020-02-15")
    assert "0 critère obligatoire sur 2 est respecté, 1 manque, 1 est inconnu." in slow
    early = shown(engine, "/lieux/TL-01?au=2018-12-31")
    assert "Sans label au 31 décembre 2018, ce lieu n’y est pas tenu." in early
    assert "100 Mbit/s" in early, "no criterion in force tells it yet: the register does"
    checks = shown(engine, "/standard?au=2020-12-31")
    assert "2 étapes à vérifier" in checks
    assert "Débit Accueil" in checks, "what is missing, then what is unknown"


def test_without_declarations_the_register_still_counts(
    engine: Engine, send: Callable[[str, Sequence[Mapping[str, object]]], None]
) -> None:
    send("standards", CRITERIA)
    send("places", [FAST, SLOW])
    send("labels", AWARDS[:2])
    page = shown(engine, "/standard?au=2020-12-31")
    unknown = "Aucun lieu labellisé dont tous les critères obligatoires sont renseignés : relevés"
    assert page.count(f"{unknown} du standard de service non chargés") >= 2, "the headline and the chart"
    assert LOAD_HELP in page
    assert "sous ce standard, relevés du standard de service non chargés" in page
    assert "Relevés du standard de service non chargés." in shown(engine, "/lieux/TL-01?au=2020-12-31")
    send("standards", [CRITERIA[0], {**CRITERIA[1], "obligatoire": "non"}, CRITERIA[2]])
    share = "1 lieu labellisé sur les 2 dont tous les critères obligatoires sont renseignés respecte le standard"
    assert share in shown(engine, "/standard?au=2020-12-31")


def test_a_standard_rolled_back_is_unknown_everywhere(
    engine: Engine, send: Callable[[str, Sequence[Mapping[str, object]]], None]
) -> None:
    send("places", [FAST])
    send("labels", AWARDS[:1])
    with writing(engine) as connection:
        packaged = connection.execute(load.select().where(load.c.source == "standards")).mappings().one()
        refresh(connection, roll_back(connection, packaged["load_id"]), TODAY)
    assert "Standard de service non chargé" in shown(engine, "/standard?au=2020-12-31")
    sheet = shown(engine, "/lieux/TL-01?au=2020-12-31")
    assert "Standard de service non chargé." in sheet
    assert "100 Mbit/s" in sheet
