"""Workbooks to fill: complete, harmless when empty, and loaded without a remark once filled. Table Schemas."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import Engine

from data.sources import SOURCES, Column, Source, source_named
from data.sources.table_schema import table_schema
from data.sources.template import GUIDE_SHEET
from data.sources.values import allowed_values, example_of, explain_column, has_closed_list
from etl.cli.templates import TemplateError, write_template
from etl.files import open_table
from etl.files.recognition import signature_of
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_file
from etl.typing import parse
from etl.workbooks import __main__ as worker
from tests.conftest import TODAY
from tests.etl.references import REFERENCE

_TYPED: dict[str, Callable[[str], object]] = {
    "day": lambda text: dt.datetime.strptime(text, "%d/%m/%Y").date(),  # noqa: DTZ007
    "amount": lambda text: float(text.replace(",", ".")),
    "whole": int,
    "year": int,
    "number": lambda text: float(text.replace(",", ".")),
    "lon": lambda text: float(text.replace(",", ".")),
    "lat": lambda text: float(text.replace(",", ".")),
    "places": lambda text: text.partition("|")[0],  # the examples of the other sources name one place
}
by_name = pytest.mark.parametrize("source", SOURCES, ids=lambda one: one.name)


@pytest.fixture(autouse=True)
def _in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.files.workbook.run_worker", worker.main)


def _fill(path: Path, source: Source) -> None:
    """The examples of the guide in the first row, typed as Excel types them."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for at, column in enumerate(source.columns, start=1):
        example = example_of(column)
        if example:
            sheet.cell(2, at, _TYPED.get(column.kind, str)(example))  # type: ignore[arg-type]
            sheet.cell(2, at).number_format = _format_of(sheet, at)
    book.save(path)


def _format_of(sheet: Worksheet, column: int) -> str:
    return str(sheet.column_dimensions[openpyxl.utils.get_column_letter(column)].number_format)


@by_name
def test_an_empty_template_says_that_it_is(engine: Engine, tmp_path: Path, source: Source) -> None:
    write_template(source, tmp_path / "modele.xlsx")
    report = load_file(engine, tmp_path / "modele.xlsx", LoadOptions(TODAY))
    assert report.status == "refused"
    assert "aucune ligne de données" in report.problems[0].message


def test_filled_templates_load_without_a_remark(engine: Engine, tmp_path: Path) -> None:
    for source in SOURCES:
        path = tmp_path / f"{source.name}.xlsx"
        write_template(source, path)
        _fill(path, source)
        report = load_file(engine, path, LoadOptions(TODAY, confirm=True))
        of_rows = [remark for remark in report.remarks if remark.line]  # line 0: what becomes of the packaged list
        assert (report.source, report.status, of_rows) == (source.name, "loaded", []), report


@by_name
def test_a_template_marks_lists_and_explains(tmp_path: Path, source: Source) -> None:
    write_template(source, tmp_path / "modele.xlsx")
    book = openpyxl.load_workbook(tmp_path / "modele.xlsx")
    sheet, guide = book.worksheets
    assert [cell.value for cell in sheet[1]] == [column.header for column in source.columns]
    assert [bool(cell.font.b) for cell in sheet[1]] == [column.required for column in source.columns]
    assert (guide.title, guide.sheet_state) == (GUIDE_SHEET, "visible")
    explained = {row[0]: row for row in guide.iter_rows(min_row=14, max_col=5, values_only=True)}
    lists = {str(one.sqref).split(":")[0].rstrip("2"): one for one in sheet.data_validations.dataValidation}
    for at, column in enumerate(source.columns, start=1):
        row = explained[column.header]
        assert row[1] == ("obligatoire" if column.required else "facultatif")
        assert str(row[2]) == explain_column(column)
        rule = lists[openpyxl.utils.get_column_letter(at)]
        assert bool(rule.type == "list") == bool(allowed_values(column) and column.kind != "choices")
        assert not has_closed_list(column) or rule.showErrorMessage
        if column.kind in {"siret", "commune", "insee", "text", "funder"}:
            assert _format_of(sheet, at) == "@"


