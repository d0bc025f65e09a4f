"""Rows 28 to 41 and 56 to 67 of the catalogue of bad inputs, for workbooks."""

from __future__ import annotations

import datetime as dt
import os
import resource
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from etl.files import HeldFile, UnreadableFile
from etl.workbooks import __main__ as worker
from etl.workbooks.summary import DECIMAL, MERGED
from tests.etl.files.samples import (
    HEADER,
    MAIN,
    header_xml,
    inline,
    read,
    repack,
    table,
    with_sheet_xml,
    with_strings,
    workbook,
    write,
)

MOMENT = dt.datetime(2025, 10, 26, 23, 30)  # noqa: DTZ001  workbooks know no time zone
ROW = ["TL1", "Café d’Évreux", "27229", 12.5]


def _book(sheet: Worksheet) -> openpyxl.Workbook:
    assert sheet.parent
    return sheet.parent


@pytest.fixture(autouse=True)
def _in_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs the worker in this process, but for the tests of the sub-process itself."""
    if "sub_process" not in request.fixturenames:
        monkeypatch.setattr("etl.files.workbook.run_worker", worker.main)


@pytest.fixture
def sub_process() -> None:
    """Asks for the real sub-process."""


@pytest.mark.usefixtures("sub_process")
def test_sub_process_reads_and_refuses(tmp_path: Path) -> None:
    assert read(workbook(tmp_path, ROW)).frame.height == 1
    with pytest.raises(UnreadableFile, match="macros"):
        read(repack(workbook(tmp_path, ROW), {"xl/vbaProject.bin": b""}))


@pytest.mark.usefixtures("sub_process")
def test_sub_process_that_dies_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.files.workbook._ROOT", tmp_path)
    with pytest.raises(UnreadableFile, match="limites permises"):
        read(workbook(tmp_path, ROW))


def test_limits_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr("resource.setrlimit", lambda *arguments: asked.append(arguments))
    worker.limit_resources(9)
    assert asked == [
        (resource.RLIMIT_AS, (worker.MEMORY, worker.MEMORY)),
        (resource.RLIMIT_CPU, (9, 10)),
    ]
    monkeypatch.setitem(sys.modules, "resource", None)
    worker.limit_resources(9)
    assert len(asked) == 2


def test_45_workbook_changed_while_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def touching(source: Path, folder: Path) -> None:
        worker.main(source, folder)
        os.utime(source, (1, 1))

    monkeypatch.setattr("etl.files.workbook.run_worker", touching)
    with pytest.raises(UnreadableFile, match="modifié pendant la lecture"):
        read(workbook(tmp_path, ROW))


def test_plain_workbook(tmp_path: Path) -> None:
    sheet = read(workbook(tmp_path, ROW, ["TL2", None, 14118, 10], [None, None, None], ["TL3"]))
    assert (sheet.name, sheet.header, sheet.header_line) == ("Sheet", tuple(HEADER.split(";")), 1)
    assert sheet.cells == [
        ["TL1", "Café d’Évreux", "27229", "12.5"],
        ["TL2", None, "14118", "10"],
        ["TL3", None, None, None],
    ]
    assert (sheet.lines, sheet.frame["cells"].to_list(), sheet.notes) == ([2, 3, 5], [4, 4, 4], [])
    assert [str(kind) for kind in sheet.frame.dtypes[:3]] == ["UInt32", "UInt16", "String"]


def test_28_big_workbook_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.files.recognise.MAX_WORKBOOK_BYTES", 1_000)
    with pytest.raises(UnreadableFile, match="la limite est de"):
        read(workbook(tmp_path, ROW))


def test_30_workbook_named_csv_is_read_and_reported(tmp_path: Path) -> None:
    sheet = read(workbook(tmp_path, ROW).rename(tmp_path / "lieux.csv"))
    assert (sheet.frame.height, sheet.codes) == (1, {"extension"})


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"xl/workbook.bin": b""}, r"\.xlsb"),
        ({"xl/vbaProject.bin": b""}, "macros"),
        ({"xl/embeddings/oleObject1.bin": b""}, "objets incorporés"),
        ({"xl/externalLinks/externalLink1.xml": b""}, "liens vers d’autres"),
        ({"xl/autre.zip": b""}, "autre archive"),
        ({"../../etc/passwd": b""}, "chemin interdit"),
        ({"/etc/passwd": b""}, "chemin interdit"),
        ({"[Content_Types].xml": b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"}, r"\.xlsm"),
        ({"xl/workbook.xml": b"<workbook"}, "abîmé"),
        ({f"xl/{n}": b"" for n in range(5_001)}, "éléments"),
    ],
)
def test_31_32_41_what_a_workbook_may_not_hold(tmp_path: Path, changes: dict[str, bytes], what: str) -> None:
    with pytest.raises(UnreadableFile, match=what):
        read(repack(workbook(tmp_path, ROW), changes))


def test_33_encrypted_member_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, ROW)
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableFile, match="mot de passe"):
        read(write(tmp_path, bytes(content), name="protege.xlsx"))


@pytest.mark.parametrize("share", [0.3, 0.6, 0.99])
def test_34_truncated_workbook_is_refused(tmp_path: Path, share: float) -> None:
    content = workbook(tmp_path, ROW).read_bytes()
    with pytest.raises(UnreadableFile, match="incomplet ou abîmé"):
        read(write(tmp_path, content[: int(len(content) * share)], name="coupe.xlsx"))


def test_34_damaged_member_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, ROW)
    with zipfile.ZipFile(path) as archive:
        member = archive.getinfo("xl/worksheets/sheet1.xml")
    content = bytearray(path.read_bytes())
    content[member.header_offset + 80] ^= 0xFF
    with pytest.raises(UnreadableFile, match="abîmé"):
        read(write(tmp_path, bytes(content), name="abime.xlsx"))


@pytest.mark.parametrize("reference", ["XFD1048576", "GS2", "A1000001"])
def test_35_far_cell_is_refused(tmp_path: Path, reference: str) -> None:
    row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    with pytest.raises(UnreadableFile, match=f"ligne {row}\\b.*très loin"):
        read(with_sheet_xml(tmp_path, f'{header_xml()}<row r="{row}">{inline(reference, "x")}</row>'))


def test_36_formatted_blanks_are_trimmed(tmp_path: Path) -> None:
    blank = "".join(f'<row r="{row}"><c r="A{row}" s="1"/><c r="XFD{row}"/></row>' for row in range(3, 50_003))
    row = f'<row r="2">{inline("A2", "TL1")}<c r="ZZ2" s="0"/></row>'
    sheet = read(with_sheet_xml(tmp_path, header_xml() + row + blank))
    assert (sheet.lines, sheet.codes) == ([2], {"blank"})


def test_37_zip_bomb_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"décompressé \(\d{3,4} fois"):
        read(repack(workbook(tmp_path, ROW), {"xl/media/a.bin": b"\0" * 20_000_000}))


def test_37_total_size_is_bounded(tmp_path: Path) -> None:
    path = repack(workbook(tmp_path, ROW), {"xl/sharedStrings.xml": b""}, compression=zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    entry = content.rindex(b"PK\x01\x02")  # the declared size of the last member, in the central directory
    content[entry + 24 : entry + 28] = (400_000_000).to_bytes(4, "little")
    with pytest.raises(UnreadableFile, match="400\u202fMo une fois décompressé"):
        read(write(tmp_path, bytes(content), name="bombe.xlsx"))


@pytest.mark.usefixtures("sub_process")
@pytest.mark.slow
def test_38_memory_is_limited(tmp_path: Path) -> None:
    """One shared text of 60 MB with a character that makes Python keep four bytes for each."""
    strings = f'<sst xmlns="{MAIN}"><si><t>{"a" * 60_000_000}_x0041_\U0001f600</t></si></sst>'
    path = with_strings(workbook(tmp_path, ROW), strings, compression=zipfile.ZIP_STORED)
    with pytest.raises(UnreadableFile, match="trop de mémoire"):
        read(path)


@pytest.mark.usefixtures("sub_process")
@pytest.mark.skipif(sys.platform == "win32", reason="no limit of processor time on Windows")
def test_38_processor_time_is_limited_and_the_clock_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two seconds of processor time: a worker that waits for three is not stopped, one that computes for ever is."""
    monkeypatch.setattr("etl.files.workbook.SECONDS", 2)
    monkeypatch.setattr("etl.files.workbook.WORKER", "tests.etl.files.waiting_worker")
    assert read(workbook(tmp_path, ROW)).frame.height == 1
    monkeypatch.setattr("etl.files.workbook.WORKER", "tests.etl.files.endless_worker")
    with pytest.raises(UnreadableFile, match="temps de calcul"):
        read(workbook(tmp_path, ROW))


