"""The intercommunalités that count, and the share of them where something is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Any

from sqlalchemy import ColumnElement, Connection, literal, select

from data.filters import OF_TERRITORY
from data.model.groups import TERRITORIES, WHOLE, Groups, Key
from data.schema import commune, epci

NONE_COUNTED = "aucune intercommunalité de la sélection n’a son siège en Normandie"


def read_epcis_by(connection: Connection, groups: Groups) -> dict[Key, Set[str]]:
    """The codes of those with their seat in Normandie and a commune in the selection of each group."""
    key = commune.c[groups.column] if groups.column in TERRITORIES else None
    seated = commune.c.epci.in_(select(epci.c.code).where(epci.c.seat_in_normandie))
    where = (seated, *groups.selection.where(commune.c, OF_TERRITORY))
    return groups.spread(read_sets(connection, key, commune.c.epci, where), frozenset())


def read_sets(
    connection: Connection,
    key: ColumnElement[Any] | None,
    value: ColumnElement[Any],
    where: Iterable[ColumnElement[bool]],
) -> dict[Key, Set[str]]:
    """The distinct values of the rows of each key, under WHOLE without one."""
    found: dict[Key, set[str]] = {}
    query = select(literal(WHOLE) if key is None else key, value).where(*where).distinct()
    for at, one in connection.execute(query):
        found.setdefault(at, set()).add(one)
    return dict(found)


def shares(counted: Mapping[Key, Set[str]], some: Mapping[Key, Set[str]]) -> dict[Key, tuple[int, int]]:
    """For each key, how many of those counted are among some, and how many are counted."""
    return {key: (len(codes & some[key]), len(codes)) for key, codes in counted.items()}
