"""A passport tells the truth of its document: unchanged, changed and why, no longer readable, of another database."""

import csv
import io
import json
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from shutil import rmtree

import openpyxl
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from dashboard.components.exported import all_exported
from dashboard.requests.passport_code import (
    ALPHABET,
    FIRST_DAY,
    PassportCode,
    decode_passport,
    encode_passport,
    name_hash,
)
from dashboard.web import past_databases
from dashboard.web.factory import create_app
from data.engine import reading, writing
from data.queries.knowledge import KnownState, read_known_state
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_file
from etl.loading.rollback import roll_back
from etl.past.writer import write_past
from etl.rollups import refresh_all
from tests.conftest import TODAY
from tests.dashboard.reading import layout_of, text_of
from tests.etl.deliveries import write_csv

UNCHANGED = "Les chiffres n’ont pas changé depuis l’export du 22 novembre 2026"
CHANGED = "Les chiffres ont changé depuis l’export du 22 novembre 2026"
any_engine = pytest.mark.any_engine


@pytest.fixture
def copy_client(demo_copy: Engine) -> FlaskClient:
    def write(load_id: int, path: Path) -> None:
        write_past(demo_copy, load_id, path)

    client = create_app(demo_copy, lambda: TODAY, write_past=write).server.test_client()
    client.get("/")
    return client


def code_of(client: FlaskClient, address: str) -> str:
    text = client.get(address).data.decode("utf-8-sig")
    return next(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))["Passeport"]


def passport_of(client: FlaskClient, code: str) -> str:
    return text_of(json.loads(layout_of(client, f"/passeport/{code}")))


def title_of(client: FlaskClient, slug: str) -> str:
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/exports/{slug}.xlsx").data))
    return str(book["À propos"]["B1"].value).replace("\u00a0", "\u202f")


def withdrawal(day: str) -> list[dict[str, str]]:
    return [
        {"id_lieu": "DEMO-01", "etape": "labellisé", "date": "14/11/2016"},
        {"id_lieu": "DEMO-01", "etape": "retiré", "date": day},
    ]


def deliver(engine: Engine, path: Path, rows: list[dict[str, str]]) -> int:
    """Rows of the demonstration: files of the Région would end it all."""
    report = load_file(engine, write_csv(path, rows), LoadOptions(TODAY, kind="demo", confirm=True))
    assert report.load is not None
    return report.load


def test_a_change_is_told_with_its_size_and_its_cause(
    copy_client: FlaskClient, demo_copy: Engine, tmp_path: Path
) -> None:
    code = code_of(copy_client, "/exports/label-par-departement.csv")
    other = code_of(copy_client, "/exports/aides-par-porteur.csv")
    proof = code_of(copy_client, "/exports/lignes-labellisations-cumulees.csv")
    then = title_of(copy_client, "label-par-departement")
    assert UNCHANGED in passport_of(copy_client, code)
    places = [{"id_lieu": "NEUF-1", "nom": "Neuf", "code_insee": "61001", "porteur": "A", "type_porteur": "public"}]
    deliver(demo_copy, tmp_path / "lieux.csv", places)
    awards = [{"id_lieu": "NEUF-1", "etape": "labellisé", "date": "01/06/2020"}]
    load_id = deliver(demo_copy, tmp_path / "etapes.csv", awards)
    text = passport_of(copy_client, code)
    assert CHANGED in text
    now = title_of(copy_client, "label-par-departement")
    assert then != now
    assert f"{then}. Aujourd’hui" in text
    assert f"{now}. Les chiffres qui ont changé" in text
    assert f"{load_id}, le " in text
    assert "etapes.csv" in text
    assert "2 lignes nouvelles, 0 corrigée, 0 retirée" in text
    assert "Orne, 31/12/2020 3 4 +1" in text
    assert UNCHANGED in passport_of(copy_client, other), "no load of its sources"
    assert "Nombre de lignes" in (counts := passport_of(copy_client, proof))
    assert CHANGED in counts
    with writing(demo_copy) as connection:
        roll_back(connection, load_id)
        refresh_all(connection, TODAY)
    assert UNCHANGED in passport_of(copy_client, code), "what came since is gone again"