@pytest.mark.usefixtures("sub_process")
def test_38_a_worker_that_never_ends_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.files.workbook.CLOCK_SECONDS", 0.001)
    with pytest.raises(UnreadableFile, match="temps de calcul"):
        read(workbook(tmp_path, ROW))


@pytest.mark.parametrize(
    "member", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"]
)
def test_39_dtd_and_entities_are_refused(tmp_path: Path, member: str) -> None:
    evil = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    with pytest.raises(UnreadableFile, match=r"définitions cachées \(DTD\)"):
        read(with_strings(workbook(tmp_path, ROW), "<sst/>", {member: evil}))


def test_41_symbolic_link_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, ROW)
    link = zipfile.ZipInfo("xl/lien")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(UnreadableFile, match="lien symbolique"):
        read(path)


def test_29_another_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lieux.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("lieux.csv", table("a;b;c;d"))
    with pytest.raises(UnreadableFile, match="n’est pas un classeur"):
        read(path)


def test_09_mojibake_in_a_workbook_is_held_with_its_row(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["TL0"], [], ["TL1", "Ã‰vreux"])
    with pytest.raises(HeldFile, match="« Évreux »".replace(" ", "\u202f")) as caught:
        read(path)
    assert caught.value.line == 4
    assert read(path, repair=True).cells[1][1] == "Évreux"


