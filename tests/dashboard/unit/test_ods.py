"""OpenDocument workbooks hold typed cells, say what they are, and run nothing."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest

from dashboard.exports.columns import TableColumn
from dashboard.exports.ods import write_ods
from dashboard.exports.prepared import Passport, PreparedExport
from data.units import CHANGE, EXACT_EUROS, PER_100000, PLACES, SHARE

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
COLUMNS = (
    TableColumn("name", "Lieu"),
    TableColumn("day", "Date", "day"),
    TableColumn("month", "Mois", "month"),
    TableColumn("year", "Année", "year"),
    TableColumn("places", "Lieux", "value", PLACES),
    TableColumn("voted", "Voté", "value", EXACT_EUROS),
    TableColumn("share", "Part", "value", SHARE),
    TableColumn("change", "Évolution", "value", CHANGE),
    TableColumn("rate", "Taux", "value", PER_100000),
)
FORMULA = '=HYPERLINK("http://example.org")'
ROWS: list[tuple[Any, ...]] = [
    (FORMULA, date(2020, 12, 31), 202003, 2020, 34, Decimal("1234.50"), 0.34, -0.31, 1.25),
    ("<b>&\x07", None, None, None, None, None, None, None, None),
]
PASSPORT = Passport(
    title="34 lieux & 50 visés",
    subtitle="Lieux labellisés",
    warning="Données de démonstration",
    parts=(("Filtres", "Normandie"),),
    source_line="Source : registre du label",
    day=date(2026, 11, 22),
    code="B7V7-03GE",
    address="https://exemple.fr/passeport/B7V7-03GE",
)


def ods_bytes(rows: list[tuple[Any, ...]] = ROWS) -> bytes:
    file = io.BytesIO()
    write_ods(PreparedExport("", COLUMNS, rows, None, {}, lambda: PASSPORT), file)
    return file.getvalue()


def sheets(content: bytes) -> dict[str, list[list[ElementTree.Element]]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        tree = ElementTree.fromstring(archive.read("content.xml"))
    return {
        str(table.get(f"{TABLE}name")): [list(row) for row in table.iter(f"{TABLE}table-row")]
        for table in tree.iter(f"{TABLE}table")
    }


def test_cells_are_typed_and_nothing_runs() -> None:
    head, first, second = sheets(ods_bytes())["Données"]
    assert ["".join(cell.itertext()) for cell in head] == [column.header for column in COLUMNS]
    kinds = [cell.get(f"{OFFICE}value-type") for cell in first]
    assert kinds == ["string", "date", "date", "float", "float", "float", "percentage", "percentage", "float"]
    assert "".join(first[0].itertext()) == FORMULA
    assert [cell.get(f"{OFFICE}date-value") for cell in first[1:3]] == ["2020-12-31", "2020-03-01"]
    assert [float(str(cell.get(f"{OFFICE}value"))) for cell in first[3:]] == [2020, 34, 1234.5, 0.34, -0.31, 1.25]
    assert not any(cell.get(f"{TABLE}formula") for cell in first)
    assert "".join(second[0].itertext()) == "<b>&\ufffd"
    assert all(cell.get(f"{OFFICE}value-type") is None for cell in second[1:])


def test_the_second_sheet_is_the_passport() -> None:
    rows = sheets(ods_bytes())["À propos"]
    assert [["".join(cell.itertext()) for cell in row] for row in rows] == [
        ["Titre", PASSPORT.title],
        ["Nature", PASSPORT.warning],
        ["Filtres", "Normandie"],
    ]


def test_the_same_rows_give_the_same_bytes() -> None:
    assert ods_bytes() == ods_bytes()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
@pytest.mark.slow
def test_libreoffice_reads_it(tmp_path: Path) -> None:
    (tmp_path / "x.ods").write_bytes(ods_bytes())
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "x.ods"], check=True, capture_output=True, timeout=120)
    _head, first, *_rest = openpyxl.load_workbook(tmp_path / "x.xlsx")["Données"].iter_rows()
    assert [cell.value for cell in first][3:] == [2020, 34, 1234.5, 0.34, -0.31, 1.25]
    assert first[0].data_type == "s"
