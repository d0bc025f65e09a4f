"""The finder, its document for other sites and its open data: what is public, what is not, and who may embed it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from dashboard.elements import tags
from dashboard.elements.html import to_html
from dashboard.exports.open_data import PUBLIC_FILES, public_path
from dashboard.requests.page_request import Installation
from dashboard.urls import COMMUNE_SEARCH_PATH, EMBED_PATH, FINDER_MAP_PATH, FINDER_PATH
from dashboard.web.factory import create_app
from data.queries.public_places import PUBLIC_DATASETS
from data.schema import is_live, mediation_place
from data.selection import Selection
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_file
from tests.conftest import TODAY, NewEngine
from tests.dashboard.reading import html_in, layout_of
from tests.etl.deliveries import deliver

pytestmark = pytest.mark.any_engine

# Written out, and not read from the declarations: a column added there must be added here, by someone who thinks of it.
PUBLIC = {
    "tiers-lieux-labellises": (
        "identifiant nom typologies commune code_insee intercommunalite departement type_porteur labellise_depuis "
        "date_ouverture postes debit_mbps haut_debit salle_reunion espace_convivialite outils_mutualises "
        "longitude latitude position"
    ),
    "lieux-mediation-numerique": (
        "id pivot nom commune code_postal code_insee adresse latitude longitude typologie site_web source date_maj "
        "services publics_specifiquement_adresses frais_a_charge"
    ),
}
SECRET = "Jeanne Secrète"
PLACE = {
    "id_lieu": "TL-02",
    "nom": "<b>Le Zéphyr</b>",
    "code_insee": "50147",
    "porteur": SECRET,
    "type_porteur": "privé",
    "forme_juridique": "Entreprise individuelle",
    "siret": "43493312300029",
    "typologie": "coworking|fablab",
    "date_ouverture": "01/02/2018",
    "debit_mbps": "30",
    "salle_reunion": "oui",
    "espace_convivialite": "non",
    "remarque_interne": SECRET,
}
AWARD = {
    "id_lieu": "TL-02",
    "etape": "labellisé",
    "date": "18/03/2019",
    "reference_decision": "CP-secrète",
    "commentaire": SECRET,
}
VISITS = {"id_lieu": "TL-02", "debut": "01/04/2019", "fin": "30/04/2019", "unite": "visites", "valeur": "98765"}
FILES = [public_path(dataset, file) for dataset in PUBLIC_DATASETS for file in PUBLIC_FILES]
JUNK = ("commune=99999", "commune=50502&commune=x", "ville=%00", "ville=" + "a" * 3_000, "ville=Strasbourg",
        "services=rien,salle-reunion", "services=%ff", "ville=%3Cscript%3E", "commune=%00&dep=99&au=demain&zzz=1",
        "a" * 5_000)  # fmt: skip


@pytest.fixture(scope="module")
def secretive(new_engine: NewEngine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """One labelled place of a sole trader, with everything that may not be published."""
    folder = tmp_path_factory.mktemp("secretive")
    with new_engine() as engine:
        for name, row in (("places.csv", PLACE), ("labels.csv", AWARD), ("attendance.csv", VISITS)):
            assert deliver(engine, folder / name, [row]).accepted == 1, name
        client = create_app(engine, lambda: TODAY).server.test_client()
        client.get("/")
        yield client


def rows_of(client: FlaskClient, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.data.decode())))


def test_only_the_declared_columns_get_out(client: FlaskClient) -> None:
    for dataset in PUBLIC_DATASETS:
        headers = PUBLIC[dataset.slug].split()
        paths = dict(
            zip(("csv", "geojson", "schema"), (public_path(dataset, file) for file in PUBLIC_FILES), strict=True)
        )
        rows = rows_of(client, paths["csv"])
        assert list(rows[0]) == headers
        collection = json.loads(client.get(paths["geojson"]).data)
        assert len(collection["features"]) == len(rows) > 30
        for feature in collection["features"]:
            assert {*feature["properties"], "longitude", "latitude"} == set(headers)
        schema = json.loads(client.get(paths["schema"]).data)
        assert [field["name"] for field in schema["fields"]] == headers
        assert all(field["description"].endswith(".") for field in schema["fields"])
        selected = dataset.rows(Selection((), None, TODAY)).selected_columns.keys()
        assert selected == [column.name for column in dataset.columns]


@pytest.mark.parametrize("address", [*FILES[:3], EMBED_PATH, f"{EMBED_PATH}?commune=50502", FINDER_MAP_PATH])
def test_nothing_of_a_person_gets_out(secretive: FlaskClient, address: str) -> None:
    text = secretive.get(address).data.decode()
    for secret in (SECRET, "Secr", PLACE["siret"], PLACE["siret"][:9], "98765", "98 765", "secrète"):
        assert secret not in text.replace("\u202f", " "), secret


def test_nothing_of_a_person_is_on_the_page(secretive: FlaskClient) -> None:
    text = layout_of(secretive, f"{FINDER_PATH}?commune=50502")
    assert "Le Zéphyr" in text
    assert SECRET not in text
    assert "98765" not in text.replace("\u202f", "")


def test_files_are_typed_as_their_schema_says(secretive: FlaskClient) -> None:
    (row,) = rows_of(secretive, FILES[0])
    assert row["typologies"] == "coworking|fablab"
    assert (row["date_ouverture"], row["labellise_depuis"]) == ("2018-02-01", "2019-03-18")
    assert (row["salle_reunion"], row["espace_convivialite"], row["outils_mutualises"]) == ("true", "false", "")
    assert (float(row["debit_mbps"]), row["haut_debit"]) == (30, "true")
    (feature,) = json.loads(secretive.get(FILES[1]).data)["features"]
    assert feature["geometry"]["coordinates"] == [float(row["longitude"]), float(row["latitude"])]
    assert feature["properties"]["salle_reunion"] is True
    assert feature["properties"]["outils_mutualises"] is None
    fields = {field["name"]: field["type"] for field in json.loads(secretive.get(FILES[2]).data)["fields"]}
    assert (fields["date_ouverture"], fields["salle_reunion"], fields["postes"]) == ("date", "boolean", "integer")


def test_open_data_are_read_from_any_site_and_say_that_they_are_invented(client: FlaskClient) -> None:
    for path in FILES:
        answer = client.get(path)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "demonstration" in answer.headers["Content-Disposition"]
    assert "inventés" in json.loads(client.get(FILES[1]).data)["avertissement"]
    assert "inventés" in json.loads(client.get(FILES[2]).data)["description"]
    assert "Données de démonstration" in client.get(EMBED_PATH).text


def test_the_loader_reads_the_mediation_places_again(client: FlaskClient, engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "epn.csv"
    path.write_bytes(client.get(FILES[3]).data)
    report = load_file(engine, path, LoadOptions(TODAY))
    rows = rows_of(client, FILES[3])
    assert (report.source, report.accepted, report.problems) == ("mediation-places", len(rows), ())
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).where(is_live(mediation_place))) == len(rows)


def test_mediation_columns_are_those_of_the_national_format(shared: Path) -> None:
    standard = json.loads((shared / "data/schemas/lamednum_standard-mediation-num_1.0.1.json").read_text("utf-8"))
    names = [field["name"] for field in standard["fields"]]
    ours = PUBLIC["lieux-mediation-numerique"].split()
    assert ours == [name for name in names if name in ours]
    required = {field["name"] for field in standard["fields"] if field.get("constraints", {}).get("required")}
    assert required <= set(ours)


@pytest.mark.parametrize("query", JUNK)
def test_junk_is_a_visible_notice(client: FlaskClient, query: str) -> None:
    embedded = client.get(f"{EMBED_PATH}?{query}")
    assert embedded.status_code == 200
    assert client.get(f"{FINDER_MAP_PATH}?{query}").status_code == 200
    page = layout_of(client, f"{FINDER_PATH}?{query}")
    assert '"type":"H1"' in page
    assert 'class="notice"' in embedded.text
    assert '"className":"notice"' in page
    assert "<script" not in embedded.text


def test_a_typed_name_is_found_or_offers_a_choice(client: FlaskClient) -> None:
    assert "À Saint-Lô (Manche) même" in client.get(f"{EMBED_PATH}?ville=ST LO").text
    choice = client.get(f"{EMBED_PATH}?ville=saint aubin sur mer&services=salle-reunion").text
    links = re.findall(r'href="([^"]*commune=[^"]*)"', choice)
    assert {"14562", "76564"} <= set(re.findall(r"commune=(\d+)", " ".join(links)))
    assert all("services=salle-reunion" in link for link in links)
    assert (
        "Saint-Pierre-en-Auge (Calvados)" in client.get(f"{EMBED_PATH}?commune=14010").text
    )  # merged into another since


def test_the_search_of_communes_answers_as_json(client: FlaskClient) -> None:
    found = client.get(f"{COMMUNE_SEARCH_PATH}?q=saint-lo").json
    assert found[0] == {"code": "50502", "label": "Saint-Lô (Manche)", "other": ""}
    assert client.get(COMMUNE_SEARCH_PATH).json == []


class Links(HTMLParser):
    """The elements of a document, and whether each is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes.append((tag, dict(attrs)))
        if tag not in {"img", "input", "meta", "link"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("query", ["", "commune=50502", "commune=50502&dep=61&services=salle-reunion", "au=2016-01-01"])
def test_the_embedded_document_runs_no_script_and_asks_nothing_of_others(secretive: FlaskClient, query: str) -> None:
    document = Links(secretive.get(f"{EMBED_PATH}?{query}").text)
    assert document.open == []
    for tag, attributes in document.attributes:
        assert tag != "script"
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        for name in ("src", "action"):
            assert (attributes.get(name) or "/").startswith("/")
        href = attributes.get("href") or ""
        if tag == "a" and href.startswith("http"):
            assert href.startswith("https://www.openstreetmap.org/")
            assert attributes["rel"] == "noopener noreferrer"
        assert tag != "a" or not href.startswith("/lieux")  # the sheet may be behind a password


def test_only_the_named_sites_may_embed_the_map(demo_engine: Engine) -> None:
    origins = ("https://www.normandie.fr", "https://*.exemple.fr")
    closed = create_app(demo_engine, lambda: TODAY).server.test_client()
    opened = create_app(demo_engine, lambda: TODAY, Installation("https://tl.fr", embed_origins=origins)).server
    client = opened.test_client()
    client.get("/", base_url="https://tl.fr")
    answer = client.get(EMBED_PATH, base_url="https://tl.fr")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors https://www.normandie.fr https://*.exemple.fr")
    assert "script-src" not in policy
    assert "X-Frame-Options" not in answer.headers
    for address in (FINDER_PATH, "/", "/rien", "/lieux"):
        headers = client.get(address, base_url="https://tl.fr").headers
        assert headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")
        assert headers["X-Frame-Options"] == "DENY"
    headers = closed.get(EMBED_PATH).headers
    assert headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    assert headers["X-Frame-Options"] == "DENY"
    page = html_in(client.get(FINDER_PATH, base_url="https://tl.fr").text)
    assert "https://tl.fr/integrer/carte" in page
    assert "www.normandie.fr et *.exemple.fr" in page


def test_a_label_that_was_never_loaded_is_unknown_and_not_empty(engine: Engine, tmp_path: Path) -> None:
    assert deliver(engine, tmp_path / "places.csv", [PLACE]).accepted == 1
    client = create_app(engine, lambda: TODAY).server.test_client()
    client.get("/")
    missing = "Registre du label non chargé"
    assert missing in client.get(EMBED_PATH).text
    assert missing in layout_of(client, FINDER_PATH)
    assert "finder-town" not in layout_of(client, FINDER_PATH)  # nothing to look for
    for path in FILES[:3]:
        answer = client.get(path)
        assert answer.status_code == 404
        assert missing in answer.json["error"]


def test_states_without_a_place_say_where_and_when(secretive: FlaskClient) -> None:
    def text(query: str) -> str:
        return re.sub(r"<[^>]*>", "", secretive.get(f"{EMBED_PATH}?{query}").text).replace("\u202f", " ")

    assert "Aucun tiers-lieu labellisé en Normandie au 31 décembre 2018" in text("au=2018-12-31")
    assert "Aucun tiers-lieu labellisé dans l’Orne" in text("dep=61")
    far = text("commune=76217")  # Dieppe: Coutances is far
    assert "Aucun tiers-lieu labellisé à moins de 50 km de Dieppe (Seine-Maritime)" in far
    assert "1 lieu à plus de 50 km" in far
    unknown = text("services=outils-mutualises")
    assert "Aucun tiers-lieu labellisé avec outils mutualisés" in unknown
    assert "1 autre lieu labellisé ne dit pas s’il en dispose" in unknown


def test_html_is_escaped() -> None:
    element = tags.A(
        ["<&>", None, tags.Input(defaultValue='"', disabled=True, hidden=False)], href='x"y', aria_label="é"
    )
    assert to_html(element) == ('<a href="x&quot;y" aria-label="é">&lt;&amp;&gt;<input value="&quot;" disabled></a>')
    with pytest.raises(TypeError):
        to_html(tags.Slot("name", lambda: None))  # type: ignore[arg-type,return-value]
