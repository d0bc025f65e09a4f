"""Rows 1 to 46 of the catalogue of bad inputs, for text files."""

from __future__ import annotations

import gzip
import io
import os
import unicodedata
from pathlib import Path

import pytest

from etl.files import HeldFile, UnreadableFile, open_file, open_table, safe_name
from etl.files.encoding import Encoding
from etl.files.stream import read_chunks
from tests.etl.files.samples import HEADER, SIGNATURE, read, table, write

ROW = "TL1;Café d’Évreux;27229;12,50"
ROWS = [["TL1", "Café d’Évreux", "27229", "12,50"]]


def test_01_utf8_is_read(tmp_path: Path) -> None:
    sheet = read(write(tmp_path, table(ROW)))
    assert (sheet.name, sheet.header, sheet.header_line) == ("", tuple(HEADER.split(";")), 1)
    assert (sheet.cells, sheet.lines, sheet.frame["cells"].to_list(), sheet.notes) == (ROWS, [2], [4], [])
    assert [str(kind) for kind in sheet.frame.dtypes[:3]] == ["UInt32", "UInt16", "String"]


def test_02_bom_is_not_part_of_the_header(tmp_path: Path) -> None:
    assert read(write(tmp_path, table(ROW), encoding="utf-8-sig")).header[0] == "id_lieu"


def test_02_bom_before_a_windows_body_is_reported(tmp_path: Path) -> None:
    sheet = read(write(tmp_path, b"\xef\xbb\xbf" + table(ROW).encode("cp1252")))
    assert sheet.cells == ROWS
    assert "malgré une marque UTF-8" in sheet.notes[0].message
    assert sheet.notes[0].line == 2


@pytest.mark.parametrize("name", ["Été à l’œuvre, 5 €", "œ", "€", "n° 3 – « Ça »", "Besançon"])
def test_03_04_05_windows_1252_is_reported(tmp_path: Path, name: str) -> None:
    sheet = read(write(tmp_path, table(f"TL1;{name};14118;1"), encoding="cp1252"))
    assert sheet.cells[0][1] == name
    assert sheet.codes == {"encoding"}


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850", "cp437"])
def test_06_old_encodings_are_refused_with_the_line(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, table("TL1;Bar;14118;1", "TL2;Métairie du Père Léon;14118;2"), encoding=encoding)
    with pytest.raises(UnreadableFile, match=r"Ligne 3.*ni UTF-8 ni Windows-1252") as caught:
        read(path)
    assert caught.value.line == 3


@pytest.mark.parametrize(("codec", "mark"), [("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")])
def test_07_utf16_with_its_mark(tmp_path: Path, codec: str, mark: bytes) -> None:
    sheet = read(write(tmp_path, mark + table(ROW).replace(";", "\t").replace("\n", "\r\n").encode(codec)))
    assert (sheet.cells, sheet.codes) == (ROWS, {"encoding"})


def test_07_cut_utf16_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="UTF-16 est coupé"):
        read(write(tmp_path, b"\xff\xfe" + table(ROW).encode("utf-16-le")[:-1]))


def test_08_utf16_without_mark_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="UTF-16 sans sa marque"):
        read(write(tmp_path, table("TL1;Bar;14118;1").encode("utf-16-le")))


@pytest.mark.parametrize("lost", [3, 50, 5_000])
def test_26_a_file_that_ends_in_nul_bytes_was_cut(tmp_path: Path, lost: int) -> None:
    content = table("TL-1;La Filature;14118;1").encode()
    path = write(tmp_path, content + b"\0" * lost)
    with pytest.raises(UnreadableFile, match=f"finit par {lost} octets nuls"):
        read(path)


def test_08_utf32_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="UTF-32"):
        read(write(tmp_path, table(ROW).encode("utf-32")))


