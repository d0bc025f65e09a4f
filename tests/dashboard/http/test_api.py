"""The contract that scripts rely on."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from data.indicators import INDICATORS, Indicator, groupings_of
from data.model.indicators import unused_filter_notices
from data.queries.indicators import read_value
from data.queries.options import read_filter_options
from data.selection import Selection
from tests.conftest import TODAY

pytestmark = pytest.mark.fewer_on_postgresql(4)

every_indicator = pytest.mark.parametrize("indicator", INDICATORS, ids=lambda one: one.slug)


def test_the_dictionary_lists_every_indicator_with_its_words(client: FlaskClient) -> None:
    entries = client.get("/api/indicateurs").json
    assert [entry["slug"] for entry in entries] == [indicator.slug for indicator in INDICATORS]
    assert all(all(entry[key] for key in ("label", "definition", "method", "limits", "unit")) for entry in entries)


@every_indicator
@pytest.mark.parametrize("query", ["", "dep=61", "dep=14,50&porteur=public&du=2019-01-01&au=2020-06-30"])
def test_a_value_is_the_unrounded_value_of_the_pages(
    client: FlaskClient, demo_engine: Engine, indicator: Indicator, query: str
) -> None:
    answer = client.get(f"/api/indicateurs/{indicator.slug}.json?{query}").json
    with demo_engine.connect() as connection:
        selection, _ = Selection.from_query(query, read_filter_options(connection, TODAY))
        reading = read_value(connection, indicator, selection)
    assert answer["value"] == pytest.approx(reading.value)
    assert answer["as_of"] == selection.until.isoformat()
    assert (answer["slug"], answer["unit"], answer["by"]) == (indicator.slug, indicator.unit.code, None)
    assert answer.get("notices", []) == unused_filter_notices(indicator, selection)


@every_indicator
def test_declared_groupings_answer_and_others_are_400(client: FlaskClient, indicator: Indicator) -> None:
    offered = [one.key for one in groupings_of(indicator)]
    for key in offered:
        assert isinstance(client.get(f"/api/indicateurs/{indicator.slug}.json?par={key}").json["by"], dict)
    response = client.get(f"/api/indicateurs/{indicator.slug}.json?par=couleur")
    assert response.status_code == 400
    assert offered[0] in response.json["error"]


def test_a_breakdown_has_every_departement_of_the_selection(client: FlaskClient) -> None:
    by = client.get("/api/indicateurs/lieux-labellises.json?par=departement").json["by"]
    assert list(by) == ["14", "27", "50", "61", "76"]
    assert sum(by.values()) == client.get("/api/indicateurs/lieux-labellises.json").json["value"]
    assert list(client.get("/api/indicateurs/aides-votees.json?dep=61&par=departement").json["by"]) == ["61"]


def test_an_unknown_value_is_null_with_its_reason(client: FlaskClient) -> None:
    answer = client.get("/api/indicateurs/visites.json?au=2001-01-01").json
    assert answer["value"] is None
    assert answer["reason"]


def test_invalid_parameters_are_ignored_and_listed(client: FlaskClient) -> None:
    answer = client.get("/api/indicateurs/lieux-labellises.json?dep=99&couleur=bleu&dep=61").json
    assert answer["value"] == client.get("/api/indicateurs/lieux-labellises.json?dep=61").json["value"]
    assert len(answer["notices"]) == 2


def test_an_unknown_indicator_is_404_in_json(client: FlaskClient) -> None:
    response = client.get("/api/indicateurs/rien.json")
    assert response.status_code == 404
    assert "rien" in response.json["error"]
    assert client.get("/api/rien").status_code == 404
    assert "error" in client.get("/api/rien").json


def test_health_gives_the_load_and_the_date(client: FlaskClient) -> None:
    answer = client.get("/sante")
    assert answer.status_code == 200
    assert answer.json["status"] == "ok"
    assert answer.json["load"] > 0
    assert answer.json["as_of"] == "2020-12-31"
