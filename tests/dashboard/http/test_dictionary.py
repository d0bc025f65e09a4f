"""The dictionary and the sheets: each indicator once, and only what it can say."""

import json

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.charts.trend_phrases import short_change
from dashboard.web.factory import create_app
from data.indicators import INDICATORS, Indicator, groupings_of
from data.queries.options import read_filter_options
from data.queries.trend import a_year_earlier, no_comparison_reason
from data.selection import Selection
from tests.conftest import TODAY, NewEngine
from tests.dashboard.reading import layout_of


def test_every_indicator_is_once_in_the_dictionary(client: FlaskClient) -> None:
    text = layout_of(client, "/indicateurs?dep=61")
    for one in INDICATORS:
        assert text.count(f'"/indicateurs/{one.slug}?dep=61"') == 1


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda one: one.slug)
def test_a_sheet_is_broken_down_only_when_its_indicator_is(client: FlaskClient, indicator: Indicator) -> None:
    text = layout_of(client, f"/indicateurs/{indicator.slug}")
    offered = any(one.key == "departement" for one in groupings_of(indicator))
    assert ("sheet-rows" in text) is offered
    assert ("Seine-Maritime" in text.rpartition("sheet-caption")[2]) is offered
    assert f"/exports/lignes-{indicator.slug}.xlsx" in text
    assert json.dumps(indicator.method, ensure_ascii=False)[1:-1] in text


def entries(client: FlaskClient, query: str) -> dict[str, str]:
    """The texts of each entry of the dictionary, by slug."""
    text = layout_of(client, f"/indicateurs?{query}")
    parts = text.split('"id":"dictionary-')[2:]  # the first is the caption
    return {slug: rest for slug, _quote, rest in (part.partition('"') for part in parts)}


@pytest.mark.parametrize(
    "query", ["", "dep=50,61&au=2020-05-15", "porteur=prive&du=2019-01-01", "unite=journees&au=2019-02-28"]
)
def test_entries_have_the_values_of_the_api_now_and_a_year_earlier(
    client: FlaskClient, demo_engine: Engine, query: str
) -> None:
    """The change shown is that between two values that the API gives."""
    with demo_engine.connect() as connection:
        options = read_filter_options(connection, TODAY)
    selection, _notices = Selection.from_query(query, options)
    shown = entries(client, query)
    assert sorted(shown) == sorted(one.slug for one in INDICATORS)
    compared = 0
    for declared in INDICATORS:
        one = declared.in_selected_unit(selection)
        now, before = (
            client.get(f"/api/indicateurs/{one.slug}.json?{each.to_query()}").json
            for each in (selection, a_year_earlier(selection))
        )
        text = shown[one.slug]
        assert one.unit.text(now["value"]) in text, one.slug
        if now["value"] is None:
            assert "Non calculable\u202f: " in text
        elif before["value"] is None or no_comparison_reason(one):
            assert "Sans comparaison\u202f: " in text
        else:
            change = short_change(one.unit, now["value"], before["value"])
            assert f"{change[:1].upper()}{change[1:]} " in text, one.slug
            compared += 1
    assert compared > 20


def test_entries_name_the_missing_source_and_the_filters_that_change_nothing(
    client: FlaskClient, new_engine: NewEngine
) -> None:
    shown = entries(client, "partenaire=aract")
    unused = "le filtre «\u202fPartenaire\u202f» ne change rien ici"
    assert unused in shown["lieux-labellises"].lower().replace("partenaire", "Partenaire", 1)
    assert "ne change rien" not in shown["actions-partenaires"]
    with new_engine() as engine:
        empty = create_app(engine, lambda: TODAY).server.test_client()
        empty.get("/")
        unloaded = entries(empty, "")
    assert len(unloaded) == len(INDICATORS)
    assert all("non chargé" in text and "sparkline" not in text for text in unloaded.values())


def test_a_sheet_without_rows_has_no_link_to_rows(client: FlaskClient) -> None:
    assert "Voir les lignes derrière ce chiffre" not in layout_of(client, "/indicateurs/visites?au=2001-01-01")
    assert "Voir les lignes derrière ce chiffre" in layout_of(client, "/indicateurs/visites")
