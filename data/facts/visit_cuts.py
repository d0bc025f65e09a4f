"""How the sums of attendance by month are cut: few rows for what is often asked, whatever the number of places.

A cut keeps some standard columns (the others are empty): a filter picks scopes, not places. It publishes one level of
`data.facts.suppression`: what that level leaves out of it is not in its sums. What counts places over several months
(who declared, who compares) is no sum: `visit_span` holds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from data.facts.suppression import (
    DEPARTEMENT,
    DEPARTEMENT_TYPOLOGY,
    EPCI,
    EPCI_TYPOLOGY,
    REGION,
    REGION_TYPOLOGY,
    Level,
    level_of,
)
from data.schema import attendance_scope, attendance_total
from data.selection import Selection
from data.selection.periods import period_conditions

SCOPES = 1_000_000  # the scopes of a cut follow its number times this
KEPT = ("dep", "epci", "holder_type", "typologies")


@dataclass(frozen=True)
class Cut:
    """One cut: its number, the level that it publishes, and whether it keeps the type of holder."""

    number: int
    level: Level
    by_holder: bool = True

    @property
    def keeps(self) -> tuple[str, ...]:
        """Its columns that are not empty."""
        return tuple(name for name in KEPT if name in self.level.columns or (name == "holder_type" and self.by_holder))


WHOLE = Cut(1, REGION, by_holder=False)
HOLDERS = Cut(2, REGION)
TYPOLOGIES = Cut(3, REGION_TYPOLOGY)
DEPARTEMENTS = Cut(4, DEPARTEMENT, by_holder=False)
DEPARTEMENT_HOLDERS = Cut(5, DEPARTEMENT)
DEPARTEMENT_TYPOLOGIES = Cut(6, DEPARTEMENT_TYPOLOGY)
EPCIS = Cut(7, EPCI)
ALL = Cut(9, EPCI_TYPOLOGY)
CUTS = (WHOLE, HOLDERS, TYPOLOGIES, DEPARTEMENTS, DEPARTEMENT_HOLDERS, DEPARTEMENT_TYPOLOGIES, EPCIS, ALL)

EVERY = (  # of every cut: to be narrowed to one
    select(attendance_total, attendance_scope.c.cut, *(attendance_scope.c[name] for name in KEPT))
    .join(attendance_scope, attendance_scope.c.scope == attendance_total.c.scope)
    .subquery("attendance_total")
)


def cut_of(selection: Selection, by: frozenset[str]) -> Sequence[ColumnElement[bool]]:
    """SQL: those of `EVERY` that add up to the period of a selection, and have the columns of its filters and of a
    breakdown.
    """
    needed = selection.needs() | by
    level = level_of(needed)
    cut = next(one for one in CUTS if one.level == level and ("holder_type" not in needed or one.by_holder))
    return [EVERY.c.cut == cut.number, *period_conditions("month", EVERY.c, selection.since, selection.until)]