def test_20_invisible_characters_in_a_workbook(tmp_path: Path) -> None:
    sheet = read(workbook(tmp_path, ["TL1", "Bar"], ["T\u200bL2", "Bar\u00ad"]))
    assert sheet.cells[1][:2] == ["TL2", "Bar"]
    assert [(note.code, note.line) for note in sheet.notes] == [("invisible", 3)]


def test_22_line_breaks_in_a_cell(tmp_path: Path) -> None:
    rows = f'<row r="2">{inline("A2", "TL1")}{inline("B2", " a_x000D_&#10;b&#13;&#10;c ")}</row>'
    assert read(with_sheet_xml(tmp_path, header_xml() + rows)).cells[0][1] == "a\nb\nc"


def test_25_header_only_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"^Feuille «.Sheet.», ligne 1\b.*aucune ligne"):
        read(workbook(tmp_path))


def test_54_cell_beyond_the_header_is_counted(tmp_path: Path) -> None:
    assert read(workbook(tmp_path, ROW, [*ROW, None, "x"])).frame["cells"].to_list() == [4, 6]


def test_55_56_57_preamble_blank_rows_and_source(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.insert_rows(1, amount=4)
        sheet["A1"] = "Export du 12/03/2025"
        sheet.append(["Source : la Région"])

    sheet = read(workbook(tmp_path, ROW, fill=fill))
    assert (sheet.header_line, sheet.lines) == (5, [6])
    assert sheet.codes == {"preamble", "footer"}


def test_58_merged_header_is_filled_and_body_is_not(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.insert_rows(2)
        sheet["B1"], sheet["C1"], sheet["B2"], sheet["C2"] = "Le lieu", None, "nom", "code_insee"
        for merged in ("A1:A2", "B1:C1", "D1:D2", "A3:A4"):
            sheet.merge_cells(merged)

    sheet = read(workbook(tmp_path, ROW, [None, "b", "c", 4], fill=fill))
    assert (sheet.header, sheet.header_line) == (tuple(HEADER.split(";")), 2)
    assert [row[0] for row in sheet.cells] == ["TL1", MERGED]
    assert [(note.code, note.line) for note in sheet.notes if note.code == "merged"] == [("merged", 3)]


def test_60_hidden_rows_and_columns_are_read_and_reported(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True

    sheet = read(workbook(tmp_path, ROW, ROW, fill=fill))
    assert (sheet.lines, sheet.codes) == ([2, 3], {"hidden_rows", "hidden_columns"})


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_61_hidden_sheets_are_not_read_and_reported(tmp_path: Path, state: str) -> None:
    def fill(sheet: Worksheet) -> None:
        other = _book(sheet).create_sheet("Cachée", 0)
        other.append(HEADER.split(";"))
        other.append(["autre"])
        other.sheet_state = state

    sheet = read(workbook(tmp_path, ROW, fill=fill))
    assert (sheet.name, sheet.frame.height, sheet.codes) == ("Sheet", 1, {"hidden_sheets"})
    assert "Cachée" in sheet.notes[0].message


def test_62_the_header_chooses_the_sheet(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        _book(sheet).create_sheet("Lisez-moi", 0).append(["Mode d’emploi", "version 2"])
        _book(sheet).create_sheet("Vide")
        _book(sheet).create_sheet("Modèle").append(HEADER.split(";"))

    assert read(workbook(tmp_path, ROW, fill=fill)).name == "Sheet"


def test_62_two_candidate_sheets_are_refused(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        other = _book(sheet).create_sheet("2024")
        other.append(HEADER.split(";"))
        other.append(ROW)

    with pytest.raises(UnreadableFile, match=r"plusieurs feuilles.*Sheet.*2024"):
        read(workbook(tmp_path, ROW, fill=fill))


def test_62_no_candidate_sheet_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["couleur", "taille"])
    book.save(tmp_path / "autre.xlsx")
    with pytest.raises(UnreadableFile, match=r"aucune ligne d’en-tête.*couleur"):
        read(tmp_path / "autre.xlsx")


def test_63_formula_without_value_is_recognisable(tmp_path: Path) -> None:
    rows = (
        f'<row r="2">{inline("A2", "TL1")}<c r="B2"><f>A1</f></c><c r="C2" t="str"><f>A1</f><v></v></c>'
        '<c r="D2"><f>1+1</f><v>2</v></c></row>'
    )
    sheet = read(with_sheet_xml(tmp_path, header_xml() + rows))
    assert sheet.cells == [["TL1", "=…", None, "2"]]
    assert [(note.code, note.line) for note in sheet.notes] == [("formulas", 2)]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!"])
def test_64_error_values_stay_as_text(tmp_path: Path, error: str) -> None:
    rows = f'<row r="2">{inline("A2", "TL1")}<c r="D2" t="e"><f>A1</f><v>{error}</v></c></row>'
    assert read(with_sheet_xml(tmp_path, header_xml() + rows)).cells == [["TL1", None, None, error]]


def test_65_filters_and_comments_are_ignored(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.auto_filter.ref = "A1:D2"
        sheet["A2"].comment = Comment("à vérifier", "quelqu’un")

    assert read(workbook(tmp_path, ROW, fill=fill)).notes == []


@pytest.mark.parametrize("epoch_1904", [False, True])
def test_66_dates_are_iso_in_both_calendars(tmp_path: Path, epoch_1904: bool) -> None:
    def fill(sheet: Worksheet) -> None:
        if epoch_1904:
            _book(sheet).epoch = CALENDAR_MAC_1904
        sheet.append([dt.date(2025, 4, 3), MOMENT, dt.time(9, 5), dt.date(2024, 2, 29)])

    expected = ["2025-04-03", "2025-10-26T23:30:00", "09:05:00", "2024-02-29"]
    assert read(workbook(tmp_path, fill=fill)).cells == [expected]


def test_67_numbers_typed_as_text_stay_text(tmp_path: Path) -> None:
    assert read(workbook(tmp_path, ["01400", "00012", "1,500", "1e5"])).cells == [["01400", "00012", "1,500", "1e5"]]


def test_booleans_are_reported(tmp_path: Path) -> None:
    sheet = read(workbook(tmp_path, ["TL1", True, False]))
    assert (sheet.cells, sheet.codes) == ([["TL1", "oui", "non", None]], {"booleans"})


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.5, "0%", "50 %"),
        (0.3333, "0.00%", "33.33 %"),
        (0.07, "0%", "7 %"),
        (1400, "00000", "01400"),
        (32829000012, "000\\ 000\\ 000\\ 00000", "00032829000012"),
        (45750, '#,##0.00 "€";[Red]-#,##0.00 "€"', "45750"),
        (1.5, "[h]:mm", "1.5"),
        (45750, "[$-40C]d mmmm yyyy;@", "2025-04-03"),
        (45750, "mmm-yy", "2025-04-03"),
        (-5, "dd/mm/yyyy", "-5"),
        (1.5, "[hh]:mm", "1.5"),
        (12, 'General" lieux"', "12"),
        (59, "dd/mm/yyyy", "1900-02-28"),
    ],
)
def test_number_formats(tmp_path: Path, value: float, number_format: str, text: str) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["B2"].number_format = number_format

    assert read(workbook(tmp_path, ["TL1", value], fill=fill)).cells[0][1] == text


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("14118.0", "14118"),
        ("24300000000000", "24300000000000"),
        ("2.43E+13", "24300000000000"),
        ("2.43E+16", "2.43E+16"),
        ("12345678901234567", "1.2345678901234568E+16"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("1E-7", "0.0000001"),
        ("1.125", f"1.125{DECIMAL}"),
        ("-0", "0"),
        ("pas un nombre", "pas un nombre"),
    ],
)
def test_numbers_as_stored(tmp_path: Path, stored: str, text: str) -> None:
    rows = f'<row r="2">{inline("A2", "TL1")}<c r="B2"><v>{stored}</v></c></row>'
    assert read(with_sheet_xml(tmp_path, header_xml() + rows)).cells[0][1] == text


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"xl/_rels/workbook.xml.rels": b"<Relationships/>"}, "aucune ligne d’en-tête"),
        ({"_rels/.rels": b'<R><R Id="1" Type="a/officeDocument" Target="xl/absent.xml"/></R>'}, "il y manque"),
        ({"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"}, "XML illisible"),
        ({"xl/worksheets/sheet1.xml": b'<worksheet><row r="un"/></worksheet>'}, "abîmé"),
    ],
)
def test_34_incomplete_parts_are_refused(tmp_path: Path, changes: dict[str, bytes], what: str) -> None:
    with pytest.raises(UnreadableFile, match=what):
        read(repack(workbook(tmp_path, ROW), changes))