@pytest.mark.parametrize("word", ["Évreux", "Café", "5 €", "l’eau", "où", "cœur", "« ici »", "à"])
def test_09_mojibake_is_held_with_its_repair(tmp_path: Path, word: str) -> None:
    garbled = word.encode().decode("cp1252")
    path = write(tmp_path, table("TL0;Bar;14118;1", f"TL1;{garbled};14118;1"))
    with pytest.raises(HeldFile, match="se lirait") as caught:
        read(path)
    assert caught.value.line == 3
    repaired = read(path, repair=True)
    assert repaired.cells[1][1] == word
    assert "mojibake" in repaired.codes


@pytest.mark.parametrize("word", ["SÃO PAULO", "Âge", "château", "À la 10 €", "ÂME"])
def test_09_true_letters_are_not_mojibake(tmp_path: Path, word: str) -> None:
    assert read(write(tmp_path, table(f"TL1;{word};14118;1"))).cells[0][1] == word


@pytest.mark.parametrize("lost", ["�vreux", "Ãƒâ€°vreux", "cafÃƒÂ©"])
def test_10_lost_characters_stay_visible(tmp_path: Path, lost: str) -> None:
    rows = [f"TL{n};Bar;14118;1" for n in range(150)]
    sheet = read(write(tmp_path, table(*rows, f"TL1;{lost};14118;1")))
    assert "�" in (sheet.cells[-1][1] or "")
    assert next(note.line for note in sheet.notes if note.code == "damaged") == 152


def test_10_more_than_one_percent_lost_is_refused(tmp_path: Path) -> None:
    rows = [f"TL{n};Bar;14118;1" for n in range(150)]
    with pytest.raises(UnreadableFile, match=r"Ligne 152.*2 lignes sur 152"):
        read(write(tmp_path, table(*rows, "TL1;�vreux;14118;1", "TL2;�vreux;14118;1")))


@pytest.mark.parametrize("first", ["utf-8", "cp1252"])
def test_11_mixed_encodings_are_refused_at_the_first_bad_line(tmp_path: Path, first: str) -> None:
    second = "cp1252" if first == "utf-8" else "utf-8"
    content = table("TL1;Café;14118;1").encode(first) + "TL2;Bar;1;1\nTL3;Été;14118;1\n".encode(second)
    with pytest.raises(UnreadableFile, match=r"Ligne 4.*deux encodages"):
        read(write(tmp_path, content))


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_12_13_14_delimiters(tmp_path: Path, mark: str) -> None:
    row = mark.join(["TL1", "Bar", "14118", '"12,50"'])
    sheet = read(write(tmp_path, f"{HEADER.replace(';', mark)}\n{row}\n"))
    assert sheet.cells == [["TL1", "Bar", "14118", "12,50"]]


def test_15_delimiter_that_changes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"Ligne 3.*séparateur"):
        read(write(tmp_path, table(ROW, "TL2,Bar,14118,1")))


def test_16_excel_sep_line(tmp_path: Path) -> None:
    sheet = read(write(tmp_path, "sep=;\r\n" + table("TL1;a,b;c,d;e,f").replace("\n", "\r\n")))
    assert (sheet.header_line, sheet.lines, sheet.codes) == (2, [3], {"sep"})


def test_17_no_delimiter_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="aucun séparateur"):
        read(write(tmp_path, "id_lieu\nTL1\nTL2\n"))


def test_17_unknown_columns_are_refused_with_what_was_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"aucune ligne d’en-tête.*couleur"):
        read(write(tmp_path, "couleur;taille\nbleu;3\n"))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_18_line_ends(tmp_path: Path, end: str) -> None:
    sheet = read(write(tmp_path, table(ROW, ROW, ROW).replace("\n", end)))
    assert (sheet.cells, sheet.lines) == (ROWS * 3, [2, 3, 4])


def test_18_mixed_line_ends_keep_physical_lines(tmp_path: Path) -> None:
    content = f"{HEADER}\r\n{ROW}\r{ROW}\n\r\n\r{ROW}"
    assert read(write(tmp_path, content)).lines == [2, 3, 6]


