"""What must never embarrass, asked of every page, chart, list and file at once."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.charts import CHARTS, Chart
from dashboard.exports.scdl import GRANT_FILES
from dashboard.figures.base import RED
from dashboard.lists import LISTS, Listing
from dashboard.web.factory import create_app
from data.indicators import INDICATORS
from tests.conftest import TODAY
from tests.dashboard.reading import sent_layout, text_of
from tests.etl.deliveries import PLACES, deliver
from tests.site import EVERY_PAGE

pytestmark = [pytest.mark.any_engine, pytest.mark.without_coverage]

ROOT = Path(__file__).resolve().parents[3]
AGAINST_A_TARGET = re.compile(r"retard|visés?\b|que prévu|prorata|attendus? à cette date", re.IGNORECASE)
MANAGEMENT = "Donnée de gestion, ne vaut pas compte administratif."
PARTS = ("dep=61", "dep=14,50", "epci=200068799", "porteur=public", "typologie=coworking", "dep=61&au=2022-06-30")
Layout = Callable[[str], str]
every_chart = pytest.mark.parametrize("chart", CHARTS, ids=lambda one: one.slug)


def sentences(text: str) -> list[str]:
    """Every text that a layout shows."""
    found: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, str):
            found.append(text_of(node))
        elif isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict) and "props" in node:
            walk(node["props"].get("children"))

    walk(json.loads(text))
    return found


def about(client: FlaskClient, address: str) -> dict[str, str]:
    """The sheet of a workbook that says what it is."""
    book = openpyxl.load_workbook(io.BytesIO(client.get(address).data), read_only=True)
    return {str(row[0]): str(row[1]).replace("\u00a0", " ") for row in book["À propos"].iter_rows(values_only=True)}


@pytest.mark.parametrize("query", PARTS)
@pytest.mark.parametrize("path", ["/", "/label", "/aides", "/frequentation", "/territoires", "/territoires/61"])
def test_nothing_is_late_without_a_target_that_was_voted(layout: Layout, path: str, query: str) -> None:
    text = layout(f"{path}?{query}")
    assert "tile-late" not in text
    assert not [shown_text for shown_text in sentences(text) if AGAINST_A_TARGET.search(shown_text)]


@every_chart
def test_exports_show_no_target_that_nobody_voted(client: FlaskClient, chart: Chart) -> None:
    for query in ("dep=61", "porteur=public"):
        title = about(client, f"/exports/{chart.slug}.xlsx?{query}")["Titre"]
        if "feuille-de-route" in chart.indicators:  # late against the due date that the roadmap gives to each action
            assert title.startswith("Toute la Région"), "no territory is late"
        else:
            assert not AGAINST_A_TARGET.search(title)
        picture = client.get(f"/exports/{chart.slug}.json?{query}")
        if picture.status_code == 200:
            drawn = picture.get_data(as_text=True)
            assert "Objectif" not in drawn
            assert chart.slug != "trajectoire" or RED not in drawn


@pytest.mark.parametrize("path", ["/", "/label"])
def test_after_the_due_date_pages_give_the_value_reached_then(client: FlaskClient, layout: Layout, path: str) -> None:
    shown_text = "34 lieux au 31/12/2021 pour 50 visés ; aucun objectif plus récent n’est enregistré"
    found = sentences(layout(f"{path}?au=2022-06-30"))
    assert sum(shown_text in words for words in found) >= 2  # the headline and the title of the trajectory
    assert not any("retard" in words or "se maintenait" in words for words in found)
    assert shown_text in about(client, "/exports/trajectoire.xlsx?au=2022-06-30")["Titre"]


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_a_projection_is_named_projection(layout: Layout, path: str) -> None:
    for shown_text in sentences(layout(path)):
        if "intervalle à 80 %" in shown_text and re.search(r"\d+ à \d+", shown_text):
            assert "maintenait" in shown_text


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_every_page_states_that_figures_are_management_data(layout: Layout, path: str) -> None:
    text = layout(path)
    assert MANAGEMENT in text
    assert "Données de démonstration" in text


@pytest.mark.parametrize("one", [*CHARTS, *LISTS], ids=lambda one: one.slug)
def test_every_workbook_states_that_figures_are_management_data(client: FlaskClient, one: Chart | Listing) -> None:
    shown_text = about(client, f"/exports/{one.file if isinstance(one, Listing) else one.slug}.xlsx")
    assert shown_text["Portée"] == MANAGEMENT
    assert shown_text["Nature"].startswith("Données de démonstration")


def test_charts_of_money_state_management_data_on_the_card() -> None:
    credits = [chart for chart in CHARTS if chart.slug in ("cascade-aides", "enveloppes")]
    assert all("ne vaut pas compte administratif" in chart.subtitle for chart in credits)
    assert len(credits) == 2


@pytest.mark.parametrize("name", ["Makefile", "make.bat", "app.py"])
def test_server_listens_on_the_loopback_only(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    bound = re.findall(r"--bind (\S+):|--listen=(\S+?):|host=\"(\S+?)\"", text)
    assert {host for found in bound for host in found if host} == {"127.0.0.1"}


PERSON = ("Jeanne", "Dupont", "73282932000074", "jeanne.dupont@example.org", "06 12 34 56 78")
ALONE = {
    **PLACES[1],
    "type_porteur": "privé",
    "porteur": "Jeanne Dupont",
    "forme_juridique": "Entreprise individuelle",
    "siret": "73282932000074",
}


@pytest.fixture
def peopled(engine: Engine, tmp_path: Path) -> FlaskClient:
    """An application that knows a sole trader's place, her aid, her meeting and her visits."""
    deliver(engine, tmp_path / "places.csv", [PLACES[0], ALONE, PLACES[2]])
    awards = [{"id_lieu": one["id_lieu"], "etape": "labellisé", "date": "15/01/2019"} for one in PLACES]
    deliver(engine, tmp_path / "labels.csv", awards)
    her = {"id_lieu": "TL-02", "beneficiaire": "Jeanne Dupont", "siret_beneficiaire": "73282932000074"}
    her["objet"] = "Atelier de Jeanne Dupont"
    aid = {**her, "dispositif": "emergence", "depenses_eligibles": "10000", "montant_vote": "9000"}
    dates = {"A-1": "18/03/2019", "A-2": "18/03/2027"}  # voted, to verify; proposed
    deliver(engine, tmp_path / "aids.csv", [{**aid, "reference": key, "date_vote": day} for key, day in dates.items()])
    meeting = {"id_action": "R-1", "partenaire": "aract", "type": "rencontre préalable", "date": "12/02/2019"}
    deliver(engine, tmp_path / "meets.csv", [{**meeting, "id_lieu": "TL-02", "porteur": "Jeanne Dupont"}])
    month = {"debut": "01/01/2020", "fin": "31/01/2020", "unite": "visites"}
    visits = {"TL-01": "100", "TL-02": "864129", "TL-03": "300"}
    deliver(engine, tmp_path / "visits.csv", [{"id_lieu": key, **month, "valeur": n} for key, n in visits.items()])
    return create_app(engine, lambda: TODAY).server.test_client()  # type: ignore[no-any-return]


