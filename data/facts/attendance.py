"""Attendance: what places declared, and what was expected of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, func, literal, select, type_coerce

from data.cube import PERIOD_KEY, SET_STRIDE, Cube, GroupingSet
from data.facts.privacy import shown_attendance
from data.facts.scope import standard_columns
from data.facts.suppression import (
    DEPARTEMENT,
    DEPARTEMENT_TYPOLOGY,
    EPCI,
    EPCI_TYPOLOGY,
    REGION,
    REGION_TYPOLOGY,
    Level,
)
from data.filters import ATTENDANCE_FILTERS
from data.model.facts import Fact, Measure, Ratio, Total
from data.schema import attendance, attendance_total, commune, is_live, place, place_version
from data.types import month_of

MONTH_NUMBERS_A_YEAR = 100  # between two months written yyyymm
DECLARED_KIND, PAIRED_KIND = "declared", "paired"  # kinds of visit_span


def attendance_rows() -> Select[Any]:
    """One row per live declaration for everybody (a breakdown by audience is not added to it), with its scope."""
    return (
        select(
            attendance.c.unit,
            month_of(attendance.c.starts).label("month"),
            *standard_columns(place_version.c.holder_type, place_version.c.typologies),
            attendance.c.value,
            shown_attendance(attendance.c.value, place_version.c.holder_type).label("shown_value"),
            attendance.c.place_id,
            place.c.code.label("code"),
            place_version.c.name,
            commune.c.name.label("commune"),
            attendance.c.starts,
            attendance.c.ends,
            attendance.c.open_days,
            attendance.c.load_id,
            attendance.c.sheet,
            attendance.c.line,
        )
        .select_from(attendance)
        .join(place, place.c.place_id == attendance.c.place_id)
        .join(place_version, and_(place_version.c.place_id == attendance.c.place_id, is_live(place_version)))
        .join(commune, commune.c.code == place_version.c.commune)
        .where(is_live(attendance), attendance.c.audience == "")
    )


def answer_bit(unit: ColumnElement[Any]) -> ColumnElement[int]:
    """SQL: what a declaration in this unit adds to `label_month.answers`, one bit for each unit."""
    return literal(1).bitwise_lshift(type_coerce(unit, Integer))


def _monthly_set(number: int, level: Level, *extra_dimensions: str) -> GroupingSet:
    """A monthly grouping set: the columns of a level of disclosure, and dimensions that do not divide its cells."""
    return GroupingSet(number, (*level.columns, *extra_dimensions), ("month",), level.number)


ATTENDANCE_CUBE = Cube(  # what a level leaves out is not in them; who declared over several months is in `visit_span`
    attendance_total,
    dimensions=("epci", "dep", "holder_type", "typologies"),
    sets=(
        _monthly_set(1, REGION),
        _monthly_set(2, REGION, "holder_type"),
        _monthly_set(3, REGION_TYPOLOGY, "holder_type"),
        _monthly_set(4, DEPARTEMENT),
        _monthly_set(5, DEPARTEMENT, "holder_type"),
        _monthly_set(6, DEPARTEMENT_TYPOLOGY, "holder_type"),
        _monthly_set(7, EPCI, "holder_type"),
        _monthly_set(9, EPCI_TYPOLOGY, "holder_type"),
    ),
)
_ROWS = select(attendance_total, (attendance_total.c[PERIOD_KEY] % SET_STRIDE).label("month")).subquery(
    "attendance_total"
)

ATTENDANCE_FACT = Fact(
    time="month",
    rows=_ROWS,
    detail=_ROWS,
    cube=ATTENDANCE_CUBE,
    proof=attendance_rows(),
    headers={
        "code": "Identifiant",
        "name": "Tiers-lieu",
        "commune": "Commune",
        "starts": "Du",
        "ends": "Au",
        "shown_value": "Valeur",
        "open_days": "Jours ouverts",
    },
    default_sort="starts",
    place_column="code",
    hidden_columns=("value",),
    filters=ATTENDANCE_FILTERS,
    note=(
        "La fréquentation d’un lieu privé est confidentielle\u202f: elle ne compte que dans des totaux d’au moins "
        "trois lieux privés, et sa valeur n’est pas montrée."
    ),
)

# In the unit of the selection (visits by default): units are never added together.
DECLARED_ATTENDANCE = Measure(
    ATTENDANCE_FACT,
    Total(lambda rows: func.sum(rows.value), empty=None, reason="aucun lieu n’a déclaré de fréquentation"),
    disclosure="declared",
)

ATTENDANCE_PER_SEAT = Measure(
    ATTENDANCE_FACT,
    Ratio(
        lambda rows: func.sum(rows.seated_value),
        lambda rows: func.sum(rows.seats),
        "aucun lieu dont les postes sont connus n’a déclaré de fréquentation",
    ),
    disclosure="seated",
)

RESPONSE_RATE = Measure(
    ATTENDANCE_FACT,
    Ratio(
        lambda rows: func.sum(rows.answered),
        lambda rows: func.sum(rows.expected),
        "aucun lieu n’était labellisé durant la période",
    ),
    disclosure="expected",
)

COMPARABLE_PAIRS = Measure(
    ATTENDANCE_FACT,
    Ratio(
        lambda rows: func.sum(rows.twin_now),
        lambda rows: func.sum(rows.twin_before),
        "aucune fréquentation un an plus tôt dans les lieux comparables",
    ),
    disclosure="paired",
)
