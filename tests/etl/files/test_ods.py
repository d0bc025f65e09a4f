"""ODS workbooks: the same text, the same bounds and the same refusals as XLSX ones."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from etl.files import UnreadableFile
from etl.workbooks import __main__ as worker
from etl.workbooks.summary import DECIMAL, MERGED
from tests.etl.files.samples import HEADER, ods, ods_cell, ods_of, ods_rows, ods_table, read, repack, workbook

ROW = ["TL1", "Café d’Évreux", "27229", 12.5]
NAMES = HEADER.split(";")


@pytest.fixture(autouse=True)
def _in_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "sub_process" not in request.fixturenames:
        monkeypatch.setattr("etl.files.workbook.run_worker", worker.main)


@pytest.fixture
def sub_process() -> None:
    """Asks for the real sub-process."""


@pytest.mark.usefixtures("sub_process")
def test_the_sub_process_reads_and_refuses(tmp_path: Path) -> None:
    assert read(ods(tmp_path, ROW)).cells == [["TL1", "Café d’Évreux", "27229", "12.5"]]
    with pytest.raises(UnreadableFile, match="macros"):
        read(ods_of(tmp_path, "", members={"Basic/Standard/Module1.xml": b""}))


def test_the_same_rows_as_xlsx(tmp_path: Path) -> None:
    rows = [["TL1", "Deux\nlignes", dt.date(2025, 12, 31), 12], [None, "É & <a>", dt.datetime(2025, 1, 2, 3, 4), True]]  # noqa: DTZ001
    one, other = read(ods(tmp_path, *rows)), read(workbook(tmp_path, *rows))
    assert (one.cells, one.lines, one.header, one.codes) == (other.cells, other.lines, other.header, other.codes)
    assert one.notes == other.notes


@pytest.mark.parametrize(
    ("attributes", "shown", "text"),
    [
        ('office:value-type="float" office:value="14118.0"', "14118", "14118"),
        ('office:value-type="float" office:value="1400"', "01400", "01400"),
        ('office:value-type="float" office:value="1.125"', "1,1", f"1.125{DECIMAL}"),
        ('office:value-type="float" office:value="24300000000000"', "2,43E+13", "24300000000000"),
        ('office:value-type="float" office:value="0.30000000000000004"', "0,3", "0.30000000000000004"),
        ('office:value-type="currency" office:value="1500.5" office:currency="EUR"', "1 500,50 €", "1500.5"),
        ('office:value-type="percentage" office:value="0.5"', "50 %", "50 %"),
        ('office:value-type="date" office:date-value="2025-12-31"', "31/12/25", "2025-12-31"),
        ('office:value-type="date" office:date-value="2025-12-31T00:00:00"', "31/12/25", "2025-12-31"),
        ('office:value-type="date" office:date-value="2025-12-31T23:30:00"', "x", "2025-12-31T23:30:00"),
        ('office:value-type="time" office:time-value="PT9H30M00S"', "09:30", "09:30:00"),
        ('office:value-type="boolean" office:boolean-value="true"', "VRAI", "oui"),
        ('office:value-type="string" office:string-value="caché"', "", "caché"),
        ('office:value-type="string"', "#N/D", "#N/D"),
        ('table:formula="of:=1+1"', "", "=…"),
        ('office:value-type="float" office:value="un"', "un", "un"),
    ],
)
def test_typed_cells(tmp_path: Path, attributes: str, shown: str, text: str) -> None:
    cell = f"<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>"
    row = f"<table:table-row>{ods_cell('TL1')}{cell}</table:table-row>"
    assert read(ods_of(tmp_path, ods_table(ods_rows(NAMES) + row))).cells[0][1] == text


def test_spaces_spans_comments_and_drawings(tmp_path: Path) -> None:
    inside = (
        '<office:annotation><text:p>à revoir</text:p></office:annotation><text:p>a<text:s text:c="2"/>b<text:tab/>'
        "<text:span>c</text:span><text:line-break/>d</text:p><draw:frame><text:p>image</text:p></draw:frame>"
    )
    cell = f'<table:table-cell office:value-type="string">{inside}</table:table-cell>'
    row = f"<table:table-row>{ods_cell('TL1')}{cell}</table:table-row>"
    assert read(ods_of(tmp_path, ods_table(ods_rows(NAMES) + row))).cells[0][1] == "a  b c\nd"


def test_36_40_repeated_rows_and_columns(tmp_path: Path) -> None:
    def table(rows: int, columns: int = 2) -> str:
        cell = ods_cell("x").replace(
            "<table:table-cell", f'<table:table-cell table:number-columns-repeated="{columns}"', 1
        )
        return ods_table(
            ods_rows(NAMES) + f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
        )

    sheet = read(ods_of(tmp_path, table(3)))
    assert (sheet.lines, sheet.cells[0]) == ([2, 3, 4], ["x", "x", None, None])
    assert sheet.notes == []
    with pytest.raises(UnreadableFile, match="répétée 1000000 fois"):
        read(ods_of(tmp_path, table(1_000_000)))
    with pytest.raises(UnreadableFile, match="très loin"):
        read(ods_of(tmp_path, table(1, 1_024)))


def test_35_far_cells_are_refused(tmp_path: Path) -> None:
    far = f'<table:table-row><table:table-cell table:number-columns-repeated="16383"/>{ods_cell("x")}</table:table-row>'
    with pytest.raises(UnreadableFile, match="colonne 16384"):
        read(ods_of(tmp_path, ods_table(ods_rows(NAMES) + far)))
    low = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    with pytest.raises(UnreadableFile, match="un million de lignes"):
        read(ods_of(tmp_path, ods_table(ods_rows(NAMES) + low + ods_rows(["x"]))))


@pytest.mark.parametrize(("count", "notes"), [(10_000, []), (10_001, ["10001 lignes vides mises en forme ignorées."])])
def test_blank_rows_between_data_are_reported(tmp_path: Path, count: int, notes: list[str]) -> None:
    """When there are more than a template has to fill."""
    blank = f'<table:table-row table:number-rows-repeated="{count}"><table:table-cell/></table:table-row>'
    sheet = read(ods_of(tmp_path, ods_table(ods_rows(NAMES) + blank + ods_rows(ROW))))
    assert (sheet.lines, [note.message for note in sheet.notes]) == ([count + 2], notes)


def test_58_merged_cells(tmp_path: Path) -> None:
    merged = ods_cell("a").replace("<table:table-cell", '<table:table-cell table:number-rows-spanned="2"', 1)
    covered = ods_cell("caché").replace("table-cell", "covered-table-cell")
    rows = f"<table:table-row>{ods_cell('TL1')}{merged}</table:table-row>"
    rows += f"<table:table-row>{ods_cell('TL2')}{covered}</table:table-row>"
    sheet = read(ods_of(tmp_path, ods_table(ods_rows(NAMES) + rows)))
    assert [row[1] for row in sheet.cells] == ["a", MERGED]
    assert sheet.codes == {"merged"}


def test_60_61_62_hidden_rows_columns_and_sheets(tmp_path: Path) -> None:
    hidden = ods_rows(ROW).replace("<table:table-row>", '<table:table-row table:visibility="collapse">')
    columns = '<table:table-column table:visibility="collapse"/>'
    other = ods_table(ods_rows(NAMES, ROW), "Secret", "ta2")
    first = ods_table(ods_rows(["Bienvenue"]), "Accueil")
    sheet = read(ods_of(tmp_path, first + ods_table(columns + ods_rows(NAMES) + hidden, "Lieux") + other))
    assert (sheet.name, sheet.lines) == ("Lieux", [2])
    assert sheet.codes == {"hidden_rows", "hidden_columns", "hidden_sheets"}
    with pytest.raises(UnreadableFile, match="plusieurs feuilles"):
        read(ods_of(tmp_path, ods_table(ods_rows(NAMES, ROW), "A") + ods_table(ods_rows(NAMES, ROW), "B")))


def test_deleted_content_of_tracked_changes_is_not_read(tmp_path: Path) -> None:
    deleted = f"<table:tracked-changes>{ods_table(ods_rows(NAMES, ['vieux']))}</table:tracked-changes>"
    assert read(ods_of(tmp_path, deleted + ods_table(ods_rows(NAMES, ROW)))).lines == [2]


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({"mimetype": b"application/vnd.oasis.opendocument.text"}, "n’est pas un classeur .ods"),
        ({"META-INF/manifest.xml": b"<m:encryption-data/>"}, "mot de passe"),
        ({"encrypted-package": b""}, "mot de passe"),
        ({"Basic/Standard/Module1.xml": b""}, "macros"),
        ({"content.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}, "définitions cachées"),
        ({"content.xml": b"<office>"}, "XML illisible"),
        ({"../x": b""}, "chemin interdit"),
        ({"Object 1/x.zip": b""}, "une autre archive"),
    ],
)
def test_what_a_workbook_may_not_be(tmp_path: Path, members: dict[str, bytes], why: str) -> None:
    with pytest.raises(UnreadableFile, match=why):
        read(ods_of(tmp_path, ods_table(ods_rows(NAMES, ROW)), members=members))


def test_a_package_without_content_and_a_bomb_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="plus de 500 feuilles"):
        read(ods_of(tmp_path, ods_table(ods_rows(["x"])) * 501))
    with pytest.raises(UnreadableFile, match="abîmé"):
        read(ods_of(tmp_path, ods_table('<table:table-row table:number-rows-repeated="un"/>')))
    nested = f"<table:table-row><table:table-cell>{ods_table('')}</table:table-cell></table:table-row>"
    with pytest.raises(UnreadableFile, match="elle-même un tableau"):
        read(ods_of(tmp_path, ods_table(nested)))
    with pytest.raises(UnreadableFile, match="par prudence"):
        read(repack(ods(tmp_path, ROW), {"content.xml": b" " * 60_000_000}))


def test_an_empty_sheet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="aucune ligne de données"):
        read(ods(tmp_path))


def test_text_of_a_sheet_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.workbooks.ods.MAX_TEXT", 60)
    with pytest.raises(UnreadableFile, match="trop de texte"):
        read(ods(tmp_path, ROW, ROW))
