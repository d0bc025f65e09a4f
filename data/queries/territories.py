"""Intercommunalités: who they are, how many people live there, and how they are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, and_, case, func, select, true

from data.i18n import NARROW
from data.schema import commune, epci, outline
from data.selection import Selection


@dataclass(frozen=True)
class Outlines:
    """How territories are drawn, by code and in its order: rings as JSON, `[[[longitude, latitude], …], …]`.

    `source` says whether they are schematic or official.
    """

    epci: dict[str, str]
    departement: dict[str, str]
    source: str

    def __deepcopy__(self, _memo: object) -> Outlines:
        """Itself: it never changes, and pandas copies the attributes of a frame at each step."""
        return self


class Intercommunalite(NamedTuple):
    """One intercommunalité; its population is that of all its communes in Normandie, selected or not."""

    code: str
    name: str
    seat_in_normandie: bool
    population: int


def read_intercommunalites(connection: Connection, selection: Selection) -> list[Intercommunalite]:
    """Those with a commune in the selection, by name, whole: an intercommunalité is one, even astride départements."""
    asked = case((and_(true(), *selection.where(commune.c)), 1), else_=0)
    people = (  # one pass over the communes, without a join: four times as fast on SQLite
        select(commune.c.epci, func.sum(commune.c.population).label("population"), func.max(asked).label("asked"))
        .group_by(commune.c.epci)
        .subquery("people")
    )
    query = (
        select(epci.c.code, epci.c.name, epci.c.seat_in_normandie, people.c.population)
        .join(people, people.c.epci == epci.c.code)
        .where(people.c.asked == 1)
        .order_by(epci.c.name)
    )
    return [
        Intercommunalite(code, name, bool(seat), int(population))
        for code, name, seat, population in connection.execute(query)
    ]


def read_outlines(connection: Connection) -> Outlines:
    """How the territories are drawn; nothing by code when no outline is in the database."""
    rows = connection.execute(select(outline).order_by(outline.c.level, outline.c.code)).all()
    levels: dict[str, dict[str, str]] = {"epci": {}, "departement": {}}
    for row in rows:
        levels.setdefault(row.level, {})[row.code] = row.rings
    return Outlines(levels["epci"], levels["departement"], f"{NARROW}; ".join(sorted({row.source for row in rows})))
