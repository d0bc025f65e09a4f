"""The dictionary and the sheets: each indicator once, and only what it can say."""

import json

import pytest
from flask.testing import FlaskClient

from data.indicators import INDICATORS, Indicator, groupings_of
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


def test_a_sheet_without_rows_has_no_link_to_rows(client: FlaskClient) -> None:
    assert "Voir les lignes" not in layout_of(client, "/indicateurs/visites?au=2001-01-01")
    assert "Voir les lignes" in layout_of(client, "/indicateurs/visites")
