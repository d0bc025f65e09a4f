"""The public files of ../shared/data, loaded; and the same oddities on files of our own, for where there are none.

Counts are those of ../shared/data/real/MANIFEST.md: accepted + rejected = the rows that it says.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine, func, select

from data.schema import aid_version, commune, is_live, mediation_place
from data.sources import source_named
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_file
from etl.loading.report import Report
from tests.conftest import SHARED, TODAY
from tests.etl.deliveries import contents

REAL, SCHEMAS = SHARED / "data" / "real", SHARED / "data" / "schemas"
there = pytest.mark.skipif(not REAL.is_dir(), reason="../shared/data is not on this machine")
UNREAD = "Nombre illisible : écrivez par exemple 1 500 ou 1500,50."
TOO_BIG = "Part trop grande : sans %, elle se lit entre 0 et 1. Écrivez 50 % ou 0,5."
EMPTY = "Colonne obligatoire vide."
RNA = "Numéro RNA faux : un W suivi de 9 chiffres est attendu, comme W143001234."
NOTHING = "« NC » veut dire vide, et la colonne est obligatoire."
INVALID = (
    (2, "100", TOO_BIG),
    (3, "80", TOO_BIG),
    (4, "80", TOO_BIG),
    (5, "W3222", RNA),
    (10, None, EMPTY),
    (12, "W12455", RNA),
    (30, "W1234567", RNA),
)


@dataclass(frozen=True)
class Expected:
    """What loading a file gives: its rows, the euros and the SIRET kept, and each refusal as (line, value, message)."""

    rows: int
    euros: float
    sirets: int
    refused: tuple[tuple[int, str | None, str], ...] = ()


FILES = {
    "subv_2018_cd80-somme.csv": Expected(41, 3_201_952.64, 41),
    "subv_2017_cd46-lot.csv": Expected(13, 878_205, 13),
    "subv_2016_cd58-nievre_liste.csv": Expected(
        97,
        17_140_715,
        0,
        (
            (8, "NC", NOTHING),
            (60, None, EMPTY),
            (91, "SEM", UNREAD),
            (94, "SEM", UNREAD),
            (95, "ODHLM", UNREAD),
            (96, "SEM", UNREAD),
            (97, "SEM", UNREAD),
        ),
    ),
    "subv_2017_ville-poitiers_scdl.csv": Expected(562, 11_548_359.23, 0),
    "subv_2018_cd10-aube.xlsx": Expected(7, 2_580_600, 6),
    "subv_2018_cd85-vendee.xlsx": Expected(4, 2_367_625, 4),
}


def _load(engine: Engine, path: Path, **order: object) -> Report:
    return load_file(engine, path, LoadOptions(TODAY, **order))  # type: ignore[arg-type]


def _said(report: Report) -> list[tuple[int, str | None, str]]:
    return [(one.line, one.value, one.message.replace("\u202f", " ")) for one in report.problems]


def _kept(engine: Engine) -> tuple[int, float, int]:
    """Aid files, their euros, those with a SIRET."""
    columns = (func.count(), func.sum(aid_version.c.voted_amount), func.count(aid_version.c.siret))
    with engine.connect() as connection:
        files, euros, sirets = connection.execute(select(*columns).where(is_live(aid_version))).one()
    return files, float(euros or 0), sirets


@there
@pytest.mark.parametrize("name", FILES)
def test_a_real_file_loads_with_exactly_these_refusals(engine: Engine, name: str) -> None:
    expected = FILES[name]
    report = _load(engine, REAL / name)
    assert report.source == "aids-scdl"
    assert report.status == ("loaded_with_rejects" if expected.refused else "loaded")
    assert (report.accepted + report.rejected, report.rejected) == (expected.rows, len(expected.refused))
    assert _said(report) == list(expected.refused)
    files, euros, sirets = _kept(engine)
    assert (files, round(euros, 2), sirets) == (report.accepted, expected.euros, expected.sirets)
    before = contents(engine)
    assert _load(engine, REAL / name).status == "already_loaded"
    assert contents(engine) == before


@there
def test_the_manifest_has_no_other_file(shared: Path) -> None:
    names = {path.name for path in (shared / "data" / "real").iterdir()} - {"MANIFEST.md"}
    assert names == {*FILES, "tiers-lieux_cget_2019_france.csv", "lieux-mednum_hub-lo.json"}


@there
@pytest.mark.parametrize("confirm", [False, True])
def test_the_national_list_of_tiers_lieux_is_no_source_of_ours(engine: Engine, confirm: bool) -> None:
    """Its accents are damaged too, but to confirm their repair would lead nowhere."""
    report = _load(engine, REAL / "tiers-lieux_cget_2019_france.csv", confirm=confirm)
    assert (report.status, report.source, report.accepted) == ("refused", None, 0)
    [problem] = report.problems
    assert problem.message.startswith("Aucune source ne correspond à ces colonnes. La plus proche est ")


@there
@pytest.mark.parametrize(
    ("path", "rows"), [(REAL / "lieux-mednum_hub-lo.json", 426), (SCHEMAS / "lamednum_exemple-valide.csv", 1)]
)
def test_mediation_places_elsewhere_are_loaded_with_a_remark_in_no_territory(
    engine: Engine, path: Path, rows: int
) -> None:
    report = _load(engine, path)
    assert (report.source, report.status, report.accepted) == ("mediation-places", "loaded", rows)
    assert any("hors de Normandie" in remark.message for remark in report.remarks)
    with engine.connect() as connection:
        kept = connection.execute(select(mediation_place).where(is_live(mediation_place))).mappings().all()
        inside = set(connection.scalars(select(commune.c.code)))
    assert len(kept) == rows
    assert not {row["commune"] for row in kept} & inside
    assert all(row["lon"] and row["lat"] for row in kept)
    text = repr([dict(row) for row in kept])
    assert "+33180059880" not in text
    assert "contact@" not in text
    assert _load(engine, path).status == "already_loaded"


@there
@pytest.mark.parametrize(
    ("name", "rows", "refused"),
    [
        ("exemple_valide", 29, ()),
        (
            "exemple_invalide_erreurs_cellules",
            29,
            INVALID,
        ),
        (
            "exemple_invalide_erreurs_colonnes",
            29,
            INVALID,
        ),
    ],
)
def test_the_examples_of_the_format(
    engine: Engine, name: str, rows: int, refused: tuple[tuple[int, str | None, str], ...]
) -> None:
    report = _load(engine, SCHEMAS / f"scdl_subventions_{name}.csv")
    assert (report.accepted + report.rejected, tuple(_said(report))) == (rows, refused)


def _write(path: Path, *lines: str, encoding: str = "utf-8", mark: bytes = b"") -> Path:
    path.write_bytes(mark + "\r\n".join([*lines, ""]).encode(encoding))
    return path


SCDL = "nomAttribuant;idAttribuant;dateConvention;nomBeneficiaire;idBeneficiaire;montant;pourcentageSubvention;type"


def test_a_mark_of_utf_8_before_windows_text_and_a_la_poste_siret(engine: Engine, tmp_path: Path) -> None:
    """As the Somme: U+00A0 in amounts, slashes in dates, a column more."""
    row = "Département;200053403;2017/09/08;La Poste;35600000000048;26\u00a0956,00 €;1;x"
    report = _load(engine, _write(tmp_path / "a.csv", SCDL, row, encoding="cp1252", mark=b"\xef\xbb\xbf"))
    assert (report.status, report.accepted) == ("loaded", 1)
    said = " ".join(remark.message for remark in report.remarks)
    assert "malgré une marque UTF-8" in said
    assert [remark.column for remark in report.remarks if "inconnue" in remark.message] == ["type"]
    assert _kept(engine) == (1, 26_956.0, 1)


def test_other_headers_a_siren_as_funder_and_amounts_that_are_words(engine: Engine, tmp_path: Path) -> None:
    """As the Nièvre: COLL_*, ATTRIB_*, SUB_*; no SIRET of a beneficiary; some amounts are legal forms."""
    header = "COLL_NOM,COLL_SIRET,ACTE_DATE,ATTRIB_NOM,ATTRIB_SIRET,SUB_MONTANT"
    rows = [
        f"Nièvre,225800010,2016-01-01,{name},,{amount}"
        for name, amount in (("A", "7\u00a0655"), ("B", "SEM"), ("C", ""))
    ]
    report = _load(engine, _write(tmp_path / "a.csv", header, *rows, encoding="cp1252"))
    assert _said(report) == [(3, "SEM", UNREAD), (4, None, EMPTY)]
    assert _kept(engine) == (1, 7_655.0, 0)


def test_a_siret_rounded_by_a_spreadsheet_costs_no_money(engine: Engine, tmp_path: Path) -> None:
    """As Poitiers: the digits are lost, the amount is not."""
    row = "Ville;21860194600000.0;2017-03-01;Asso;45032466000000.0;10000.0;1;"
    report = _load(engine, _write(tmp_path / "a.csv", SCDL, row))
    kinds = Counter((remark.column, "arrondi" in remark.message) for remark in report.remarks)
    assert kinds["idAttribuant", True] == kinds["idBeneficiaire", True] == 1
    assert _kept(engine) == (1, 10_000.0, 0)


def test_a_workbook_with_titles_over_its_header_and_words_in_its_cells(engine: Engine, tmp_path: Path) -> None:
    """As the Aube: merged titles, `50 000 euros`, « Ne rien indiquer », a SIRET without its zero."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Attribuant", None, None, "Bénéficiaire", None, None],
        ["nomAttribuant", "idAttribuant", "dateConvention", "nomBeneficiaire", "idBeneficiaire", "montant"],
        ["Aube", "200053403", "2017-11-16", "Lycée", "1810086080001", "97 000euros"],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    book.create_sheet("vide")
    book.save(tmp_path / "a.xlsx")
    report = _load(engine, tmp_path / "a.xlsx")
    assert (report.status, report.accepted, report.rejected) == ("loaded", 1, 0)
    assert any("13 chiffres au lieu de 14" in remark.message for remark in report.remarks)
    assert _kept(engine) == (1, 97_000.0, 0)


