"""Makes a database ready: latest version, territory, policy."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date

from sqlalchemy import Connection, Engine, Table, delete, func, insert, select

from data import reference, schema
from data.engine import writing
from data.migrations import upgrade
from etl.failures import PreparationError
from etl.loading import Order
from etl.pipeline import load_files
from etl.upgrading import bring_up


def prepare(engine: Engine, today: date) -> None:
    """Create or upgrade the database and fill it with territory and policy. Changes nothing when it is ready.

    Raises PreparationError when the policy cannot be read or written.
    """
    upgrade(engine, lambda connection: bring_up(connection, today))
    with writing(engine) as connection:
        for table, rows in TERRITORY.items():
            if not connection.scalar(select(func.count()).select_from(table)):
                connection.execute(insert(table), rows())
        if not connection.scalar(select(func.count()).select_from(schema.outline)):
            write_outlines(connection, reference.read_outlines())
    for report in load_files(engine, reference.POLICY_FILES, Order(today, kind="reference")):
        if report.status == "refused":
            raise PreparationError(report.problems[0].message)


def write_outlines(connection: Connection, outlines: reference.Outlines) -> None:
    """Replace the outlines of each level that is given."""
    for level, shapes, source in (
        ("epci", outlines.epci, outlines.epci_source),
        ("departement", outlines.departement, outlines.departement_source),
    ):
        if shapes:
            connection.execute(delete(schema.outline).where(schema.outline.c.level == level))
            connection.execute(
                insert(schema.outline),
                [
                    {"level": level, "code": code, "rings": json.dumps(rings), "source": source}
                    for code, rings in shapes.items()
                ],
            )


def _epci() -> list[dict[str, object]]:
    return [
        {"code": one.code, "name": one.name, "seat_in_normandie": one.seat_in_normandie}
        for one in reference.read_epci()
    ]


def _communes() -> list[dict[str, object]]:
    return [asdict(one) for one in reference.read_communes()]


def _history() -> list[dict[str, object]]:
    return [
        {"old_code": one.old_code, "old_name": one.old_name, "code": one.code, "effective": one.effective_date}
        for one in reference.read_commune_history()
    ]


TERRITORY: Mapping[Table, Callable[[], list[dict[str, object]]]] = {
    schema.departement: lambda: [{"code": one.code, "name": one.name} for one in reference.read_departements()],
    schema.epci: _epci,
    schema.commune: _communes,
    schema.commune_history: _history,
}
"""The reference tables, filled once; a new vintage comes with a migration of its own."""