@any_engine
def test_a_document_of_a_load_that_was_taken_back(copy_client: FlaskClient, demo_copy: Engine, tmp_path: Path) -> None:
    load_id = deliver(demo_copy, tmp_path / "etapes.csv", withdrawal("01/06/2020"))
    code = code_of(copy_client, "/exports/trajectoire.csv")
    same = code_of(copy_client, "/exports/aides-par-porteur.csv")
    with writing(demo_copy) as connection:
        roll_back(connection, load_id)
        refresh_all(connection, TODAY)
    text = passport_of(copy_client, code)
    assert CHANGED in text
    assert "ont été annulés depuis" in text
    assert "Alors" not in text
    assert UNCHANGED in passport_of(copy_client, same)


@any_engine
def test_a_document_of_another_database(copy_client: FlaskClient, demo_copy: Engine) -> None:
    code = decode_passport(code_of(copy_client, "/exports/trajectoire.csv"))
    assert code is not None
    state = code.state
    for other in (
        replace(state, mark=bytes(byte ^ 1 for byte in state.mark)),
        replace(state, load_id=state.load_id + 5),
        replace(state, loads=state.loads - 1),
        replace(state, load_id=2**34, loads=0),
    ):
        text = passport_of(copy_client, encode_passport(replace(code, state=other)))
        assert "Ce passeport vient d’une autre base" in text
        assert "Ce qui est arrivé depuis" not in text
    with reading(demo_copy) as connection:
        assert read_known_state(connection) == state


@any_engine
def test_a_past_that_cannot_be_read_is_said(demo_copy: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_load_id: int, _path: Path) -> str:
        return "Le disque est plein."

    reasons = ((refuse, "Le disque est plein."), (None, "Cette installation ne relit pas"), (refuse, "trop grande"))
    for at, (write, reason) in enumerate(reasons):
        if reason == "trop grande":
            monkeypatch.setattr(past_databases, "MAX_ROWS", 10)
        client = create_app(demo_copy, lambda: TODAY, write_past=write).server.test_client()
        client.get("/")
        code = code_of(client, "/exports/trajectoire.csv")
        deliver(demo_copy, tmp_path / f"{at}.csv", withdrawal(f"0{at + 1}/06/2020"))
        text = passport_of(client, code)
        assert CHANGED in text
        assert reason in text


@any_engine
def test_few_pasts_are_kept(demo_copy: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Path] = []

    def write(load_id: int, path: Path) -> None:
        written.append(path)
        write_past(demo_copy, load_id, path)

    client = create_app(demo_copy, lambda: TODAY, write_past=write).server.test_client()
    client.get("/")
    codes = []
    for at in range(past_databases.MAX_DATABASES + 1):
        codes.append(code_of(client, "/exports/trajectoire.csv"))
        deliver(demo_copy, tmp_path / f"{at}.csv", withdrawal(f"0{at + 1}/06/2020"))
    for code in (*codes, codes[-1]):
        assert CHANGED in passport_of(client, code)
    assert len(written) == len(codes)
    assert [path.exists() for path in written] == [False, True, True]
    abandoned = tmp_path / f"{past_databases.FOLDER_PREFIX}killed"
    abandoned.mkdir()
    os.utime(abandoned, (0, 0))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    rmtree(written[-1].parent)  # as a system does with old temporary files
    code = decode_passport(codes[-1])
    assert code is not None
    other = encode_passport(replace(code, query="dep=14", figures=b"abc"))  # no response that was kept
    assert "Les chiffres qui ont changé" in passport_of(client, other)
    assert written[-1].exists()
    assert written[-1].is_relative_to(tmp_path)
    assert not abandoned.exists()