def test_a_beneficiary_has_its_part_of_the_grant(engine: Engine, tmp_path: Path) -> None:
    """The amount of a line is the whole grant: it must not be counted twice."""
    row = "Ville;200053403;2017-03-01;{};;1000;{};"
    mixed = _load(engine, _write(tmp_path / "a.csv", SCDL, row.format("A", "0.6"), row.format("B", "40 %")))
    assert [problem.line for problem in mixed.problems] == [2]  # beside « 40 % », a bare number may be a percentage
    report = _load(engine, _write(tmp_path / "b.csv", SCDL, row.format("C", "0.6"), row.format("D", "0.4")))
    assert (report.status, _kept(engine)) == ("loaded", (3, 1_400.0, 0))


def test_damaged_accents_are_held_and_mended_once_confirmed(engine: Engine, tmp_path: Path) -> None:
    header = ";".join(column.header for column in source_named("places").columns[:3]) + ";porteur;type_porteur"
    path = _write(tmp_path / "lieux.csv", header, "TL-1;La FÃ©e de lâ€™Ã‰tÃ©;14118;Asso;associatif")
    held = _load(engine, path)
    assert (held.status, held.source) == ("held", "places")
    assert "--confirm" in held.problems[0].message
    assert _load(engine, path, confirm=True).status == "loaded"


def test_damaged_accents_in_a_file_that_is_none_of_ours_are_refused(engine: Engine, tmp_path: Path) -> None:
    path = _write(tmp_path / "x.csv", "id_lieu;nom;humeur", "1;FÃ©e;bonne")
    report = _load(engine, path)
    assert (report.status, report.problems[0].message[:19]) == ("refused", "Aucune source ne co")
