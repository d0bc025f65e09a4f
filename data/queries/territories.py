"""Intercommunalités: who they are, how many people live there, and how they are drawn."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection, func, select

from data.schema import commune, epci, outline
from data.selection import Selection

Rings = list[list[list[float]]]  # [[[longitude, latitude], …], …]


@dataclass(frozen=True)
class Outlines:
    """Rings by code, for each level; `source` says whether they are schematic or official."""

    epci: dict[str, Rings]
    departement: dict[str, Rings]
    source: str


def read_intercommunalites(connection: Connection, selection: Selection) -> pd.DataFrame:
    """One row per intercommunalité with a commune in the selection, by name.

    `code`, `name`, `seat_in_normandie`, `population` (inhabitants of all its communes in Normandie, in the selection
    or not: an intercommunalité is one, even astride two départements).
    """
    asked = select(commune.c.epci).where(*selection.where(commune.c))
    query = (
        select(epci.c.code, epci.c.name, epci.c.seat_in_normandie, func.sum(commune.c.population))
        .join(commune, commune.c.epci == epci.c.code)
        .where(epci.c.code.in_(asked))
        .group_by(epci.c.code, epci.c.name, epci.c.seat_in_normandie)
        .order_by(epci.c.name)
    )
    rows = [(code, name, bool(seat), int(people)) for code, name, seat, people in connection.execute(query)]
    return pd.DataFrame(rows, columns=["code", "name", "seat_in_normandie", "population"], dtype=object)


def read_outlines(connection: Connection) -> Outlines:
    """How the territories are drawn; nothing by code when no outline is in the database."""
    rows = connection.execute(select(outline).order_by(outline.c.level, outline.c.code)).all()
    levels: dict[str, dict[str, Rings]] = {"epci": {}, "departement": {}}
    for row in rows:
        levels.setdefault(row.level, {})[row.code] = json.loads(row.rings)
    sources = sorted({row.source for row in rows})
    return Outlines(levels["epci"], levels["departement"], " ; ".join(sources))


def read_departements(connection: Connection, selection: Selection) -> list[str]:
    """The codes of the départements with a commune in the selection."""
    return list(
        connection.scalars(select(commune.c.dep).where(*selection.where(commune.c)).distinct().order_by(commune.c.dep))
    )