@any_engine
@pytest.mark.parametrize(
    "query", ["", "dep=61&du=2019-01-01&au=2020-06-30&unite=personnes&q-lieux=caf%C3%A9&tri-lieux=-code"]
)
def test_every_document_is_unchanged_as_long_as_nothing_is_loaded(client: FlaskClient, query: str) -> None:
    """And its code is the same in every file of one thing."""
    addresses = {"chart": "", "list": "liste-", "proof": "lignes-"}
    for exported in list(all_exported())[:: 4 if query else 1]:
        subject, _, slug = exported.name.partition("/")
        book = openpyxl.load_workbook(
            io.BytesIO(client.get(f"/exports/{addresses[subject]}{slug}.xlsx?{query}").data), read_only=True
        )
        address = dict(row[:2] for row in book["À propos"].iter_rows(values_only=True))["Passeport"]
        text = passport_of(client, str(address).rpartition("/")[2])
        assert UNCHANGED in text, exported.name


@any_engine
@pytest.mark.parametrize(
    "code", ["x", "B7V7-03GE", "0" * 30, "%00", "é" * 40, "A" * 9_000, "../../etc/passwd", "U", "%ED%A0%80"]
)
def test_a_code_that_was_never_made_is_a_404_that_helps(client: FlaskClient, code: str) -> None:
    answer = client.get(f"/passeport/{code}", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "Ce code de passeport n’existe pas" in answer.text or "%" in code or ".." in code


@any_engine
def test_a_wrong_letter_is_seen_and_writing_by_hand_is_understood(client: FlaskClient) -> None:
    code = code_of(client, "/exports/trajectoire.csv")
    wrong = code[:6] + ALPHABET[(ALPHABET.index(code[6]) + 1) % 32] + code[7:]
    assert client.get(f"/passeport/{wrong}").status_code == 404
    by_hand = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert decode_passport(by_hand) == decode_passport(code)
    assert client.get(f"/passeport/{code.lower()}").status_code == 200


@any_engine
@pytest.mark.parametrize("query", ["q= ", "dep=61\x00", "q-lieux=\\\\evil"])
def test_a_forged_code_whose_query_is_no_address_is_a_404(client: FlaskClient, query: str) -> None:
    code = decode_passport(code_of(client, "/exports/trajectoire.csv"))
    assert code is not None
    assert client.get(f"/passeport/{encode_passport(replace(code, query=query))}").status_code == 404


def test_names_have_hashes_of_their_own() -> None:
    names = [name_hash(exported.name) for exported in all_exported()]
    assert len(names) > 80
    assert len(set(names)) == len(names)


codes = st.builds(
    PassportCode,
    st.binary(min_size=3, max_size=3),
    st.builds(KnownState, st.integers(0, 2**34), st.integers(0, 2**34), st.binary(min_size=2, max_size=2)),
    st.dates(FIRST_DAY, FIRST_DAY.replace(year=2190)),
    st.binary(min_size=3, max_size=3),
    st.text(st.characters(codec="utf-8", min_codepoint=33, exclude_characters="\\\x7f"), max_size=300),
)


@given(code=codes)
def test_a_code_holds_all_that_was_put_in(code: PassportCode) -> None:
    text = encode_passport(code)
    assert set(text) <= {*ALPHABET, "-"}
    assert decode_passport(text) == code


@given(text=st.text(max_size=80) | st.text(ALPHABET, max_size=80))
def test_any_other_text_is_no_code(text: str) -> None:
    assert decode_passport(text) is None


def test_codes_are_short() -> None:
    code = PassportCode(name_hash("chart/trajectoire"), KnownState(14, 14, b"ab"), TODAY, b"abc", "")
    lengths = [
        len(encode_passport(replace(code, query=query)).replace("-", ""))
        for query in ("au=2020-12-31", "dep=61&au=2020-06-30", "dep=14,27&du=2019-01-01&au=2020-06-30&unite=personnes")
    ]
    assert lengths <= [31, 39, 42]