def test_19_nul_bytes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="3 octets nuls"):
        read(write(tmp_path, table("TL1;B\0a\0r\0;14118;1")))


def test_19_one_nul_only_marks_its_row(tmp_path: Path) -> None:
    assert read(write(tmp_path, table("TL1;B\0r;14118;1", "TL2;Bar;14118;1"))).cells[0][1] == "B�r"


@pytest.mark.parametrize("char", ["\x07", "\u200b", "\u00ad", "\u200f", "\ufeff", "\x85", "\x1f"])
@pytest.mark.parametrize("word", ["Bar", "Évreux", "l’Évreux", "l’É\u202fvreux"])
def test_20_invisible_characters_are_taken_out(tmp_path: Path, char: str, word: str) -> None:
    sheet = read(write(tmp_path, table("TL0;Bar;14118;1", f"T{char}L1;{word[:1]}{char}{word[1:]};14118;1")))
    assert sheet.cells[1][:2] == ["TL1", word]
    note = next(note for note in sheet.notes if note.code == "invisible")
    assert (note.line, note.message[0]) == (3, "2")


def test_20_invisible_characters_in_the_header(tmp_path: Path) -> None:
    assert read(write(tmp_path, "\u200b" + table(ROW))).header[0] == "id_lieu"


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        (["TL1;Bar;14118;1", 'TL2;"Bar;14118;1', "TL3;Bar;14118;1"], 3),
        (['TL1;"Bar;14118;1', 'TL2;"Bar";14118;1'], 2),
        (['TL1;"a\nb";"c;1', "TL2;Bar;14118;1"], 3),
        (['TL1;Bar "du coin;14118;1'], 2),
        (['TL1;"Bar;14118;1', "TL2;Bar;14118;1", "TL3;Bar;14118;1", 'TL4;Bar";14118;1'], 2),
        (['TL1;"a ""b"";14118;1', "TL2;Bar;14118;1"], 2),
    ],
)
def test_21_unbalanced_quote_is_refused_where_it_opens(tmp_path: Path, rows: list[str], line: int) -> None:
    with pytest.raises(UnreadableFile, match="guillemet") as caught:
        read(write(tmp_path, table(*rows)))
    assert caught.value.line == line


def test_21_unclosed_quote_in_a_long_file_is_refused(tmp_path: Path) -> None:
    rows = [f"TL{n};Bar;14118;1" for n in range(20_000)]
    with pytest.raises(UnreadableFile, match=r"Ligne 12\b.*guillemet"):
        read(write(tmp_path, table(*rows[:10], 'TL;"Bar;14118;1', *rows)))


def test_21_paired_quotes_inside_a_cell_are_text(tmp_path: Path) -> None:
    assert read(write(tmp_path, table('TL1;Bar "du coin";14118;1'))).cells[0][1] == 'Bar "du coin"'


def test_22_line_break_inside_quotes(tmp_path: Path) -> None:
    sheet = read(write(tmp_path, table('TL1;"Bar\r\ndu ""coin""";14118;1', "TL2;b;c;d")))
    assert (sheet.cells[0][1], sheet.lines) == ('Bar\ndu "coin"', [2, 4])


@pytest.mark.parametrize("quote", ["", '"'])
def test_23_huge_cell_is_refused(tmp_path: Path, quote: str) -> None:
    with pytest.raises(UnreadableFile, match=r"Ligne 3.*32"):
        read(write(tmp_path, table(ROW, f"TL2;{quote}{'x' * 32_768}{quote};14118;1")))


def test_23_long_cell_is_measured_in_characters(tmp_path: Path) -> None:
    assert read(write(tmp_path, table(f"TL2;{'é' * 32_767};14118;1"))).frame.height == 1


