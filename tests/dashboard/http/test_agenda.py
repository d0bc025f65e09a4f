"""The agenda: its month, its news, and its two feeds read back by the libraries of those who subscribe."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from defusedxml.ElementTree import fromstring
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import Engine

from dashboard.components import agenda_feed
from dashboard.components.news import CATEGORIES
from dashboard.web.factory import create_app
from data.queries.news import NewsKind
from data.sources.activities import ACTIVITY_KINDS
from tests.conftest import TODAY, NewEngine
from tests.dashboard.reading import layout_of, text_of
from tests.etl.deliveries import PLACES, deliver

ATOM = "{http://www.w3.org/2005/Atom}"
TITLE = "Fête; « numérique », <b>café</b> & débats " + "é" * 80 + "\\n"
ACTIONS = [
    {"id_action": "A1", "partenaire": "aract", "type": "atelier", "date": "03/11/2026", "id_lieu": "TL-01"},
    {"id_action": "A2", "partenaire": "aract", "type": "évènement", "date": "15/12/2026", "id_lieu": "TL-04",
     "intitule": TITLE},
    {"id_action": "A3", "partenaire": "aten", "type": "réunion de gérants", "date": "10/11/2026",
     "code_insee": "61001"},
    {"id_action": "A4", "partenaire": "aract", "type": "séminaire", "date": "04/11/2024", "id_lieu": "TL-01"},
]  # fmt: skip
TRADER = {
    "id_lieu": "TL-04", "nom": "L’Échoppe", "code_insee": "61001", "porteur": "Jeanne Martin", "type_porteur": "privé",
    "forme_juridique": "Entreprise individuelle", "date_ouverture": "02/10/2026",
}  # fmt: skip
LABELS = [
    {"id_lieu": "TL-01", "etape": "labellisé", "date": "05/10/2026"},
    {"id_lieu": "TL-04", "etape": "labellisé", "date": "05/10/2026"},
]


def load_world(engine: Engine, folder: Path) -> FlaskClient:
    """Two labelled places, one of a sole trader; a meeting, a workshop, an event to come, a seminar two years ago."""
    deliver(engine, folder / "places.csv", [*PLACES, TRADER])
    deliver(engine, folder / "labels.csv", LABELS)
    deliver(engine, folder / "activities.csv", ACTIONS)
    return create_app(engine, lambda: TODAY).server.test_client()


@pytest.fixture(scope="module")
def client(new_engine: NewEngine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The world, for the tests that only read."""
    with new_engine() as engine:
        yield load_world(engine, tmp_path_factory.mktemp("agenda"))


@pytest.fixture
def own_client(engine: Engine, tmp_path: Path) -> FlaskClient:
    """The world in a database that the test changes."""
    return load_world(engine, tmp_path)


def shown_page(client: FlaskClient, address: str) -> str:
    """All the words of a page, with ordinary spaces."""
    return " ".join(text_of(json.loads(layout_of(client, address))).split())


def shown(client: FlaskClient, query: str = "") -> str:
    return shown_page(client, f"/agenda?{query}")


def events(client: FlaskClient, query: str = "") -> dict[str, Calendar]:
    """The events of the calendar by their title's beginning; lines are folded and end as the standard says."""
    body = client.get(f"/agenda.ics?{query}").data
    lines = body.split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    return {str(event["summary"])[:5]: event for event in Calendar.from_ical(body).walk("VEVENT")}


def test_a_calendar_reads_the_events_to_which_it_subscribed(client: FlaskClient) -> None:
    found = events(client)
    assert sorted(found) == ["Ateli", "Fête;", "Réuni"]  # of twelve months, and to come
    coming = found["Fête;"]
    assert str(coming["summary"]) == TITLE.strip()
    assert coming["dtstart"].dt == date(2026, 12, 15)
    assert coming["dtstart"].params["VALUE"] == "DATE"
    assert (str(coming["location"]), str(coming["url"])) == ("L’Échoppe, Alençon", "http://localhost/lieux/TL-04")
    assert "L’Échoppe, Alençon (Aract Normandie)" in str(coming["description"])
    assert str(found["Réuni"]["location"]) == "Alençon"


def test_feeds_follow_the_filters_with_the_same_identifiers(client: FlaskClient) -> None:
    everywhere, orne = events(client), events(client, "dep=61")
    assert sorted(orne) == ["Fête;", "Réuni"]
    assert all(event["uid"] == everywhere[name]["uid"] for name, event in orne.items())
    assert sorted(events(client, "au=2026-11-05")) == ["Ateli"]  # nothing to come once a date is chosen
    assert sorted(events(client, "du=2024-01-01&partenaire=aract")) == ["Ateli", "Fête;", "Sémin"]
    assert sorted(events(client, "partenaire=aten")) == ["Réuni"]
    name = str(Calendar.from_ical(client.get("/agenda.ics?dep=61&porteur=prive").data)["x-wr-calname"])
    assert name.replace("\u202f", " ") == "Agenda des tiers-lieux dans l’Orne (porteur : privé)"