def everything(client: FlaskClient) -> Iterator[tuple[str, str]]:
    """The address and text of every page, file and answer, over everything that is known."""
    query = "?au=2026-11-22"
    pages = [path for path in EVERY_PAGE if not path.startswith("/lieux/")] + ["/lieux/TL-02", "/aides"]
    pages += [f"/indicateurs/{one.slug}{tail}" for one in INDICATORS for tail in ("", "/lignes")]
    for page in pages:
        yield page, json.dumps(sent_layout(client, f"{page}{query}"), ensure_ascii=False)
    names = [one.file for one in LISTS] + [f"lignes-{one.slug}" for one in INDICATORS]
    files = [f"{name}.{kind}" for name in (*names, *(one.slug for one in CHARTS)) for kind in ("csv", "xlsx")]
    files += [f"{one.slug}.json" for one in CHARTS] + [f"{one.stem}.csv" for one in GRANT_FILES]
    for file in files:
        answer = client.get(f"/exports/{file}{query}")
        assert answer.status_code == 200 or file.endswith("json"), file
        yield file, unzipped(answer.data) if file.endswith("xlsx") else answer.data.decode("utf-8-sig")
    for one in INDICATORS:
        answer = client.get(f"/api/indicateurs/{one.slug}.json{query}&par=departement")
        yield one.slug, answer.get_data(as_text=True)


def unzipped(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


def test_a_sole_trader_is_named_nowhere(peopled: FlaskClient) -> None:
    found = dict(everything(peopled))
    assert len(found) > 200
    assert not [(where, word) for where, text in found.items() for word in PERSON if word in text]
    assert "Entrepreneur individuel" in found["liste-dossiers.csv"]  # what stands for her is there
    assert "Entrepreneur individuel,,," in found["subventions-scdl.csv"]  # neither SIRET nor RNA
    assert "A-2" in found["liste-propositions.csv"]
    assert "A-1" in found["liste-dossiers-a-verifier.csv"]


def test_the_visits_of_one_private_place_are_in_no_list(peopled: FlaskClient) -> None:
    rows = {name: text for name, text in everything(peopled) if "lignes" in name or "liste" in name or "/lieux" in name}
    assert not [name for name, text in rows.items() if "864129" in text]
    assert "300" in rows["lignes-visites.csv"]
    assert (
        peopled.get("/api/indicateurs/visites.json?au=2026-11-22").json["value"] == 400
    )  # without the only private place
