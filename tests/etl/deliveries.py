"""Ordinary input files, written by tests as the Région's people write them."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import Engine, select

from data.reference import POLICY_FILES
from data.schema import load, metadata
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_file
from etl.loading.report import Report
from tests.conftest import TODAY

FIRST_LOAD = len(POLICY_FILES) + 1  # the load_id of the first file beside those packaged with the application
PLACES = (
    {
        "id_lieu": "TL-01",
        "nom": "La Filature",
        "code_insee": "14366",
        "porteur": "Asso A",
        "type_porteur": "associatif",
    },
    {"id_lieu": "TL-02", "nom": "Le Zéphyr", "code_insee": "50147", "porteur": "SCIC B", "type_porteur": "privé"},
    {"id_lieu": "TL-03", "nom": "Elabo", "code_insee": "61038", "porteur": "Communauté C", "type_porteur": "public"},
)


def write_csv(path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    """`;`, UTF-8 with BOM, as Excel writes; the header is every key met."""
    header = list(dict.fromkeys(key for row in rows for key in row))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, header, delimiter=";", restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def deliver(engine: Engine, path: Path, rows: Sequence[Mapping[str, object]], **order: object) -> Report:
    """Write a file and load it."""
    return load_file(engine, write_csv(path, rows), LoadOptions(TODAY, **order))  # type: ignore[arg-type]


def contents(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but `load`: « the exact state »."""
    with engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
            if table is not load
        }
