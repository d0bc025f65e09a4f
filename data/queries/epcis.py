"""Intercommunalités with their seat in Normandie, by group, and shares of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, literal, select

from data.filters import TERRITORY_FILTERS
from data.model.groups import WHOLE_KEY, GroupKey, Groups
from data.schema import commune, epci
from data.types import TERRITORY_COLUMNS

Value = TypeVar("Value")

NO_EPCI_REASON = "aucune intercommunalité de la sélection n’a son siège en Normandie"


def read_normandie_epcis_by_group(connection: Connection, groups: Groups) -> dict[GroupKey, Set[str]]:
    """Codes of the intercommunalités with their seat in Normandie and a commune in the selection of each group."""
    key = commune.c[groups.column] if groups.column in TERRITORY_COLUMNS else None
    seated = commune.c.epci.in_(select(epci.c.code).where(epci.c.seat_in_normandie))
    conditions = (seated, *groups.selection.where(commune.c, TERRITORY_FILTERS))
    return groups.fill_groups(read_distinct_values_by_key(connection, key, commune.c.epci, conditions), frozenset())


def read_distinct_values_by_key(
    connection: Connection,
    key: ColumnElement[Any] | None,
    value: ColumnElement[Value],
    conditions: Iterable[ColumnElement[bool]],
) -> dict[GroupKey, Set[Value]]:
    """The distinct values of the rows by group key, under `WHOLE_KEY` without a key column."""
    values_by_key: dict[GroupKey, set[Value]] = {}
    query = select(literal(WHOLE_KEY) if key is None else key, value).where(*conditions).distinct()
    for group_key, distinct in connection.execute(query):
        values_by_key.setdefault(group_key, set()).add(distinct)
    return dict(values_by_key)


def intersection_counts(
    whole_set: Mapping[GroupKey, Set[str]], subset: Mapping[GroupKey, Set[str]]
) -> dict[GroupKey, tuple[int, int]]:
    """For each key, the size of the intersection with `subset`, and the size of the whole set."""
    return {key: (len(codes & subset[key]), len(codes)) for key, codes in whole_set.items()}
