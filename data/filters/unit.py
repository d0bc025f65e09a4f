"""The filter by unit of attendance; units are never added together."""

from __future__ import annotations

from sqlalchemy import Connection, select

from data.filters.model import Filter
from data.filters.options import Option
from data.schema import attendance_total
from data.sources.attendance import UNIT_CHOICES

_DATABASE_VALUES = {
    "visites": "visits",
    "personnes": "people",
    "journees": "person_days",
    "demi-journees": "half_days",
    "heures": "hours",
}


def _read_units(connection: Connection) -> tuple[Option, ...]:
    """Visits, and the units in which something was declared: another would show nothing."""
    declared = {"visits", *connection.scalars(select(attendance_total.c.unit).distinct())}
    labels = {choice.code: choice.label for choice in UNIT_CHOICES}
    return tuple(Option(code, labels[value]) for code, value in _DATABASE_VALUES.items() if value in declared)


UNIT = Filter(
    "unite",
    "Unité",
    "unit",
    "visites",
    _read_units,
    narrowed_rows=("attendance",),
    database_values=_DATABASE_VALUES,
    multiple=False,
    default="visites",
    themes=("frequentation",),
)
