"""Identifiers: one thing has one, however its cell was stored; what is accepted as one is accepted as a reference."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.sources import SOURCES, Column, Source, source_named
from data.sources.values import example_of
from etl.files import open_table
from etl.files.recognition import recognise, signature_of
from etl.typing import parse
from etl.typing.columns import read_stored_numbers
from etl.typing.texts import clean
from etl.workbooks import __main__ as worker
from tests.etl.references import REFERENCE

IDENTIFIED = tuple(
    source for source in SOURCES if source.columns[0].kind == "identifier" and source.columns[0].required
)
REFERRING = ("place", "aid", "scheme", "partner")
WRAPPINGS = ('="{}"', "'{}", ' "{}"', '"{}" ', ' ="{}" ', '"=""{}"""')


@pytest.fixture(autouse=True)
def _in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.files.workbook.run_worker", worker.main)


def _first_cell(path: Path, source: Source) -> str | None:
    """The first cell of the first row, as typing reads it."""
    with open_table(path, signature=signature_of(source.name)) as sheet:
        layout = recognise(sheet.header, source.name)
        batch = read_stored_numbers(pl.concat(sheet.batches), layout.positions)
    text: str | None = batch["0"].item(0)
    return text


def _files(folder: Path, source: Source, number: str) -> list[Path]:
    """One row of the source in each kind of file, its identifier a number wherever the kind of file has numbers."""
    columns = [column for column in source.columns if column.required]
    headers, rest = [column.header for column in columns], [example_of(column) for column in columns[1:]]
    (folder / "a.csv").write_text(f"{';'.join(headers)}\n{';'.join([number, *rest])}\n", encoding="utf-8")
    book = openpyxl.Workbook()
    book.active.append(headers)  # type: ignore[union-attr]
    book.active.append([float(number), *rest])  # type: ignore[union-attr]
    book.save(folder / "a.xlsx")
    cells = [number, *(json.dumps(text) for text in rest)]
    pairs = ", ".join(f"{json.dumps(header)}: {cell}" for header, cell in zip(headers, cells, strict=True))
    (folder / "a.json").write_text(f"[{{{pairs}}}]", encoding="utf-8")
    return [folder / "a.csv", folder / "a.xlsx", folder / "a.json"]


@pytest.mark.parametrize("source", IDENTIFIED, ids=lambda one: one.name)
@pytest.mark.parametrize("number", ["2025.101", "2025.1", "1.125", "25.0625", "12"])
def test_136_a_number_is_the_same_identifier_from_every_kind_of_file(
    tmp_path: Path, source: Source, number: str
) -> None:
    assert {_first_cell(path, source) for path in _files(tmp_path, source, number)} == {number}


def test_a_stored_number_with_three_decimals_stays_that_number_in_a_column_of_amounts(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["dispositif", "exercice", "type_credit", "montant"])  # type: ignore[union-attr]
    book.active.append(["emergence", 2025, "AE", 1500.125])  # type: ignore[union-attr]
    book.save(tmp_path / "a.xlsx")
    source = source_named("envelopes")
    with open_table(tmp_path / "a.xlsx", signature=signature_of(source.name)) as sheet:
        batch = read_stored_numbers(pl.concat(sheet.batches), recognise(sheet.header, None).positions)
    assert parse(batch["3"].item(0), source.column("amount"), REFERENCE).value == 150_012


@given(st.text(min_size=1, max_size=12) | st.sampled_from(["=8+1", "--", "a/b?c%2f", "A1", "a1", "A-1", "x" * 201]))
def test_what_is_accepted_as_an_identifier_is_accepted_as_a_reference(text: str) -> None:
    """And what is refused where it is declared is refused where it is used."""
    declared = parse(text, Column("code", "id", "identifier", required=True), REFERENCE)
    name = clean(text)
    here = replace(
        REFERENCE, places={name: 7}, aids={name: 20200101}, schemes={name: "Un libellé"}, partners={name: "Un nom"}
    )
    nothing = replace(REFERENCE, places={}, aids={}, schemes={}, partners={})
    for kind in REFERRING:
        column = Column("ref", "référence", kind, required=True)  # type: ignore[arg-type]
        if declared.value is not None:
            assert parse(text, column, here).value == (7 if kind == "place" else declared.value)
        elif declared.refusal:
            assert parse(text, column, nothing).refusal == declared.refusal


def test_two_codes_that_differ_by_punctuation_are_two() -> None:
    world = replace(REFERENCE, schemes={"a1": "Un", "a-1": "Deux"})
    column = Column("scheme", "dispositif", "scheme")
    assert [parse(text, column, world).value for text in ("a1", "a-1", "Un", "DEUX", "A 1")] == [
        "a1", "a-1", "a1", "a-1", None
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["2025-10-25", "2025-10-25T00:00:10", "2.4E+16"])
def test_136_what_a_spreadsheet_changed_is_kept_and_reported(text: str) -> None:
    for source in SOURCES:
        for column in source.columns:
            if column.kind == "identifier":
                read = parse(text, column, REFERENCE)
                assert read.value == text
                assert "à la place d’un identifiant" in str(read.note)


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_135_a_wrapped_value_is_the_value_whatever_its_column(tmp_path: Path, wrapping: str) -> None:
    for source in SOURCES:
        columns = [column for column in source.columns if example_of(column)]
        row = [wrapping.format(example_of(column)) for column in columns]
        path = tmp_path / f"{source.name}.csv"
        path.write_text(f"{';'.join(column.header for column in columns)}\n{';'.join(row)}\n", encoding="utf-8")
        with open_table(path, signature=signature_of(source.name)) as sheet:
            batch = pl.concat(sheet.batches)
        assert batch.row(0)[2:] == tuple(example_of(column) for column in columns), source.name


@given(st.text(st.sampled_from("ab é=\"';,"), min_size=1, max_size=8))
def test_135_spaces_before_quotes_change_nothing(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("guillemets")
    read = []
    for name, space in (("serre", ""), ("aere", "  ")):
        out = io.StringIO()
        csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(["N1", text, "fin"])
        line = out.getvalue().replace('"N1";', f"N1;{space}", 1)
        path = folder / f"{name}.csv"
        path.write_text(f"id_lieu;nom;porteur\n{line}", encoding="utf-8")
        with open_table(path, signature=signature_of("places")) as sheet:
            read.append(pl.concat(sheet.batches).row(0)[2:])
    assert read[0] == read[1]


def test_an_apostrophe_that_quotes_is_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "lieux.csv"
    path.write_text("id_lieu;nom;porteur\nN1;'La Filature', à Caen;'Asso d’ici\n", encoding="utf-8")
    with open_table(path, signature=signature_of("places")) as sheet:
        assert pl.concat(sheet.batches).row(0)[2:] == ("N1", "'La Filature', à Caen", "Asso d’ici")
        note = next(note for note in sheet.notes if note.code == "wrapped")
    assert (note.line, note.message.startswith("1 cellule écrite")) == (2, True)
