"""The outlines of the maps, written to the database."""

from __future__ import annotations

import json

from sqlalchemy import Connection, delete, insert

from data import schema
from data.reference import Outlines


def write_outlines(connection: Connection, outlines: Outlines) -> None:
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