@pytest.mark.parametrize("tail", ["", '\nTL3;"b";c;d\n', "\n"])
@pytest.mark.parametrize("size", [3_000_000, 9_000_000])
def test_23_huge_line_is_refused(tmp_path: Path, tail: str, size: int) -> None:
    with pytest.raises(UnreadableFile, match=r"Ligne 3.*million de caractères"):
        read(write(tmp_path, table(ROW) + "x;" * (size // 2) + tail))


def test_24_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="0 octet"):
        read(write(tmp_path, ""))


def test_24_absent_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent.csv"):
        with pytest.raises(UnreadableFile, match="n’existe pas"):
            read(path)


@pytest.mark.parametrize("rest", ["", "\n", "\n;;;\n\n", "\n0;;;0\n"])
def test_25_header_only_is_refused(tmp_path: Path, rest: str) -> None:
    with pytest.raises(UnreadableFile, match=r"Ligne 1.*aucune ligne de données"):
        read(write(tmp_path, HEADER + rest))


@pytest.mark.parametrize("cut", ["TL2;Ba", 'TL2;"Bar";14'])
def test_26_cut_last_line_is_refused(tmp_path: Path, cut: str) -> None:
    with pytest.raises(UnreadableFile, match=r"Ligne 3.*coupé"):
        read(write(tmp_path, table(ROW) + cut))


@pytest.mark.parametrize("last", [ROW, 'TL1;"Café d’Évreux";27229;12,50'])
def test_26_last_line_without_line_feed_is_whole(tmp_path: Path, last: str) -> None:
    assert read(write(tmp_path, table(ROW) + last)).cells == ROWS * 2


def test_26_cut_inside_a_character_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"Ligne 3.*milieu d’un caractère"):
        read(write(tmp_path, table(ROW).encode() + "TL2;É".encode()[:-1]))


def test_28_too_big_is_refused_before_reading(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="la limite est de"):
        read(write(tmp_path, table(ROW) * 10), max_bytes=100)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"%PDF-1.7", "PDF"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><table>", "HTML"),
        (b"<html><table>", "HTML"),
        (b'{"id": 1}', "JSON"),
        (b'[\n {"id": 1}]', "JSON"),
        (gzip.compress(b"id;nom", mtime=0), "archive"),
        (b"SQLite format 3\0", "binaire"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, r"\.xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        (b"PK\x05\x06" + b"\0" * 18, "archive"),
    ],
)
def test_29_31_33_other_contents_are_refused_by_their_first_bytes(tmp_path: Path, content: bytes, what: str) -> None:
    with pytest.raises(UnreadableFile, match=what):
        read(write(tmp_path, content))


def test_30_csv_named_xlsx_is_read_and_reported(tmp_path: Path) -> None:
    sheet = read(write(tmp_path, table(ROW), name="fichier.xlsx"))
    assert (sheet.cells, sheet.codes) == (ROWS, {"extension"})


def test_45_file_changed_while_read_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, table(ROW))
    with open_table(path, signature=SIGNATURE) as sheet:
        path.write_text(table(ROW, ROW), "utf-8")
        os.utime(path, (1, 1))
        with pytest.raises(UnreadableFile, match="modifié pendant la lecture"):
            list(sheet.batches)


def test_45_other_bytes_than_those_scanned_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="modifié pendant la lecture"):
        list(read_chunks(io.BytesIO(b"a;b\n\xff"), Encoding("utf-8", 0)))


def test_28_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.files.tidy.MAX_ROWS", 1)
    with pytest.raises(UnreadableFile, match="20 millions"):
        read(write(tmp_path, table(ROW, ROW)))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        (unicodedata.normalize("NFD", "Été 2025.csv"), "Été 2025.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\dossier\\lieux.csv", "lieux.csv"),
        ("CON", "_CON"),
        ("com1.csv", "_com1.csv"),
        ("a\u202eb\x00\n<>.csv", "ab____.csv"),
        ("x" * 300 + ".csv", "x" * 116 + ".csv"),
        ("x" * 300, "x" * 120),
        ("..", "sans-nom"),
    ],
)
def test_46_file_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_42_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    with open_file(write(tmp_path, "")) as file:
        assert file.digest() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