@pytest.mark.any_engine
def test_a_news_reader_reads_the_entries(client: FlaskClient) -> None:
    root = fromstring(client.get("/agenda.atom?dep=61").data)
    entries = {one.findtext(f"{ATOM}title"): one for one in root.iter(f"{ATOM}entry")}
    assert list(entries) == [
        TITLE.strip(),
        "Réunion de gérants",
        "L’Échoppe (Alençon) reçoit le label",
        "L’Échoppe (Alençon) ouvre ses portes",
    ]
    numbers = [one.findtext(f"{ATOM}id") for one in entries.values()]
    assert len(set(numbers)) == len(numbers)
    assert all(number and number.startswith("urn:uuid:") for number in numbers)
    updated = [one.findtext(f"{ATOM}updated") or "" for one in entries.values()]
    assert root.findtext(f"{ATOM}updated") == max(updated)
    links = {one.get("rel"): one.get("href") for one in root.findall(f"{ATOM}link")}
    assert links == {
        "self": "http://localhost/agenda.atom?dep=61", "alternate": "http://localhost/agenda?dep=61"
    }  # fmt: skip


@pytest.mark.any_engine
def test_a_feed_says_what_it_holds(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    calendar = str(Calendar.from_ical(client.get("/agenda.ics?partenaire=aract").data)["description"])
    assert calendar == "Rendez-vous des tiers-lieux, d’après les fichiers de la Région"
    monkeypatch.setattr(agenda_feed, "MAX_FEED_NEWS", 2)
    news = fromstring(client.get("/agenda.atom?partenaire=aract").data).findtext(f"{ATOM}subtitle") or ""
    assert "Les 2 dernières nouvelles seulement. Le filtre «\u202fPartenaire\u202f» ne choisit que les réun" in news
    assert "des douze derniers mois, et tout ce qui est à venir" in shown(client)
    assert "qui finissent le 5 novembre 2026, et rien après cette date" in shown(client, "au=2026-11-05")
    assert "à partir du 1er janvier 2024, et tout ce qui est à venir" in shown(client, "du=2024-01-01")


@pytest.mark.any_engine
def test_a_feed_is_sent_again_only_when_it_has_changed(own_client: FlaskClient, engine: Engine, tmp_path: Path) -> None:
    for path in ("/agenda.ics", "/agenda.atom"):
        first = own_client.get(path)
        again = {"If-None-Match": first.headers["ETag"]}
        assert own_client.get(path, headers=again).status_code == 304
        assert first.headers["Last-Modified"]
        assert first.headers["Cache-Control"] == "no-cache"
    tag = {path: {"If-None-Match": own_client.get(path).headers["ETag"]} for path in ("/agenda.ics", "/agenda.atom")}
    uids = {name: event["uid"] for name, event in events(own_client).items()}
    deliver(engine, tmp_path / "more.csv", [{**ACTIONS[0], "intitule": "Atelier de gravure"}])
    assert all(own_client.get(path, headers=headers).status_code == 200 for path, headers in tag.items())
    assert {
        name: event["uid"] for name, event in events(own_client).items()
    } == uids  # a title corrected, the same event


@pytest.mark.any_engine
def test_no_holder_is_named_in_a_feed_nor_on_the_page(client: FlaskClient) -> None:
    texts = [client.get(path).text for path in ("/agenda.ics", "/agenda.atom")]
    assert not any("Martin" in text for text in (*texts, layout_of(client, "/agenda")))


def test_the_month_is_that_of_the_address_else_the_present_one(client: FlaskClient) -> None:
    text = shown(client)
    assert "4 rendez-vous à l’agenda en Normandie, dont 3 ouverts au public et 1 à venir" in text
    assert "Novembre 2026" in text
    assert (
        "2 rendez-vous en Normandie en novembre 2026, dont 1 ouvert au public : 1 réunion de gérants et 1 atelier."
        in text
    )
    assert "1 rendez-vous dans l’Orne en novembre 2026 : 1 réunion de gérants." in shown(client, "dep=61")
    later = shown(client, "mois=2026-12")
    assert "1 rendez-vous en Normandie en décembre 2026, ouvert au public : 1 évènement." in later
    assert "à venir" in later
    assert "n’est pas un filtre" not in later
    empty = shown(client, "mois=2026-01&dep=14")
    assert "Aucun rendez-vous dans le Calvados en janvier 2026." in empty
    assert "Dernier rendez-vous avant : 4 novembre 2024" in empty
    assert "Prochain : 3 novembre 2026" in empty
    assert "hors de la période" in shown(client, "mois=2026-12&au=2026-11-05")
    assert "Le mois « 2026-13 » n’existe pas : il a été ignoré." in shown(client, "mois=2026-13")


@pytest.mark.any_engine
def test_an_event_of_an_open_agenda_makes_its_place_lively(
    own_client: FlaskClient, engine: Engine, tmp_path: Path
) -> None:
    def lively() -> object:
        return own_client.get("/api/indicateurs/lieux-animes.json?dep=61").json["value"]  # type: ignore[index]

    assert lively() == 0
    event = {"uid": "7", "title": "Repair café", "begin": "2026-11-07", "location_name": "L'échoppe",
             "city": "Alençon", "postal_code": "61000"}  # fmt: skip
    deliver(engine, tmp_path / "agenda.csv", [event])
    assert lively() == 1
    assert str(events(own_client, "dep=61&porteur=prive")["Repai"]["location"]) == "L’Échoppe, Alençon"
    sheet = shown_page(own_client, "/lieux/TL-04")
    assert "07/11/2026 agenda ouvert évènement Repair café" in sheet
    assert "3 actions des partenaires" in shown_page(own_client, "/partenaires")  # events are not counted among them


@pytest.mark.any_engine
def test_the_overview_leads_to_what_is_to_come(client: FlaskClient) -> None:
    text = layout_of(client, "/?dep=61")
    assert '"children":"1 rendez-vous à venir à l’agenda","href":"/agenda?dep=61"' in text
    assert "à venir à l’agenda" not in layout_of(client, "/?dep=14")


@pytest.mark.any_engine
def test_links_keep_filters_month_and_order(client: FlaskClient) -> None:
    text = layout_of(client, "/agenda?dep=61&mois=2026-12&tri-agenda=day")
    assert '"href":"/agenda?dep=61&tri-agenda=day&mois=2027-01"' in text
    assert '"href":"/agenda?dep=61&mois=2026-12&tri-agenda=-day"' in text
    assert '"href":"/agenda.ics?dep=61"' in text


def test_news_are_sentences_computed_from_the_label(client: FlaskClient) -> None:
    text = shown(client)
    assert "5 octobre 2026 2 lieux reçoivent le label : La Filature (Lisieux) et L’Échoppe (Alençon)." in text
    assert "2 octobre 2026 L’Échoppe (Alençon) ouvre ses portes." in text
    assert "Le filtre « Partenaire » ne choisit que les réunions." in shown(client, "partenaire=aract")


@pytest.mark.any_engine
def test_meetings_of_the_network_replace_those_of_partners(
    own_client: FlaskClient, engine: Engine, tmp_path: Path
) -> None:
    assert "10 novembre 2026 Les gérants de tiers-lieux se réunissent : Alençon." in shown(
        own_client, "partenaire=aten"
    )
    meeting = {"reference": "R1", "date": "08/11/2026", "libelle": "Collectif", "code_insee": "14366",
               "lieux_presents": "TL-01|TL-04"}  # fmt: skip
    deliver(engine, tmp_path / "network-meetings.csv", [meeting])
    text = shown(own_client, "partenaire=aract")
    assert "8 novembre 2026 Les gérants de tiers-lieux se réunissent : Lisieux, 2 lieux présents." in text
    assert "Le filtre « Partenaire » ne change rien à ces nouvelles." in text
    assert "se réunissent" not in shown(own_client, "dep=61")


@pytest.mark.any_engine
def test_what_was_never_loaded_is_unknown(engine: Engine, tmp_path: Path) -> None:
    deliver(engine, tmp_path / "places.csv", PLACES)
    client = create_app(engine, lambda: TODAY).server.test_client()
    text = shown(client)
    assert "Suivi des partenaires non chargé" in text
    assert "Registre du label non chargé" in text
    assert events(client) == {}
    assert "Suivi des partenaires non chargé" in fromstring(client.get("/agenda.atom").data).findtext(f"{ATOM}subtitle")


@pytest.mark.any_engine
def test_demonstration_data_are_named_in_the_feeds(demo_engine: Engine) -> None:
    client = create_app(demo_engine, lambda: TODAY).server.test_client()
    name = "Agenda des tiers-lieux de Normandie – données de démonstration"
    assert str(Calendar.from_ical(client.get("/agenda.ics").data)["x-wr-calname"]) == name
    assert fromstring(client.get("/agenda.atom").data).findtext(f"{ATOM}title") == name


def test_each_kind_and_each_piece_of_news_has_its_french_words() -> None:
    assert all(kind.plural for kind in ACTIVITY_KINDS)
    assert set(CATEGORIES) == set(get_args(NewsKind))
