"""The same table is the same data, whatever the kind of file that carries it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from data.schema import live, place, place_version
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_file
from etl.workbooks import __main__ as worker
from tests.conftest import TODAY, NewEngine
from tests.etl.deliveries import write_csv
from tests.etl.files.samples import ods

pytestmark = [pytest.mark.without_coverage, pytest.mark.any_engine]

Row = Mapping[str, object]
words = st.text("aBéœ’' &<>;,|\"-0129€", max_size=12).map(lambda text: f"Lieu {text}".strip())
rows = st.fixed_dictionaries(
    {
        "nom": words,
        "code_insee": st.sampled_from(["14118", "50502", "61001"]),
        "porteur": words,
        "type_porteur": st.sampled_from(["public", "privé", "associatif"]),
        "date_ouverture": st.none() | st.dates(dt.date(2016, 1, 1), dt.date(2026, 1, 1)),
        "postes": st.none() | st.integers(0, 500),
        "surface_m2": st.none() | st.integers(1, 99_999).map(lambda tenths: tenths / 10),
        "salle_reunion": st.none() | st.booleans(),
    }
)
HEADER = ("nom", "code_insee", "porteur", "type_porteur", "date_ouverture", "postes", "surface_m2", "salle_reunion")
tables = st.lists(rows.map(lambda row: {name: row[name] for name in HEADER}), min_size=1, max_size=4)


def _french(value: object) -> str:
    if value is None or isinstance(value, bool):
        return "" if value is None else "oui" if value else "non"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def _write_xlsx(path: Path, table: Sequence[Row]) -> Path:
    book = openpyxl.Workbook()
    book.worksheets[0].append(list(table[0]))
    for row in table:
        book.worksheets[0].append(list(row.values()))  # type: ignore[arg-type]
    book.save(path)
    return path


def _write_ods(path: Path, table: Sequence[Row]) -> Path:
    return ods(path.parent, *(list(row.values()) for row in table), header=";".join(table[0]), name=path.name)


def _write_json(path: Path, table: Sequence[Row]) -> Path:
    path.write_text(json.dumps(table, ensure_ascii=False, default=lambda day: day.isoformat()), encoding="utf-8")
    return path


def _files(folder: Path, table: Sequence[Row]) -> list[Path]:
    return [
        write_csv(folder / "a.csv", [{name: _french(value) for name, value in row.items()} for row in table]),
        _write_xlsx(folder / "a.xlsx", table),
        _write_ods(folder / "a.ods", table),
        _write_json(folder / "a.json", table),
    ]


def _live(engine: Engine) -> list[tuple[object, ...]]:
    facts = [column for column in place_version.c if column.name not in {"load_id", "sheet", "line", "place_id"}]
    query = select(place.c.code, *facts).join(place, place.c.place_id == place_version.c.place_id)
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(query.where(live(place_version)).order_by(place.c.code))]


@pytest.mark.slow
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=tables)
def test_a_typed_table_gives_the_same_rows(
    new_engine: NewEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: list[dict[str, object]]
) -> None:
    monkeypatch.setattr("etl.files.workbook.run_worker", worker.main)
    numbered = [{"id_lieu": f"TL-{number}", **row} for number, row in enumerate(table)]
    found = []
    for path in _files(tmp_path, numbered):
        with new_engine() as engine:
            report = load_file(engine, path, LoadOptions(TODAY))
            assert (report.status, report.accepted) == ("loaded", len(table)), report
            found.append(_live(engine))
    assert found[0]
    assert found == [found[0]] * 4


@pytest.mark.slow
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=tables)
def test_the_same_texts_are_the_same_content(
    new_engine: NewEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: list[dict[str, object]]
) -> None:
    monkeypatch.setattr("etl.files.workbook.run_worker", worker.main)
    texts = [
        {"id_lieu": f"TL-{number}", **{name: _french(value) for name, value in row.items()}}
        for number, row in enumerate(table)
    ]
    with new_engine() as engine:
        statuses = [load_file(engine, path, LoadOptions(TODAY)).status for path in _files(tmp_path, texts)]
    assert statuses == ["loaded", "already_loaded", "already_loaded", "already_loaded"]
