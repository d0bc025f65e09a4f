"""Makes a database ready: latest version, reference data."""

from __future__ import annotations

import json

from sqlalchemy import Connection, Engine, Table, delete, func, insert, select

from data import reference, schema
from data.engine import writing
from data.migrations import upgrade


def prepare(engine: Engine) -> None:
    """Create or upgrade the database and bring its territory up to the reference files. Changes nothing when it is."""
    upgrade(engine)
    with writing(engine) as connection:
        for table, rows in _territory():
            _fill(connection, table, rows)
        if not connection.scalar(select(func.count()).select_from(schema.outline)):
            write_outlines(connection, reference.read_outlines())


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


def _territory() -> list[tuple[Table, list[dict[str, object]]]]:
    return [
        (schema.departement, [{"code": d.code, "name": d.name} for d in reference.read_departements()]),
        (
            schema.epci,
            [{"code": e.code, "name": e.name, "seat_in_normandie": e.seat_in_normandie} for e in reference.read_epci()],
        ),
        (
            schema.commune,
            [
                {
                    "code": c.code,
                    "name": c.name,
                    "dep": c.dep,
                    "epci": c.epci,
                    "population": c.population,
                    "lon": c.lon,
                    "lat": c.lat,
                }
                for c in reference.read_communes()
            ],
        ),
        (
            schema.commune_history,
            [
                {"old_code": h.old_code, "old_name": h.old_name, "code": h.code, "effective": h.effective_date}
                for h in reference.read_commune_history()
            ],
        ),
    ]


def _fill(connection: Connection, table: Table, rows: list[dict[str, object]]) -> None:
    """Write the rows of a reference table that is empty; a new vintage comes with a migration of its own."""
    if not connection.scalar(select(func.count()).select_from(table)):
        connection.execute(insert(table), rows)
