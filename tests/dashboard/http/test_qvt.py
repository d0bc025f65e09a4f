"""The form of suggestions: what it shows of an address, its documents read back, its row loaded again."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode
from zipfile import ZipFile

import pypdf
import pytest
from docx import Document as Word
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, update

from dashboard.web.factory import create_app
from data.engine import reading
from data.schema import activity, is_live, load, place, qvt_suggestion
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_files
from tests.conftest import TODAY
from tests.dashboard.reading import layout_of
from tests.properties.contract_world import write_files

pytestmark = pytest.mark.any_engine

CRAFT = "Isoler les machines et les poussières de l’atelier des postes de bureau."
TELEWORK = "Écrire avec les employeurs une charte du télétravail en tiers-lieu"
EVERYONE = "Choisir des postes réglables et un éclairage conforme au travail sur écran."
BACKUP = "Prévoir une connexion de secours"
NOTES = "Voir le bruit.\nRevenir en mars <b>&"
CHOICES = {
    "qvt-public": "artisans",
    "qvt-stade": "etude",
    "qvt-lieu": "DEMO-07",
    "qvt-date": "02/10/2026",
    "qvt-notes": NOTES,
}


def form(client: FlaskClient, **parameters: object) -> str:
    return layout_of(client, f"/qvt?{urlencode(parameters, doseq=True)}")


def test_without_answers_every_suggestion_is_proposed(client: FlaskClient) -> None:
    text = layout_of(client, "/qvt")
    assert "26 pistes pour enrichir le cahier des charges" in text
    assert all(suggestion in text for suggestion in (CRAFT, TELEWORK, EVERYONE, BACKUP))
    assert "qui utilise le lieu (sans réponse)\u202f: vaut pour artisans" in text
    assert "Indiquez un lieu ou une commune" in text
    assert "/exports/accompagnement-qvt.csv" not in text


def test_answers_choose_and_the_register_gives_the_size(client: FlaskClient) -> None:
    text = form(client, **CHOICES)
    assert "14 pistes sur 26 correspondent à ces réponses" in text
    assert CRAFT in text
    assert EVERYONE in text
    assert TELEWORK not in text
    assert "Proposée\u202f: qui utilise le lieu\u202f: artisans · source\u202f: Liste de départ" in text
    assert "Selon le registre\u202f: 21 postes" in text
    assert BACKUP in text
    assert BACKUP not in form(client, **CHOICES, **{"qvt-taille": "moins-de-10-postes"})
    assert "Lieu de démonstration 07 — Lisieux (DEMO-07), Lisieux" in text


def test_a_ticked_suggestion_stays_when_answers_change(client: FlaskClient) -> None:
    text = form(client, **{"qvt-public": "salaries-en-teletravail", "qvt-piste": ["QVT-05"]})
    assert CRAFT in text
    assert "Cochée auparavant\u202f; elle ne correspond plus aux réponses" in text
    assert '"id":"qvt-piste-QVT-05","type":"checkbox","name":"qvt-piste","value":"QVT-05","defaultChecked":true' in text


@pytest.mark.parametrize(
    ("parameters", "notice"),
    [
        ({"qvt-lieu": "INCONNU"}, "Aucun lieu du registre n’a l’identifiant «\u202fINCONNU\u202f»"),
        ({"qvt-commune": "Nulle-Part"}, "Aucune commune de Normandie ne s’appelle «\u202fNulle-Part\u202f»"),
        ({"qvt-commune": "Saint-Aubin-sur-Mer"}, "Plusieurs communes répondent à «\u202fSaint-Aubin-sur-Mer\u202f»"),
        ({"qvt-stade": ["idee", "etude"]}, "Un seul choix est possible (stade du projet)\u202f: «\u202fetude\u202f»"),
        ({"qvt-public": "licornes"}, "Le choix «\u202flicornes\u202f» (qui utilise le lieu) n’existe pas"),
        ({"qvt-piste": "QVT-99"}, "Le choix «\u202fQVT-99\u202f» (piste) n’existe pas"),
        ({"qvt-date": "hier"}, "Le choix «\u202fhier\u202f» (date) n’existe pas"),
        ({"qvt-date": "31/02/2026"}, "Le choix «\u202f31/02/2026\u202f» (date) n’existe pas"),
        ({"qvt-date": "2027-01-01"}, "La date du 01/01/2027 est antérieure à 2000 ou dans le futur"),
        ({"qvt-notes": "a" * 5_000}, "L’adresse est trop longue"),
        ({"qvt-lieu": "\0' OR 1=1 --"}, "Aucun lieu du registre n’a l’identifiant «\u202f' OR 1=1 --\u202f»"),
    ],
)
def test_what_an_address_cannot_mean_is_named(client: FlaskClient, parameters: dict[str, object], notice: str) -> None:
    text = form(client, **parameters)
    assert notice in text
    assert "n’est pas un filtre" not in text
    assert client.get(f"/exports/pistes-qvt.docx?{urlencode(parameters, doseq=True)}").status_code == 200


def test_a_commune_is_found_by_name_or_code(client: FlaskClient) -> None:
    for written in ("lisieux", "LISIEUX", "14366", "Lisieux (Calvados)"):
        assert "Un projet à Lisieux (14)" in form(client, **{"qvt-commune": written})


def test_no_suggestion_matches(demo_copy: Engine) -> None:
    with demo_copy.begin() as connection:
        connection.execute(update(qvt_suggestion).values(conditions="|craftspeople|"))
    client = create_app(demo_copy, lambda: TODAY).server.test_client()
    text = form(client, **{"qvt-public": "associations"})
    assert "Aucune des 26 pistes ne correspond à ces réponses" in text
    assert "Aucune piste ne correspond\u202f: retirez une réponse" in text
    answer = client.get("/exports/pistes-qvt.pdf?qvt-public=associations")
    assert answer.status_code == 404
    assert "il n’y a rien à écrire" in answer.text


def test_suggestions_never_loaded(demo_copy: Engine) -> None:
    with demo_copy.begin() as connection:
        connection.execute(update(qvt_suggestion).values(ended_by=1))
        connection.execute(update(load).where(load.c.source == "qvt-suggestions").values(status="rolled_back"))
    client = create_app(demo_copy, lambda: TODAY).server.test_client()
    text = form(client, **{"qvt-public": "artisans", "qvt-piste": "QVT-05"})
    assert "Pistes de qualité de vie au travail non chargées" in text
    assert "python -m etl load" in text
    assert "qvt-public-artisans" not in text
    assert CRAFT not in text
    for address in ("/exports/pistes-qvt.pdf", "/exports/accompagnement-qvt.csv?qvt-commune=14366"):
        assert "Pistes de qualité de vie au travail non chargées." in client.get(address).text


def read_docx(content: bytes) -> str:
    word = Word(BytesIO(content))
    cells = (cell.text for table in word.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


def read_pdf(content: bytes) -> str:
    reader = pypdf.PdfReader(BytesIO(content))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"].value is True
    return "\n".join(page.extract_text() for page in reader.pages)


@pytest.mark.parametrize(("extension", "read", "box"), [("docx", read_docx, ""), ("pdf", read_pdf, "□")])
def test_the_document_has_what_was_chosen_and_nothing_else(
    client: FlaskClient, extension: str, read: Callable[[bytes], str], box: str
) -> None:
    parameters = urlencode({**CHOICES, "qvt-piste": ["QVT-05", "QVT-02"]}, doseq=True)
    answer = client.get(f"/exports/pistes-qvt.{extension}?{parameters}")
    text = read(answer.data).replace("\u200b", "")
    for expected in (
        "Pistes pour enrichir le cahier des charges", "Lieu de démonstration 07 — Lisieux (DEMO-07), Lisieux",
        "2 pistes retenues le 2 octobre 2026", "Espaces et ergonomie", CRAFT, EVERYONE, "Liste de départ", "artisans",
        "10 à 30 postes (21 postes au registre)", "sans réponse", "Voir le bruit.", "Revenir en mars <b>&",
        "Rouvrir ces choix", "ces lieux sont inventés",
    ):  # fmt: skip
        assert expected in " ".join(text.split()), expected
    assert TELEWORK not in text
    assert "passeport " not in text.replace("pas de passeport", "")
    assert text.count("Notes") == 1 + 2, "the notes, and room for those of each suggestion"
    assert text.count(box) == 2 if box else b"w14:checkbox" in _body(answer.data)
    assert answer.headers["Content-Disposition"].endswith(f"=tiers-lieux_pistes-qvt_2026-10-02.{extension}")


def _body(content: bytes) -> bytes:
    return ZipFile(BytesIO(content)).read("word/document.xml")


def test_a_document_without_a_choice_has_all_that_is_proposed(client: FlaskClient) -> None:
    text = read_docx(client.get(f"/exports/pistes-qvt.docx?{urlencode(CHOICES)}").data)
    assert "14 pistes proposées, aucune n’étant encore retenue" in text
    assert CRAFT in text
    assert TELEWORK not in text


def test_the_row_of_the_talk_is_loaded_and_nothing_else_is_kept(engine: Engine, tmp_path: Path) -> None:
    """The file is the only thing that leaves the form; without a place or a commune there is none."""
    load_files(engine, write_files(tmp_path), LoadOptions(TODAY, confirm=True))
    client = create_app(engine, lambda: TODAY).server.test_client()
    said = {"qvt-piste": ["QVT-05", "QVT-02"], "qvt-date": "2026-10-02", "qvt-notes": "Mme Secrète"}
    paths = []
    for at, where in enumerate(({"qvt-lieu": "P1"}, {"qvt-commune": "Lisieux"})):
        answer = client.get(f"/exports/accompagnement-qvt.csv?{urlencode({**said, **where}, doseq=True)}")
        assert "Secrète" not in answer.text
        paths.append(tmp_path / f"accompagnement-{at}.csv")
        paths[-1].write_bytes(answer.data)
    reports = load_files(engine, paths, LoadOptions(TODAY))
    assert [(one.source, one.status, one.accepted, one.rejected) for one in reports] == [
        ("activities", "loaded", 1, 0)
    ] * 2
    again = load_files(engine, paths[:1], LoadOptions(TODAY))
    assert again[0].status == "already_loaded"
    columns = ("code", "partner", "kind", "day", "commune", "title", "holder", "participants")
    with reading(engine) as connection:
        rows = connection.execute(
            select(*(activity.c[name] for name in columns), place.c.code.label("place"))
            .outerjoin(place, place.c.place_id == activity.c.place_id)
            .where(is_live(activity), activity.c.code.like("QVT-%"))
            .order_by(activity.c.code)
        ).all()
    title = "Pistes de qualité de vie au travail\u202f: QVT-02, QVT-05"
    day = TODAY.replace(month=10, day=2)
    project = rows[0].code
    assert project.startswith("QVT-20261002-14366-")
    assert [tuple(row) for row in rows] == [
        (project, "aract", "support", day, "14366", title, None, None, None),
        ("QVT-20261002-P1", "aract", "support", day, None, title, None, None, "P1"),
    ]
    other = client.get("/exports/accompagnement-qvt.csv?qvt-commune=Lisieux&qvt-date=2026-10-02&qvt-piste=QVT-05")
    assert project not in other.text, "two projects of one commune on one day are two activities"
    refused = client.get("/exports/accompagnement-qvt.csv?qvt-piste=QVT-05")
    assert refused.status_code == 404
    assert "Indiquez un lieu ou une commune" in refused.text


def test_the_form_is_reached_from_partners_and_from_a_place(client: FlaskClient) -> None:
    assert '"href":"/qvt"' in layout_of(client, "/partenaires")
    assert '"href":"/qvt?qvt-lieu=DEMO-07"' in layout_of(client, "/lieux/DEMO-07")
    assert '"href":"/aides?dep=61"' in layout_of(client, "/qvt?dep=61&qvt-public=artisans")
