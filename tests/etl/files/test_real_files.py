"""The files of ../shared/data/real that people really published (see its MANIFEST.md)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pytest

from etl.files import HeldFile, Signature
from tests.conftest import SHARED
from tests.etl.files.samples import Whole, read

REAL = SHARED / "data" / "real"
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="../shared/data/real is not there")

NAMES = (
    *("nomAttribuant", "idAttribuant", "dateConvention", "nomBeneficiaire", "objet", "montant", "nature"),
    *("COLL_NOM", "COLL_SIRET", "ACTE_DATE", "ATTRIB_NOM", "SUB_MONTANT"),
    *("gid", "c_nom", "c_city", "c_postcode"),
    *("NOM_TL", "CP", "INSEECOM", "TYPO"),
    *("Nom de l’attributaire", "Objet de la subvention", "Nature de la subvention"),
)


def _plain(name: str) -> str:
    return re.sub("[^a-z0-9]", "", unicodedata.normalize("NFD", name).casefold())


KNOWN = {_plain(name) for name in NAMES}
SIGNATURE = Signature(lambda cells: sum(_plain(cell) in KNOWN for cell in cells))


def _real(name: str, *, repair: bool = False) -> Whole:
    return read(REAL / name, SIGNATURE, repair=repair)


@dataclass(frozen=True)
class Expected:
    """What is in a real file."""

    name: str
    rows: int
    columns: int
    last_line: int
    header_line: int = 1
    codes: frozenset[str] = frozenset()


FILES = (
    Expected("subv_2018_cd80-somme.csv", 41, 13, 42, codes=frozenset({"encoding"})),
    Expected("subv_2017_cd46-lot.csv", 13, 14, 18, codes=frozenset({"encoding", "blank"})),
    Expected("subv_2016_cd58-nievre_liste.csv", 97, 17, 98, codes=frozenset({"encoding"})),
    Expected("subv_2017_ville-poitiers_scdl.csv", 562, 11, 946),
    Expected("subv_2018_cd10-aube.xlsx", 7, 14, 9, header_line=2, codes=frozenset({"preamble"})),
    Expected("subv_2018_cd85-vendee.xlsx", 4, 14, 5),
)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_real_file_is_read_whole(file: Expected) -> None:
    sheet = _real(file.name)
    assert (sheet.frame.height, len(sheet.header), sheet.header_line) == (file.rows, file.columns, file.header_line)
    assert (sheet.lines[-1], frozenset(sheet.codes)) == (file.last_line, file.codes)
    assert sheet.frame["cells"].unique().to_list() == [file.columns]


def test_somme_keeps_its_accents_and_amounts() -> None:
    first = _real("subv_2018_cd80-somme.csv").cells[0]
    assert first[0] == "Département de la Somme"
    assert first[6] is not None
    assert first[6].endswith("89\u00a0852\u00a0€ HT") or first[6].endswith("89 852 € HT")


def test_aube_dates_texts_and_lists() -> None:
    sheet = _real("subv_2018_cd10-aube.xlsx")
    assert sheet.name == "Feuil1"
    assert [sheet.cells[0][column] for column in (2, 7, 10, 13)] == [
        "2017-11-16",
        "50\u00a0000 euros",
        "28/11/2017\n08/12/2017",
        "1",
    ]


def test_tiers_lieux_have_garbled_addresses_and_are_held() -> None:
    name = "tiers-lieux_cget_2019_france.csv"
    with pytest.raises(HeldFile, match="Ligne 175"):
        _real(name)
    repaired = _real(name, repair=True)
    assert (repaired.frame.height, len(repaired.header)) == (1512, 30)


def test_a_json_list_is_a_table() -> None:
    sheet = _real("lieux-mednum_hub-lo.json")
    assert (len(sheet.lines), sheet.lines[0], sheet.lines[-1]) == (426, 1, 426)


def test_every_table_of_the_folder_is_tested_here() -> None:
    source = Path(__file__).read_text("utf-8")
    assert all(path.name in source for path in REAL.iterdir() if path.suffix in {".csv", ".xlsx"})
