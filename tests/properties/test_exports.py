"""load → export → load: for every source, the database that reads an export has the facts of the one that wrote it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from data.demo import DEMO_FILES
from data.engine import reading
from data.schema import ROLL_UPS, VERSION_TABLES, is_live, load
from data.sources import SOURCES
from etl.cli.export import ExportError, write_export
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_files
from tests.conftest import TODAY, NewEngine
from tests.etl.deliveries import write_csv
from tests.properties.random_world import write_random_world

# What the worlds vary, SQLite shows; PostgreSQL has one of them and every source of the demonstration
pytestmark = [pytest.mark.without_coverage, pytest.mark.fewer_on_postgresql(4)]

PROVENANCE = {"load_id", "sheet", "line", "ended_by"}
SCDL = {
    "nomAttribuant": "Région Normandie",
    "idAttribuant": "20005340300017",
    "dateConvention": "2019-03-18",
    "referenceDecision": "CP-1",
    "nomBeneficiaire": "=Asso « été »",
    "idBeneficiaire": "",
    "objet": "Travaux ; 2e tranche",
    "montant": "8000.50",
    "nature": "aide en numéraire",
    "conditionsVersement": "unique",
    "datesPeriodeVersement": "2019-03-18/2019-12-31",
    "idRAE": "",
    "notificationUE": "non",
    "pourcentageSubvention": "1",
}
EVENTS = [
    {"uid": "77", "title": "Portes ouvertes", "begin": "2026-05-01", "city": "CAEN", "postal_code": "14000",
     "longitude": "-0,3705", "latitude": "49,1829", "state": "2", "status": "1"},
    {"uid": "0078", "title": "-10 % pour tous", "begin": "2026-06-01", "city": "", "postal_code": "", "longitude": "",
     "latitude": "", "state": "2", "status": "1"},
]  # fmt: skip


def _open_files(folder: Path) -> list[Path]:
    """Two sources that no world has: lines of a grant with one key differ in their amount."""
    scdl = [SCDL, {**SCDL, "montant": "12"}, {**SCDL, "montant": "7"}, {**SCDL, "referenceDecision": "CP-2"}]
    return [write_csv(folder / "scdl.csv", scdl), write_csv(folder / "agenda.csv", EVENTS)]


def _facts(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Live facts by table without where they were read, and every roll-up."""
    with engine.connect() as connection:
        found = {
            table.name: connection.execute(
                select(*(one for one in table.c if one.name not in PROVENANCE)).where(is_live(table))
            ).all()
            for table in VERSION_TABLES
            if "line" in table.c and table.name != "reject"
        }
        found |= {
            table.name: connection.execute(select(table)).all()
            for table in ROLL_UPS
            if table.name not in {"refused_scope", "source_state"}  # they count refused rows, which are in no export
        }
    return {name: sorted((tuple(row) for row in rows), key=repr) for name, rows in found.items()}


def _export(engine: Engine, folder: Path) -> dict[str, Path]:
    folder.mkdir()
    paths = {}
    with reading(engine) as connection:
        for source in SOURCES:
            path = folder / f"{source.name}.csv"
            if write_export(connection, source, path):
                paths[source.name] = path
    return paths


def _load(engine: Engine, paths: list[Path]) -> None:
    reports = load_files(engine, paths, LoadOptions(TODAY, confirm=True))
    assert {one.status for one in reports} <= {"loaded", "loaded_with_rejects"}, [one.problems for one in reports]


def _check_round_trip(new_engine: NewEngine, files: list[Path], folder: Path) -> set[str]:
    """The names of the sources that were written and read back."""
    with new_engine() as first, new_engine() as second:
        _load(first, files)
        exported = _export(first, folder)
        facts = _facts(first)
        for name, path in exported.items():
            (report,) = load_files(second, [path], LoadOptions(TODAY, source=name, confirm=True))
            assert report.rejected == 0, (name, report.problems[:3])
        assert _facts(second) == facts
        for name, path in exported.items():  # where they come from they change nothing
            (report,) = load_files(first, [path], LoadOptions(TODAY, source=name, confirm=True))
            assert (report.added, report.replaced, report.ended) == (0, 0, 0), name
    return set(exported)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_what_is_exported_loads_into_the_same_database(new_engine: NewEngine, tmp_path: Path, seed: int) -> None:
    files = tmp_path / "files"
    files.mkdir()
    world = [*write_random_world(files, seed), *_open_files(files)]
    written = _check_round_trip(new_engine, world, tmp_path / "exports")
    assert {"places", "aids", "attendance", "aids-scdl", "activities-openagenda"} <= written


@pytest.mark.slow
def test_every_source_of_the_demonstration_is_read_back(new_engine: NewEngine, tmp_path: Path) -> None:
    written = _check_round_trip(new_engine, [*DEMO_FILES, *_open_files(tmp_path)], tmp_path / "exports")
    assert written == {source.name for source in SOURCES}


def test_an_export_replaces_no_file(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    with reading(engine) as connection:
        assert write_export(connection, SOURCES[0], path) > 0
        before = path.read_bytes()
        with pytest.raises(ExportError, match="existe déjà"):
            write_export(connection, SOURCES[0], path)
        with pytest.raises(ExportError, match=r"finir par \.csv"):
            write_export(connection, SOURCES[0], tmp_path / "places.xlsx")
    assert path.read_bytes() == before
    with engine.connect() as connection:
        assert connection.scalar(select(load.c.load_id).limit(1)) is not None
