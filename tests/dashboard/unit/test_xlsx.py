"""Workbooks hold typed cells, say what they are, and run nothing."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from dashboard.exports import xlsx
from dashboard.exports.columns import TableColumn
from dashboard.exports.prepared import Passport, PreparedExport
from data.units import CHANGE, EXACT_EUROS, PLACES, SHARE

COLUMNS = (
    TableColumn("name", "Lieu"),
    TableColumn("day", "Date", "day"),
    TableColumn("month", "Mois", "month"),
    TableColumn("year", "Année", "year"),
    TableColumn("places", "Lieux", "value", PLACES),
    TableColumn("voted", "Voté", "value", EXACT_EUROS),
    TableColumn("share", "Part", "value", SHARE),
    TableColumn("change", "Évolution", "value", CHANGE),
)
FORMULA = '=HYPERLINK("http://example.org")'
ROWS = [
    (FORMULA, date(2020, 12, 31), 202003, 2020, 34, Decimal("1234.50"), 0.34, -0.31),
    ("https://example.org\x07", None, None, None, None, None, None, None),
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


def at(day: str) -> datetime:
    return datetime.fromisoformat(day)


def xlsx_bytes(columns: tuple[TableColumn, ...], rows: list[Any], passport: Passport) -> bytes:
    file = io.BytesIO()
    xlsx.write_xlsx(PreparedExport("", columns, rows, None, {}, lambda: passport), file)
    return file.getvalue()


def opened(raw: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(raw))


def test_cells_are_typed_and_nothing_runs() -> None:
    raw = xlsx_bytes(COLUMNS, ROWS, PASSPORT)
    sheet = opened(raw)["Données"]
    head, first, second = sheet.iter_rows()
    assert [cell.value for cell in head] == [column.header for column in COLUMNS]
    assert [cell.value for cell in first] == [
        FORMULA, at("2020-12-31"), at("2020-03-01"), 2020, 34, 1234.5, 0.34, -0.31,
    ]  # fmt: skip
    assert [cell.data_type for cell in first] == ["s", "d", "d", "n", "n", "n", "n", "n"]
    assert [cell.number_format for cell in first][4:] == ["#,##0", '#,##0.00 "€"', "0.0%", "+0.0%;-0.0%;0.0%"]
    assert {cell.value for cell in second[1:]} == {None}
    assert not sheet._hyperlinks
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("start", list("=+-@＝＋－＠"))
def test_a_text_that_looks_like_a_formula_stays_a_text_when_it_is_edited(start: str) -> None:
    """A spreadsheet then reads again what the cell holds, unless the cell says that it is quoted."""
    rows = [(text, *[None] * (len(COLUMNS) - 1)) for text in (f"{start}1", f"1{start}")]
    sheet = opened(xlsx_bytes(COLUMNS, rows, PASSPORT))["Données"]
    assert [cell.value for cell in sheet["A"][1:]] == [f"{start}1", f"1{start}"]
    assert [bool(cell.quotePrefix) for cell in sheet["A"][1:]] == [True, False]


def test_the_sheet_prints_and_filters() -> None:
    sheet = opened(xlsx_bytes(COLUMNS, ROWS, PASSPORT))["Données"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("B2", "A1:H3", "$1:$1")
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == (
        9,
        "landscape",
        0,
    )


def test_the_about_sheet_describes_the_file() -> None:
    shown_text = {
        row[0].value: row[1].value for row in opened(xlsx_bytes(COLUMNS, ROWS, PASSPORT))["À propos"].iter_rows()
    }
    assert shown_text == {"Titre": PASSPORT.title, "Nature": "Données de démonstration", "Filtres": "Normandie"}


def test_the_same_rows_give_the_same_bytes() -> None:
    assert xlsx_bytes(COLUMNS, ROWS, PASSPORT) == xlsx_bytes(COLUMNS, ROWS, PASSPORT)


def test_a_list_too_long_is_cut_with_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_ROWS", 2)
    book = opened(xlsx_bytes(COLUMNS[:1], [("a",), ("b",), ("c",)], PASSPORT))
    assert book["Données"].max_row == 3
    assert "CSV" in str(book["À propos"].cell(4, 2).value)
