"""The intercommunalités that count, and the share of them where something is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Any

from sqlalchemy import ColumnElement, Connection, literal, select

from data.filters import TERRITORY_FILTERS
from data.model.groups import TERRITORY_COLUMNS, WHOLE_KEY, GroupKey, Groups
from data.schema import commune, epci

NO_EPCI_REASON = "aucune intercommunalité de la sélection n’a son siège en Normandie"


def read_normandie_epcis_by_group(connection: Connection, groups: Groups) -> dict[GroupKey, Set[str]]:
    """The codes of those with their seat in Normandie and a commune in the selection of each group."""
    key = commune.c[groups.column] if groups.column in TERRITORY_COLUMNS else None
    seated = commune.c.epci.in_(select(epci.c.code).where(epci.c.seat_in_normandie))
    where = (seated, *groups.selection.where(commune.c, TERRITORY_FILTERS))
    return groups.fill_groups(read_distinct_values_by_key(connection, key, commune.c.epci, where), frozenset())


def read_distinct_values_by_key(
    connection: Connection,
    key: ColumnElement[Any] | None,
    value: ColumnElement[Any],
    where: Iterable[ColumnElement[bool]],
) -> dict[GroupKey, Set[str]]:
    """The distinct values of the rows of each key, under WHOLE without one."""
    found: dict[GroupKey, set[str]] = {}
    query = select(literal(WHOLE_KEY) if key is None else key, value).where(*where).distinct()
    for at, one in connection.execute(query):
        found.setdefault(at, set()).add(one)
    return dict(found)


def intersection_counts(
    counted: Mapping[GroupKey, Set[str]], some: Mapping[GroupKey, Set[str]]
) -> dict[GroupKey, tuple[int, int]]:
    """For each key, how many of those counted are among some, and how many are counted."""
    return {key: (len(codes & some[key]), len(codes)) for key, codes in counted.items()}
