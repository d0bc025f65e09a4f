"""JSON files: lists of objects in their usual shapes, and what is refused with a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from etl.files import HeldFile, UnreadableFile
from etl.workbooks.summary import DECIMAL
from tests.etl.files.samples import Whole, read, write

ITEM = {"id_lieu": "TL1", "nom": "Café d’Évreux", "code_insee": "27229", "montant": "12,50"}
ROW = ["TL1", "Café d’Évreux", "27229", "12,50"]


def _read(folder: Path, content: object, name: str = "fichier.json") -> Whole:
    text = content if isinstance(content, str | bytes) else json.dumps(content, ensure_ascii=False)
    return read(write(folder, text, name))


@pytest.mark.parametrize(
    "content",
    [
        [ITEM],
        {"total": 1, "filtres": ["a"], "records": [ITEM]},
        {"data": [ITEM], "vide": []},
        {"results": [{"fields": ITEM}]},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": ITEM}]},
        json.dumps(ITEM),
    ],
    ids=["list", "records", "data", "fields", "features", "one object"],
)
def test_a_list_of_objects_is_a_table(tmp_path: Path, content: object) -> None:
    sheet = _read(tmp_path, content)
    kept = [sheet.header.index(name) for name in ITEM]
    assert [sheet.cells[0][at] for at in kept] == ROW
    assert (sheet.lines, sheet.header_line, sheet.notes) == ([1], 0, [])


def test_one_object_a_line(tmp_path: Path) -> None:
    text = "\n".join(json.dumps({**ITEM, "id_lieu": f"TL{n}"}) for n in (1, 2, 3))
    assert _read(tmp_path, text, "x.ndjson").lines == [1, 2, 3]


def test_names_come_from_every_object_and_lines_are_items(tmp_path: Path) -> None:
    sheet = _read(tmp_path, [{"id_lieu": "TL1"}, {}, {"nom": "X", "code_insee": None}])
    assert sheet.header == ("id_lieu", "nom", "code_insee")
    assert (sheet.lines, sheet.cells) == ([1, 3], [["TL1", None, None], [None, "X", None]])


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("14118", "14118"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("10.10", "10.10"),
        ("1.125", f"1.125{DECIMAL}"),
        ("24300000000000123", "24300000000000123"),
        ("1e5", "1e5"),
        ("true", "oui"),
        ("false", "non"),
        ("null", None),
        ('" a\\nb "', "a\nb"),
        ('["a","b"]', "a|b"),
        ('"a\\u200bb"', "ab"),
        ('"_x0041_"', "_x0041_"),
        ('[{"a":1}]', None),
    ],
)
def test_values_are_read_as_they_are_written(tmp_path: Path, written: str, text: str | None) -> None:
    assert _read(tmp_path, f'[{{"id_lieu":"TL1","nom":"A","montant":{written}}}]').cells[0][2] == text


def test_what_is_not_plain_is_reported(tmp_path: Path) -> None:
    item = {**ITEM, "ouvert": True, "lieu": {"adresse": {"rue": "x"}}, "horaires": [{"lundi": "9h"}]}
    sheet = _read(tmp_path, [item])
    assert sheet.header[5] == "lieu.adresse.rue"
    assert sheet.codes == {"booleans", "nested"}


def test_a_point_gives_its_coordinates(tmp_path: Path) -> None:
    point = {"type": "Point", "coordinates": [-0.37, 49.18]}
    sheet = _read(tmp_path, {"features": [{"properties": ITEM, "geometry": point}]})
    found = dict(zip(sheet.header, sheet.cells[0], strict=True))
    assert (found["longitude"], found["latitude"], found["id_lieu"]) == ("-0.37", "49.18", "TL1")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("[" * 50_000, "trop de niveaux"),
        (f'[{{"id_lieu":1,"nom":{"[" * 50_000}{"]" * 50_000}}}]', "trop de niveaux"),
        ('[{"id_lieu": NaN, "nom": "A"}]', "NaN"),
        ('[{"id_lieu": 1, "nom": 1, "nom": 2}]', "deux fois"),
        ('[{"id_lieu": 1, "nom": 1}, 3]', "Ligne 2.*n’est pas un objet"),
        ('[["id_lieu", "nom"], ["a", "b"]]', "n’est pas un objet"),
        ('[{"id_lieu": 1, "nom": 1}', "coupé"),
        ('{"id_lieu": 1, "nom": }', "coupé"),
        ('{"id_lieu": 1, "nom"', "coupé"),
        ('[{"id_lieu": 1, "nom": 1}] []', "du texte suit"),
        ("[]", "aucune ligne"),
        ("{}", "aucune ligne"),
        ('{"a": [{"nom": 1}], "b": [{"nom": 1}]}', "plusieurs listes"),
        ('[{"rien": 1, "connu": 2}]', "aucune ligne d’en-tête"),
        ('[{"id_lieu": 1, "nom": 1, "Nom": 2}]', "deux colonnes portent"),
        (json.dumps([{f"c{n}": 1 for n in range(201)}]), "plus de 200 colonnes"),
        ('[{"id_lieu": "\\ud800", "nom": "\\u0000"}]', "caractères perdus"),
    ],
)
def test_what_cannot_be_a_table_is_refused(tmp_path: Path, content: str, why: str) -> None:
    with pytest.raises(UnreadableFile, match=why):
        _read(tmp_path, content)


def test_encodings_and_garbled_accents(tmp_path: Path) -> None:
    text = json.dumps([ITEM], ensure_ascii=False)
    for content in (text.encode("cp1252"), b"\xef\xbb\xbf" + text.encode(), b"\xff\xfe" + text.encode("utf-16-le")):
        assert _read(tmp_path, content).cells == [ROW]
    with pytest.raises(HeldFile, match="se lirait") as caught:
        _read(tmp_path, [ITEM, {**ITEM, "nom": "CafÃ©"}])
    assert caught.value.line == 2


def test_a_big_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.files.recognise.MAX_JSON_BYTES", 10)
    with pytest.raises(UnreadableFile, match="Mo"):
        _read(tmp_path, [ITEM])


def test_a_csv_named_json_is_read_and_reported(tmp_path: Path) -> None:
    sheet = _read(tmp_path, "id_lieu;nom\nTL1;A\n")
    assert (sheet.cells, sheet.codes) == ([["TL1", "A"]], {"extension"})
