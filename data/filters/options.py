"""The choices of the filters, read from the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, case, select

from data.i18n import search_key
from data.schema import commune, departement, epci, live, place_version, scheme_version
from data.sources.model import Choice


@dataclass(frozen=True)
class Option:
    """One choice of a filter. `parent_codes` are codes of another filter: the départements of an intercommunalité."""

    code: str
    label: str
    parent_codes: tuple[str, ...] = ()


def read_departements(connection: Connection) -> tuple[Option, ...]:
    """Départements, by code."""
    rows = connection.execute(select(departement.c.code, departement.c.name).order_by(departement.c.code))
    return tuple(Option(code, name) for code, name in rows)


def read_intercommunalites(connection: Connection) -> tuple[Option, ...]:
    """Intercommunalités by name, as a dictionary orders them, with the départements that they lie in."""
    pieces = connection.execute(
        select(epci.c.code, epci.c.name, commune.c.dep)
        .join(commune, commune.c.epci == epci.c.code)
        .distinct()
        .order_by(commune.c.dep)
    ).all()
    within: dict[tuple[str, str], list[str]] = {}
    for code, name, dep in pieces:
        within.setdefault((code, name), []).append(dep)
    return tuple(Option(code, name, tuple(deps)) for (code, name), deps in sorted(within.items(), key=_name_sort_key))


def _name_sort_key(item: tuple[tuple[str, str], list[str]]) -> str:
    (_code, name), _deps = item
    return search_key(name)


def read_typologies(connection: Connection) -> tuple[Option, ...]:
    """The typologies of the live places, by name."""
    lists = connection.scalars(select(place_version.c.typologies).where(live(place_version)).distinct())
    return tuple(Option(code, code) for code in sorted({code for text in lists for code in text.split("|") if code}))


def options_of_table(table: Table, *order: ColumnElement[Any]) -> Callable[[Connection], tuple[Option, ...]]:
    """The live codes of a version table with their labels, in an order, then by code."""
    query = select(table.c.code, table.c.label).where(live(table)).order_by(*order, table.c.code)
    return lambda connection: tuple(Option(code, label) for code, label in connection.execute(query))


LEVERS_FIRST = case((scheme_version.c.family == "lever", 0), else_=1)


def options_of_choices(
    codes: Mapping[str, str], choices: Iterable[Choice]
) -> Callable[[Connection], tuple[Option, ...]]:
    """Options that no load changes: code of the URL -> value of the database, named by the choices of a source."""
    labels = {choice.code: choice.label for choice in choices}
    options = tuple(Option(code, labels[value]) for code, value in codes.items())
    return lambda _connection: options
