"""Help that stays out of the way: how to read each page, what is new since a load, a problem to report."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from dashboard.components.page import find_page
from dashboard.components.reading_guide import TITLE as GUIDE_TITLE
from dashboard.pages import PAGES
from dashboard.pages.problem import MAX_MAIL_LETTERS, mail_address
from dashboard.requests.page_request import Installation
from dashboard.web.factory import create_app
from dashboard.web.settings import read_settings
from data.engine import reading, writing
from data.indicators import INDICATORS
from data.queries.indicators import read_value
from data.queries.options import read_filter_options
from data.schema import load
from data.selection import Selection
from data.settings import SettingsError
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_file
from etl.loading.rollback import roll_back
from etl.past.writer import write_past
from tests.conftest import TODAY
from tests.dashboard.reading import layout_of, text_of
from tests.etl.deliveries import write_csv
from tests.site import EVERY_PAGE

pytestmark = pytest.mark.any_engine

PLACE_OF_MEDIATION = {"id": "EPN-1", "nom": "Médiathèque", "adresse": "1 rue de la Paix", "commune": "Lisieux"}


def words(client: FlaskClient, address: str) -> str:
    return text_of(layout_of(client, address)).replace("\u202f", " ")


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_every_page_says_in_three_sentences_how_to_read_it_under_its_headline(
    client: FlaskClient, address: str
) -> None:
    layout = layout_of(client, address)
    found = find_page(PAGES, urlsplit(address).path)
    assert found is not None
    assert layout.count(GUIDE_TITLE) == 1
    title, guide = layout.index('"H1"'), layout.index(GUIDE_TITLE)
    assert title < guide
    assert layout.find('"H2"', title, guide) == -1, "nothing stands between the headline and its guide"
    shown = text_of(layout)
    for sentence in found[0].guide:
        assert text_of(sentence) in shown
        assert re.fullmatch(r"[A-ZÀ-Ý«].*\.", sentence), sentence


@pytest.fixture
def past_client(demo_copy: Engine) -> FlaskClient:
    app = create_app(demo_copy, lambda: TODAY, write_past=lambda load_id, path: write_past(demo_copy, load_id, path))
    client: FlaskClient = app.server.test_client()
    client.get("/")
    return client


def values(engine: Engine) -> dict[str, str]:
    """The value of each indicator as pages write it."""
    with reading(engine) as connection:
        options = read_filter_options(connection, TODAY)
        selection = Selection.from_query("", options)[0]
        read = {one: read_value(connection, one, selection).value for one in INDICATORS}
    return {one.label: "inconnu" if value is None else one.unit.text(value) for one, value in read.items()}


def test_what_is_new_names_the_figures_that_moved_and_only_them(
    past_client: FlaskClient, demo_copy: Engine, tmp_path: Path
) -> None:
    before = values(demo_copy)
    with demo_copy.connect() as connection:
        seen = max(connection.scalars(select(load.c.load_id)))
    assert "Rien n’a été chargé depuis le" in words(past_client, f"/quoi-de-neuf?depuis={seen}")
    rows = [
        {"axe": "Animer", "action": "Réunir les lieux", "reference": "F-99", "echeance": "01/12/2020"},
    ]
    report = load_file(demo_copy, write_csv(tmp_path / "roadmap.csv", rows), LoadOptions(TODAY, kind="demo"))
    assert report.accepted == 1
    after = values(demo_copy)
    moved = {label for label in after if before[label] != after[label]}
    assert moved
    for address in ("/quoi-de-neuf", f"/quoi-de-neuf?depuis={seen}"):
        shown = words(past_client, address)
        assert "Le dernier chargement (Feuille de route du label) a changé des lignes" in shown
        table = shown.partition("Les chiffres qui ont bougé")[2].partition("Les chargements, un par un")[0]
        assert {label for label in after if label in table} == moved
        for label in moved:
            assert before[label].replace("\u202f", " ") in table
            assert after[label].replace("\u202f", " ") in table
        assert "1 ligne nouvelle" in shown
    with writing(demo_copy) as connection:
        roll_back(connection, seen + 1)
    assert "Rien n’a été chargé" in words(past_client, f"/quoi-de-neuf?depuis={seen + 1}"), "that load is gone"


@pytest.mark.parametrize("since", ["abc", "-1", "9" * 30, "²", ""])
def test_a_load_that_is_no_number_shows_what_the_last_one_brought(client: FlaskClient, since: str) -> None:
    assert "Le dernier chargement (" in words(client, f"/quoi-de-neuf?depuis={quote(since)}")


def problem_text(client: FlaskClient, view: str) -> str:
    layout = layout_of(client, f"/signaler?vue={quote(view, safe='')}")
    found = re.search(r'"defaultValue": ?"((?:[^"\\]|\\.)*)"', layout)
    assert found
    return str(found[1].encode().decode("unicode_escape") if "\\u" in found[1] else found[1]).replace("\u202f", " ")


def test_a_problem_is_described_by_address_filters_and_a_passport_that_opens(client: FlaskClient) -> None:
    text = problem_text(client, "/label?dep=61&au=2020-06-30")
    assert "Adresse : /label?dep=61&au=2020-06-30" in text
    assert "Filtres : Orne · arrêté au 30/06/2020" in text
    code = re.search(r"/passeport/([0-9A-Z-]+)", text)
    assert code
    assert "Les chiffres n’ont pas changé" in words(client, f"/passeport/{code[1]}")


@pytest.mark.parametrize(
    "view", ["", "javascript:alert(1)", "//ailleurs.example/label", "/nulle-part", "/%00", "label"]
)
def test_another_view_than_a_page_of_ours_is_the_overview(client: FlaskClient, view: str) -> None:
    text = problem_text(client, view)
    assert "Adresse : /\\n" in text or "Adresse : /\n" in text


def test_a_mail_is_offered_to_the_declared_address_only(client: FlaskClient, demo_engine: Engine) -> None:
    assert "mailto:" not in layout_of(client, "/signaler")
    installation = Installation(public_url="https://tl.example", contact_email="aide@tl.example")
    declared = create_app(demo_engine, lambda: TODAY, installation).server.test_client()
    declared.get("/", base_url="https://tl.example")
    address = mail_address("aide@tl.example", "Ligne 1\nÀ côté & plus ?")
    sent = parse_qs(urlsplit(address).query)
    assert sent["body"] == ["Ligne 1\r\nÀ côté & plus ?"]
    assert urlsplit(address).path == "aide@tl.example"
    assert len(mail_address("aide@tl.example", "é" * 5_000)) < MAX_MAIL_LETTERS


@pytest.mark.parametrize("text", ["aide", "a@b", "a@b.fr?cc=c@d.fr", "a@b.fr,c@d.fr", "a b@c.fr", "é@b.fr"])
def test_an_address_that_a_mail_would_read_otherwise_is_refused(text: str) -> None:
    assert read_settings({"CONTACT_EMAIL": " aide@tiers-lieux.normandie.fr "}).contact_email
    with pytest.raises(SettingsError, match="CONTACT_EMAIL"):
        read_settings({"CONTACT_EMAIL": text})
