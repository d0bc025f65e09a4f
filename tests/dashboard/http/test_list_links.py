"""What a row names leads to its sheet or to its rows, whatever its code holds."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.lists.links import aid_file_link, place_link
from dashboard.web.factory import create_app
from data.indicators import INDICATORS
from tests.conftest import TODAY
from tests.dashboard.reading import layout_of
from tests.etl.deliveries import PLACES, deliver

pytestmark = pytest.mark.any_engine

ODD = "T Lé&?#1"


@pytest.fixture
def odd(engine: Engine, tmp_path: Path) -> FlaskClient:
    """An application that knows a place and an aid file with codes that addresses do not take as they are."""
    deliver(engine, tmp_path / "places.csv", [{**PLACES[0], "id_lieu": ODD}])
    deliver(engine, tmp_path / "labels.csv", [{"id_lieu": ODD, "etape": "labellisé", "date": "15/01/2019"}])
    aid = {"reference": "A 1/2&b", "dispositif": "emergence", "id_lieu": ODD, "beneficiaire": "Asso A"}
    deliver(engine, tmp_path / "aids.csv", [{**aid, "date_vote": "18/03/2019", "montant_vote": "5000"}])
    return create_app(engine, lambda: TODAY).server.test_client()  # type: ignore[no-any-return]


def test_every_link_of_the_rows_answers_200(odd: FlaskClient) -> None:
    found: set[str] = set()
    pages = [f"/indicateurs/{one.slug}/lignes" for one in INDICATORS] + ["/aides", "/label"]
    for page in pages:
        text = layout_of(odd, f"{page}?au=2020-12-31")
        rows = re.findall(r'"href":"(/(?:lieux|territoires|aides\?q-|indicateurs/aides-votees/lignes\?q-)[^"]*)"', text)
        found |= {json.loads(f'"{one}"') for one in rows}
    assert any(address.startswith("/lieux/T%20L") for address in found)
    assert any(address.startswith("/aides?q-dossiers=A%201") for address in found)
    assert any(address.startswith("/indicateurs/aides-votees/lignes?q-lignes=A%201") for address in found)
    for address in found:
        assert odd.get(address).status_code == 200, address
    searched = layout_of(odd, "/aides?q-dossiers=A%201%2F2%26b")
    assert "1 dossier pour" in searched


def test_a_row_without_a_sheet_has_no_link() -> None:
    assert place_link("code")({"code": None}) is None
    assert aid_file_link("reference")({"reference": None}) is None
    assert unquote(place_link("code")({"code": ODD}) or "") == f"/lieux/{ODD}"
