"""Rows 48 to 59 of the catalogue of bad inputs, for text files."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.files import UnreadableFile
from tests.etl.files.samples import HEADER, read, table, write

ROW = "TL1;Bar;14118;10"


def test_48_header_is_given_as_found(tmp_path: Path) -> None:
    assert read(write(tmp_path, f'ID_LIEU; Nom ;"Montant\n(€)";\u00a0x\n{ROW}\n')).header == (
        "ID_LIEU",
        "Nom",
        "Montant\n(€)",
        "x",
    )


def test_48_header_over_two_lines_keeps_physical_lines(tmp_path: Path) -> None:
    sheet = read(write(tmp_path, f'id_lieu;nom;"code\ninsee";montant\n{ROW}\n'))
    assert (sheet.header_line, sheet.lines) == (1, [3])


@pytest.mark.parametrize("twin", ["nom", "NOM", " Nom "])
def test_50_duplicate_header_is_refused(tmp_path: Path, twin: str) -> None:
    with pytest.raises(UnreadableFile, match=r"Ligne 1.*deux colonnes.*2ᵉ et la 4ᵉ"):
        read(write(tmp_path, f"id_lieu;nom;code_insee;{twin}\n{ROW}\n"))


def test_50_too_many_columns_are_refused(tmp_path: Path) -> None:
    header = ";".join(["id_lieu", "nom", *(f"c{n}" for n in range(200))])
    with pytest.raises(UnreadableFile, match="200 colonnes"):
        read(write(tmp_path, header + "\n1;2\n"))


def test_54_short_and_long_rows_are_counted(tmp_path: Path) -> None:
    sheet = read(write(tmp_path, table(ROW, "TL2;Bar", "TL3;Bar;14118;10;x", "TL4;Bar;14118;10;; ;", ROW)))
    assert sheet.frame["cells"].to_list() == [4, 2, 5, 4, 4]
    assert sheet.cells[1:3] == [["TL2", "Bar", None, None], ["TL3", "Bar", "14118", "10"]]


def test_54_the_same_rows_with_quotes_are_counted_alike(tmp_path: Path) -> None:
    sheet = read(write(tmp_path, table('"TL1";Bar;14118;10', "TL2;Bar", "TL3;Bar;14118;10;x", "TL4;Bar;14118;10;; ;")))
    assert sheet.frame["cells"].to_list() == [4, 2, 5, 4]


@pytest.mark.parametrize(("rows", "cells"), [(["a;b;c;d;e", "a;b;c"], [5, 3]), (["a;b;c", "a;b;c;d;e"], [3, 5])])
def test_54_a_long_row_does_not_make_up_for_a_short_one(tmp_path: Path, rows: list[str], cells: list[int]) -> None:
    assert read(write(tmp_path, table(*rows))).frame["cells"].to_list() == cells


def test_54_unnamed_columns_at_the_right_end_are_left_out(tmp_path: Path) -> None:
    sheet = read(write(tmp_path, f"{HEADER};;\n{ROW};;\n"))
    assert (len(sheet.header), sheet.frame["cells"].to_list()) == (4, [4])


@pytest.mark.parametrize("count", [1, 10])
def test_55_preamble_is_skipped_and_reported(tmp_path: Path, count: int) -> None:
    preamble = "".join(f'Export du 12/03/2025, "ligne {n}\n' for n in range(count))
    sheet = read(write(tmp_path, preamble + "\n" + table(ROW)))
    assert (sheet.header_line, sheet.lines, sheet.codes) == (count + 2, [count + 3], {"preamble"})


def test_55_eleven_lines_before_the_header_are_too_many(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="aucune ligne d’en-tête"):
        read(write(tmp_path, "Export\n" * 11 + table(ROW)))


def test_55_the_best_row_is_the_header(tmp_path: Path) -> None:
    sheet = read(write(tmp_path, "id_lieu;nom;;\n" + table(ROW)))
    assert sheet.header_line == 2


def test_56_blank_rows_anywhere(tmp_path: Path) -> None:
    sheet = read(write(tmp_path, "\n;;;\n" + table(ROW, "", " ; \u00a0;;", ROW, ";;;", ";;;")))
    assert (sheet.header_line, sheet.lines) == (3, [4, 7])
    assert next(note.message for note in sheet.notes if note.code == "blank").startswith("4 ")


@pytest.mark.parametrize(
    "row", ["Total Énergies;Bar;14118;10", "Sources;a;b;c", "Source : x;a;b;c", "0;0;0;x", "id_lieu;x;y;z"]
)
def test_134_rows_that_only_look_like_no_data_stay(tmp_path: Path, row: str) -> None:
    assert read(write(tmp_path, table(ROW, row))).frame.height == 2


def test_57_source_without_line_feed_is_not_a_cut_file(tmp_path: Path) -> None:
    assert read(write(tmp_path, table(ROW) + "Source : Région")).lines == [2]


def test_59_group_titles_above_the_header(tmp_path: Path) -> None:
    assert read(write(tmp_path, "Le lieu;;L’aide;\n" + table(ROW))).header_line == 2


def test_blank_cells_are_null_and_texts_stripped(tmp_path: Path) -> None:
    sheet = read(write(tmp_path, table("\u202fTL1 ;\u00a0;\t;  1 0 ")))
    assert sheet.cells == [["TL1", None, None, "1 0"]]


def test_batches_are_bounded(tmp_path: Path) -> None:
    sheet = read(write(tmp_path, table(*["a;b;c;d"] * 250_000)))
    assert (sheet.frame.height, sheet.lines[-1]) == (250_000, 250_001)
    assert sheet.frame.n_chunks() >= 3