def test_34_unknown_compression_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, ROW)
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            content[at + offset] = 99
    with pytest.raises(UnreadableFile, match="procédé inconnu"):
        read(write(tmp_path, bytes(content), name="inconnu.xlsx"))


def test_38_text_of_a_sheet_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.workbooks.sheet.MAX_TEXT", 60)
    with pytest.raises(UnreadableFile, match="trop de texte"):
        read(workbook(tmp_path, ROW))


def test_other_writers_shapes_of_xml(tmp_path: Path) -> None:
    """Prefixed names, cells without references, rich text and phonetic guides."""
    names = "".join(f'<x:c t="inlineStr"><x:is><x:t>{name}</x:t></x:is></x:c>' for name in HEADER.split(";"))
    rich = "<x:is><x:r><x:t>a</x:t></x:r><x:r><x:t>b</x:t></x:r><x:rPh><x:t>non</x:t></x:rPh></x:is>"
    xml = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row>{names}</x:row>'
        f'<x:row><x:c t="inlineStr">{rich}</x:c><x:c t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    strings = f'<sst xmlns="{MAIN}"><si><r><t>c</t></r><r><t>d</t></r><rPh><t>non</t></rPh></si></sst>'
    members = {"xl/worksheets/sheet1.xml": xml.encode()}
    assert read(with_strings(workbook(tmp_path, ROW), strings, members)).cells == [["ab", "cd", None, None]]
