"""What an agent reads of a file: the cell, what is wrong with it in his words, and what to write in its place."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.reference import read_departements_of_france, read_postcodes
from data.sources import SOURCES, Column, Source
from data.sources.values import example_of
from etl.typing import parse
from tests.etl.references import REFERENCE, messages, read, type_table

POSTCODES = read_postcodes()
HERE = replace(
    REFERENCE, places={"TL-001": 1}, aids={"2025-001": 20250101}, criteria={"haut-debit": ""}
)  # what the examples name
REQUIRED = [(source, column) for source in SOURCES for column in source.columns if column.required]


def _row(source: Source, **cells: str) -> str:
    """A file of one row: the examples of the required columns, but for the cells given."""
    columns = [column for column in source.columns if column.required or column.name in cells]
    texts = [cells.get(column.name, example_of(column)) for column in columns]
    return f"{';'.join(column.header for column in columns)}\n{';'.join(texts)}"


@pytest.mark.parametrize(
    ("source", "column"), REQUIRED, ids=[f"{source.name}.{column.header}" for source, column in REQUIRED]
)
def test_a_required_cell_that_is_not_blank_is_not_called_so(source: Source, column: Column) -> None:
    for text in column.empty:
        (problem,) = type_table(source.name, _row(source, **{column.name: text}), reference=HERE).refused
        assert problem.value == text
        assert messages([problem]) == [f"« {text} » veut dire vide, et la colonne est obligatoire."]
        assert problem.cause == "Colonne obligatoire vide."


@pytest.mark.parametrize("label", ["Total", "TOTAL GÉNÉRAL", "Sous-total 2024", "Montant total", "montants total :"])
@pytest.mark.parametrize("source", SOURCES, ids=lambda one: one.name)
def test_a_row_of_totals_is_taken_out_and_reported_once(source: Source, label: str) -> None:
    texts = [column for column in source.columns if column.kind in {"text", "identifier"}]
    if not texts:
        pytest.skip("no column of text in this source")
    lacking = {column.name: "" for column in source.columns if column.required}
    typed = type_table(source.name, _row(source, **{**lacking, texts[0].name: label}))
    assert (typed.refused, len(typed.rows)) == ([], 0)
    assert messages(typed.warnings) == ["Ligne de total retirée des données."]


@given(st.sampled_from(sorted(POSTCODES)))
def test_96_a_postcode_gets_the_communes_that_have_it(postcode: str) -> None:
    reference = replace(REFERENCE, postcodes=POSTCODES, communes={}, former={})
    found = parse(postcode, Column("commune", "code_insee", "commune"), reference)
    assert found.refusal == "code postal au lieu du code INSEE"
    codes = re.findall(r"\d{5}", str(found.after))
    assert codes
    assert set(codes) <= set(POSTCODES[postcode])


@given(st.sampled_from(sorted(set(read_departements_of_france()) - set(REFERENCE.departements))), st.integers(1, 99))
def test_99_a_code_elsewhere_is_reported_with_its_departement(departement: str, number: int) -> None:
    code = f"{departement}{number:03}"[:5] if len(departement) == 2 else f"{departement}{number:02}"
    for text in {code, code.removeprefix("0")}:
        found = read(text, "commune")
        assert found.refusal in {"commune hors de Normandie", "code INSEE à 4 chiffres"}
        assert read_departements_of_france()[departement] in str(found.after)


def test_104_the_digits_of_a_wrong_siret_are_shown_and_those_of_a_person_are_not() -> None:
    head = "id_lieu;nom;code_insee;porteur;type_porteur;siret\n"
    values = {
        text: type_table("places", f"{head}TL-1;Lieu;14118;Asso;public;{text}").warnings[0].value
        for text in ("2005340300016", "1850578006084", "185057800608491")
    }
    assert list(values.values()) == ["2005340300016", "1850578006084", "•••"]


def test_86_the_american_dates_of_a_column_are_named_with_their_lines() -> None:
    rows = [f"p{day};P;{day:02}/04/2020" for day in range(1, 21)]
    rows[6], rows[11] = "p7;P;12/31/2020", "p12;P;01/15/2020"
    warnings = type_table("partners", "partenaire;libelle;depuis\n" + "\n".join(rows[:12])).warnings
    plausible = [problem for problem in warnings if problem.line not in {8, 13}]
    assert len(plausible) == 10
    for problem in plausible:
        assert "12/31/2020 (ligne 8) et 01/15/2020 (ligne 13)" in problem.message


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "a;A;b",
            "3 cellules pour 2 intitulés : une colonne remplie n’a pas d’intitulé, ou un séparateur est de trop.",
        ),
        ("a", "1 cellule pour 2 intitulés : un séparateur ou un guillemet manque."),
    ],
)
def test_54_cells_under_no_header_are_no_missing_separator(row: str, message: str) -> None:
    assert messages(type_table("partners", f"partenaire;libelle\n{row}").refused) == [message]
