"""The contract that scripts rely on, over a Région small enough to be counted by hand."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.web.factory import create_app
from data.reference import REFERENCE_FOLDER
from data.sources import SOURCES
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_files
from tests.conftest import TODAY, NewEngine
from tests.etl.deliveries import FIRST_LOAD
from tests.properties.contract_cases import BY, IGNORED, NORMANDIE, SAID, VALUES
from tests.properties.contract_world import FILES, write_files

pytestmark = [pytest.mark.without_coverage, pytest.mark.fewer_on_postgresql(4)]


@pytest.fixture(scope="module")
def world(new_engine: NewEngine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with new_engine() as engine:
        reports = load_files(engine, write_files(tmp_path_factory.mktemp("world")), LoadOptions(TODAY))
        assert {report.status for report in reports} == {"loaded"}
        yield engine


@pytest.fixture(scope="module")
def client(world: Engine) -> FlaskClient:
    client: FlaskClient = create_app(world, lambda: TODAY).server.test_client()
    client.get("/")
    return client


@pytest.mark.parametrize(
    ("slug", "query", "value"),
    [(slug, query, value) for slug, cases in VALUES.items() for query, value in cases.items()],
)
def test_an_indicator_has_the_expected_value(client: FlaskClient, slug: str, query: str, value: float | None) -> None:
    answer = client.get(f"/api/indicateurs/{slug}.json?{query}").json
    assert "notices" not in answer
    assert answer["value"] == (None if value is None else pytest.approx(value))
    assert ("reason" in answer) == (value is None)


@pytest.mark.parametrize(
    ("slug", "query", "parts"), [(slug, query, parts) for slug, cases in BY.items() for query, parts in cases.items()]
)
def test_a_breakdown_has_the_expected_values(
    client: FlaskClient, slug: str, query: str, parts: dict[str, float | None]
) -> None:
    answer = client.get(f"/api/indicateurs/{slug}.json?{query}").json
    if "par=dispositif" in query:
        answer["by"] = {key: value for key, value in answer["by"].items() if value or key in parts}
    assert answer["by"] == parts


@pytest.mark.parametrize(
    ("slug", "query", "value", "notice"),
    [(slug, query, *said) for slug, cases in IGNORED.items() for query, said in cases.items()],
)
def test_filters_without_effect_are_reported(
    client: FlaskClient, slug: str, query: str, value: float, notice: str
) -> None:
    answer = client.get(f"/api/indicateurs/{slug}.json?{query}").json
    assert (answer["value"], answer["notices"]) == (value, [notice])


@pytest.mark.parametrize(
    ("slug", "query", "words"), [(slug, query, words) for slug, cases in SAID.items() for query, words in cases.items()]
)
def test_omitted_places_are_in_the_note(client: FlaskClient, slug: str, query: str, words: str) -> None:
    answer = client.get(f"/api/indicateurs/{slug}.json?{query}").json
    assert answer["reason" if answer["value"] is None else "note"].startswith(words)


def test_the_default_day_is_that_of_the_last_fact(client: FlaskClient) -> None:
    assert client.get("/sante").json == {"status": "ok", "load": FIRST_LOAD - 1 + len(FILES), "as_of": "2023-07-31"}
    assert client.get("/api/indicateurs/visites.json").json["as_of"] == "2023-07-31"


def test_inhabitants_within_15_km(client: FlaskClient) -> None:
    with (REFERENCE_FOLDER / "communes.csv").open(encoding="utf-8") as file:
        communes = list(csv.DictReader(file, delimiter=";"))
    caen = next(one for one in communes if one["name"] == "Caen")
    near = sum(int(one["population"]) for one in communes if _kilometres(one, caen) <= 15)
    answer = client.get("/api/indicateurs/population-15km.json?au=2018-04-30").json
    assert answer["value"] == pytest.approx(near / NORMANDIE)


def _kilometres(one: dict[str, str], other: dict[str, str]) -> float:
    (lon, lat), (lon_, lat_) = ((math.radians(float(c["lon"])), math.radians(float(c["lat"]))) for c in (one, other))
    cosine = math.sin(lat) * math.sin(lat_) + math.cos(lat) * math.cos(lat_) * math.cos(lon - lon_)
    return 6371.0088 * math.acos(min(1.0, cosine))


JUNK = ("dep=99", "porteur=x", "du=hier", "au=2027-01-01", "truc=1", "du=2021-01-01&au=2020-01-01", "unite=litres")


@pytest.mark.parametrize("query", JUNK)
def test_invalid_url_queries_are_listed(client: FlaskClient, query: str) -> None:
    assert len(client.get(f"/api/indicateurs/visites.json?{query}").json["notices"]) == 1


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/indicateurs/lieux.json", 404),
        ("/api/indicateurs/lieux-labellises.json?par=dispositif", 400),
        ("/api/indicateurs/aides-votees.json?par=partenaire", 400),
        ("/api/indicateurs/epn.json?par=annee", 400),
        ("/exports/rien.csv", 404),
    ],
)
def test_unknown_addresses_are_refused(client: FlaskClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_a_dry_run_has_no_load_number(world: Engine, tmp_path: Path) -> None:
    (path := tmp_path / "targets.csv").write_text(
        "indicateur;echeance;valeur;source\nlieux-labellises;31/12/2027;80;délibération du test\n", encoding="utf-8"
    )
    [report] = load_files(world, [path], LoadOptions(TODAY, keep=False))
    assert (report.status, report.load) == ("loaded", None)


def test_a_file_like_no_other_is_refused_with_what_is_expected(world: Engine, tmp_path: Path) -> None:
    (path := tmp_path / "inconnu.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    [report] = load_files(world, [path], LoadOptions(TODAY))
    assert report.status == "refused"
    read, _names, expected = report.problems[0].message.partition("Sources possibles\u202f: ")
    assert "«\u202fa ; b\u202f»" in read
    names, _stop, columns = expected.partition(". ")
    assert names.split(", ") == [source.name for source in SOURCES]
    assert columns == "Leurs colonnes\u202f: python -m etl template SOURCE modele.xlsx"


def test_a_file_near_a_source_is_refused_with_the_columns_expected(world: Engine, tmp_path: Path) -> None:
    (path := tmp_path / "proche.csv").write_text("id_lieu;etape;sens\nP1;refusé;\n", encoding="utf-8")
    [report] = load_files(world, [path], LoadOptions(TODAY))
    assert report.status == "refused"
    assert "La plus proche est labels, à qui il manque «\u202fdate\u202f»." in report.problems[0].message


def test_a_target_that_no_indicator_reads_is_signalled(world: Engine, tmp_path: Path) -> None:
    (path := tmp_path / "targets.csv").write_text(
        "indicateur;echeance;valeur;source\nlieux-labelises;31/12/2027;80;délibération du test\n", encoding="utf-8"
    )
    [report] = load_files(world, [path], LoadOptions(TODAY, keep=False))
    assert [remark.column for remark in report.remarks] == ["indicateur"]