def test_a_drop_down_holds_the_allowed_values(tmp_path: Path) -> None:
    write_template(source_named("labels"), tmp_path / "modele.xlsx")
    book = openpyxl.load_workbook(tmp_path / "modele.xlsx")
    rule = next(one for one in book.worksheets[0].data_validations.dataValidation if one.sqref == "B2:B10001")
    found = re.fullmatch(r"'Mode d’emploi'!\$([A-Z]+)\$(\d+):\$[A-Z]+\$(\d+)", rule.formula1 or "")
    assert found
    cells = book[GUIDE_SHEET][f"{found[1]}{found[2]}:{found[1]}{found[3]}"]
    assert tuple(row[0].value for row in cells) == allowed_values(source_named("labels").column("step"))


def test_an_existing_file_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "modele.xlsx"
    path.write_text("le travail de quelqu’un")
    with pytest.raises(TemplateError, match="existe déjà"):
        write_template(source_named("places"), path)
    assert path.read_text() == "le travail de quelqu’un"
    with pytest.raises(TemplateError, match=r"\.xlsx"):
        write_template(source_named("places"), tmp_path / "modele.csv")


@by_name
def test_headers_are_protected_and_nothing_else(tmp_path: Path, source: Source) -> None:
    write_template(source, tmp_path / "modele.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "modele.xlsx").worksheets[0]
    assert (sheet.protection.sheet, sheet.protection.password) == (True, None)
    assert not any((sheet.protection.insertRows, sheet.protection.deleteRows, sheet.protection.sort))  # allowed
    assert all(cell.protection.locked for cell in sheet[1])
    for at in range(1, len(source.columns) + 1):
        assert not sheet.column_dimensions[openpyxl.utils.get_column_letter(at)].protection.locked


@by_name
def test_what_help_says_is_what_the_check_accepts(source: Source) -> None:
    """No column is obligatory and « vide si inconnu »; what its help gives as an example is accepted."""
    for column in source.columns:
        assert not (column.required and "vide" in explain_column(column).casefold()), column.header
        if column.kind == "share":
            assert "la même écriture dans toute la colonne" in explain_column(column)
            for example in re.findall(r"\d+(?:,\d+)?(?:\u202f%)?", explain_column(column)):
                assert parse(example, column, REFERENCE).refusal is None


def test_rows_that_a_program_saves_blank_are_no_remark(tmp_path: Path) -> None:
    """As many as the template offers to fill; beyond, the sheet is not the one that we gave."""
    path = tmp_path / "modele.xlsx"
    write_template(source_named("places"), path)
    _fill(path, source_named("places"))
    book = openpyxl.load_workbook(path)
    for row in range(3, 1_003):
        book.worksheets[0].cell(row, 1).number_format = "@"
    book.save(path)
    with open_table(path, signature=signature_of("places")) as sheet:
        assert sum(len(batch) for batch in sheet.batches) == 1
        assert sheet.notes == []


@by_name
def test_table_schemas_follow_the_standard(source: Source) -> None:
    schema = json.loads(json.dumps(table_schema(source)))
    names = [field["name"] for field in schema["fields"]]
    assert (schema["name"], names) == (source.name, [column.header for column in source.columns])
    assert set(schema.get("primaryKey", [])) <= set(names)
    assert schema["missingValues"][0] == ""
    for field, column in zip(schema["fields"], source.columns, strict=True):
        assert field["type"] in {"string", "number", "integer", "date", "year", "boolean"}
        assert field["description"].endswith(".")
        _check_example(field, column)


def _check_example(field: dict[str, object], column: Column) -> None:
    """The example is a value of the field's type, within its constraints: frictionless refuses a schema otherwise."""
    constraints = dict(field.get("constraints", {}))  # type: ignore[call-overload]
    assert constraints.get("required", False) == column.required
    example = field.get("example")
    assert example is not None or not column.required
    if example is None:
        return
    types = {"number": float, "integer": int, "year": int}
    assert type(example) is types.get(str(field["type"]), str)
    assert example in constraints.get("enum", [example])
    assert re.fullmatch(str(constraints.get("pattern", ".*")), str(example))
    if isinstance(example, float | int):
        assert constraints.get("minimum", example) <= example <= constraints.get("maximum", example)
    if field["type"] == "date":
        dt.datetime.strptime(str(example), str(field["format"]))  # noqa: DTZ007
    if field["type"] == "boolean":
        assert example in (*field["trueValues"], *field["falseValues"])  # type: ignore[misc]
