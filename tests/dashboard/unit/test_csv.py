"""Exported files: what a French spreadsheet reads back is what the frame held."""

import csv
import io
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exports.cells import plain_number
from dashboard.exports.columns import TableColumn, cell_text
from dashboard.exports.csv import write_csv
from dashboard.exports.naming import file_stem
from dashboard.exports.prepared import Passport, PreparedExport
from data.formulas import FORMULA_PREFIXES, escape_formula
from data.selection import FilterOptions, Selection
from data.units import EXACT_EUROS, PER_100000, SHARE, VISITS

COLUMNS = (
    TableColumn("day", "Date", "day"),
    TableColumn("month", "Mois", "month"),
    TableColumn("year", "Année", "year"),
    TableColumn("name", "Nom"),
    TableColumn("amount", "Montant voté", "value", EXACT_EUROS),
    TableColumn("share", "Taux de réponse", "value", SHARE),
    TableColumn("visits", "Visites", "value", VISITS),
    TableColumn("rate", "Lieux pour 100\u202f000 habitants", "value", PER_100000),
)
HEADERS = ["Date", "Mois", "Année", "Nom", "Montant voté (€)", "Taux de réponse (%)", "Visites"]
HEADERS += ["Lieux pour 100 000 habitants"]


def csv_bytes(columns: tuple[TableColumn, ...], rows: list[Any], repeated: Mapping[str, str] | None = None) -> bytes:
    def no_notice() -> Passport:
        raise AssertionError("a file of lines has no room for a notice")

    file = io.BytesIO()
    write_csv(PreparedExport("", columns, rows, None, repeated or {}, no_notice), file)
    return file.getvalue()


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_csv_file_opens_in_a_french_spreadsheet() -> None:
    first = (date(2020, 12, 31), 202003, 2020, "=1+1", 1_234.5, 0.345, 1_000, 12.5)
    content = csv_bytes(COLUMNS, [first, (None,) * len(COLUMNS)], {"Filtres": "Normandie", "Nature": "=démonstration"})
    assert content.startswith(b"\xef\xbb\xbfDate;Mois;")
    assert content.count(b"\r\n") == 3
    assert rows_of(content) == [
        [*HEADERS, "Filtres", "Nature"],
        ["31/12/2020", "03/2020", "2020", "'=1+1", "1234,5", "34,5", "1000", "12,5", "Normandie", "'=démonstration"],
        [*[""] * 8, "Normandie", "'=démonstration"],
    ]


def test_a_file_without_rows_is_its_header() -> None:
    content = csv_bytes(COLUMNS[:1], [])
    assert content == b"\xef\xbb\xbfDate\r\n"


texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1)


@given(st.lists(st.tuples(texts, st.none() | st.floats(-1e12, 1e12), st.integers(0, 10**15)), max_size=5))
def test_a_csv_file_is_read_back(rows: list[tuple[str, float | None, int]]) -> None:
    columns = (COLUMNS[3], COLUMNS[7], COLUMNS[6])
    read = rows_of(csv_bytes(columns, rows))[1:]
    assert len(read) == len(rows)
    for (name, rate, visits), cells in zip(rows, read, strict=True):
        assert cells[0] == (f"'{name}" if name.startswith(FORMULA_PREFIXES) else name)
        assert (float(cells[1].replace(",", ".")) if cells[1] else None) == rate
        assert int(cells[2]) == visits


@given(st.decimals(-(10**9), 10**9, allow_nan=False, places=9))
def test_numbers_are_exact_and_never_written_with_an_exponent(value: Decimal) -> None:
    text = plain_number(value)
    assert Decimal(text.replace(",", ".")) == value
    assert "e" not in text.lower()


@pytest.mark.parametrize("start", list("=+-@＝＋－＠\t\r\n"))
def test_formulas_are_guarded(start: str) -> None:
    assert escape_formula(f"{start}1") == f"'{start}1"
    assert escape_formula(f"1{start}") == f"1{start}"


@given(texts)
def test_no_cell_is_a_formula(text: str) -> None:
    assert not escape_formula(text).startswith(FORMULA_PREFIXES)
    assert escape_formula(text).endswith(text)


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("day", date(2020, 12, 31), "31/12/2020"),
        ("month", 202003, "mars 2020"),
        ("year", 2020, "2020"),
        ("name", "A", "A"),
        ("amount", 1_234.5, "1\u202f234,50\u202f€"),
        ("share", 0.345, "35\u202f%"),
        ("visits", 1_000, "1\u202f000"),
        ("visits", None, "—"),
        ("name", None, "—"),
    ],
)
def test_cell_text_on_screen(name: str, value: object, text: str) -> None:
    assert cell_text(next(column for column in COLUMNS if column.name == name), value) == text


def test_file_names_have_filters_dates_and_demonstration() -> None:
    day = date(2020, 12, 31)
    whole, options = Selection((), None, day), FilterOptions({}, day, day)
    assert file_stem("carte", whole, options) == "tiers-lieux_carte_normandie_2020-12-31"
    assert file_stem("carte", whole, options, True) == "tiers-lieux_carte_normandie_2020-12-31_demonstration"
