"""How the sums of attendance by month are cut: few rows for what is often asked, whatever the number of places.

A cut keeps some standard columns beside the département (the others are empty): a filter picks scopes, not places.
What counts places over several months (who declared, who compares) is no sum: `visit_span` holds it.
A selection has one unit: of the others, only the answers are asked, so that a month of a scope is one row for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, literal, select, true, union_all

from data.codes import UNITS
from data.facts.aggregate import within
from data.schema import attendance_scope, attendance_total
from data.selection import Selection
from data.types import Coded

SCOPES = 1_000_000  # the scopes of a cut follow its number times this


@dataclass(frozen=True)
class Cut:
    """One cut: its number, and what it keeps beside the département."""

    number: int
    keeps: tuple[str, ...]


WHOLE = Cut(1, ())
HOLDERS = Cut(2, ("holder_type",))
EPCIS = Cut(3, ("epci", "holder_type"))
TYPOLOGIES = Cut(4, ("holder_type", "typologies"))
ALL = Cut(9, ("epci", "holder_type", "typologies"))
COARSE = (WHOLE, HOLDERS, EPCIS, TYPOLOGIES)  # the fewest rows first
KEPT = ("dep", *ALL.keeps)

_UNITS = union_all(*(select(literal(unit, Coded(UNITS)).label("unit")) for unit in UNITS[1:])).subquery("units")
_ANSWERED = ((_UNITS.c.unit == unit, attendance_total.c[f"answered_{unit}"]) for unit in UNITS[1:])

EVERY = (  # of every cut and every unit: to be narrowed to one
    select(
        *(column for column in attendance_total.c if not column.name.startswith("answered_")),
        case(*_ANSWERED).label("answered"),
        _UNITS.c.unit,
        attendance_scope.c.cut,
        *(attendance_scope.c[name] for name in KEPT),
    )
    .join(attendance_scope, attendance_scope.c.scope == attendance_total.c.scope)
    .join(_UNITS, true())
    .subquery("attendance_total")
)


def cut_of(selection: Selection, by: frozenset[str]) -> Sequence[ColumnElement[bool]]:
    """SQL: those of `EVERY` that add up to the period of a selection, and have the columns of its filters and of a
    breakdown.
    """
    needed = (selection.needs() | by) & set(ALL.keeps)
    cut = next((one for one in COARSE if needed <= set(one.keeps)), ALL)
    return [EVERY.c.cut == cut.number, *within("month", EVERY.c, selection.since, selection.until)]
