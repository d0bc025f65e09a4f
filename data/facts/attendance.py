"""Attendance: what places declared, and what was expected of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    and_,
    case,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)

from data.facts.aggregate import rows_of
from data.facts.model import Fact, Measure, Ratio, Total
from data.facts.privacy import shown_attendance
from data.facts.scope import scope
from data.schema import (
    attendance,
    attendance_month,
    attendance_sum,
    attendance_total,
    commune,
    label_month,
    live,
    place,
    place_version,
)
from data.selection import Selection
from data.types import month_of

ANY_UNIT = ""  # the unit of rows that count whatever the unit
A_YEAR = 100  # between two months written yyyymm
DECLARED, PAIRED = "declared", "paired"  # kinds of visit_span


def attendance_rows() -> Select[Any]:
    """One row per live declaration for everybody (a breakdown by audience is not added to it), with its scope."""
    return (
        select(
            attendance.c.unit,
            month_of(attendance.c.starts).label("month"),
            *scope(place_version.c.holder_type, place_version.c.typologies),
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
        .join(place_version, and_(place_version.c.place_id == attendance.c.place_id, live(place_version)))
        .join(commune, commune.c.code == place_version.c.commune)
        .where(live(attendance), attendance.c.audience == "")
    )


def attendance_pairs() -> Select[Any]:
    """One row per unit, month and place that reported; and with an empty unit, per month and place expected to."""
    return select(union_all(_reported(), _expected()).subquery("pairs"))


def _reported() -> Select[Any]:
    """`twin_now` and `twin_before` are its value and that of a year before, when it reported then too."""
    is_expected = and_(
        label_month.c.month == attendance_month.c.month, label_month.c.place_id == attendance_month.c.place_id
    )
    before = attendance_month.alias("before")
    is_twin = and_(
        before.c.place_id == attendance_month.c.place_id,
        before.c.month == attendance_month.c.month - A_YEAR,
        before.c.unit == attendance_month.c.unit,
    )
    return select(
        attendance_month.c.unit,
        attendance_month.c.month,
        attendance_month.c.place_id,
        attendance_month.c.value,
        literal(1).label("reports"),
        literal(0).label("expected"),
        case((label_month.c.place_id.is_not(None), 1), else_=0).label("answered"),
        case((before.c.place_id.is_not(None), attendance_month.c.value)).label("twin_now"),
        before.c.value.label("twin_before"),
    ).select_from(attendance_month.outerjoin(label_month, is_expected).outerjoin(before, is_twin))


def _expected() -> Select[Any]:
    unknown = literal(None, type_=attendance_month.c.value.type)
    return select(
        literal(ANY_UNIT, type_=attendance_month.c.unit.type).label("unit"),
        label_month.c.month,
        label_month.c.place_id,
        unknown.label("value"),
        literal(0).label("reports"),
        literal(1).label("expected"),
        literal(0).label("answered"),
        unknown.label("twin_now"),
        unknown.label("twin_before"),
    )


def answer_bit(unit: ColumnElement[Any]) -> ColumnElement[int]:
    """SQL: what a declaration in this unit adds to `label_month.answers`, one bit for each unit."""
    return literal(1).bitwise_lshift(type_coerce(unit, Integer))


def seated(value: ColumnElement[Any], seats: ColumnElement[Any]) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """SQL: `seated_value` and `seats`, the value and the seats of a place that reported and whose seats are known.

    Without a seat, a place has no visits per seat: it is left out as if its seats were not known.
    """
    known = and_(value.is_not(None), seats > 0)
    return case((known, value)).label("seated_value"), case((known, seats)).label("seats")


def _attendance_detail() -> Select[Any]:
    """The same rows with their scope: each half is joined to it, so that it is read for the places of a filter only."""
    return select(union_all(_placed(_reported()), _placed(_expected())).subquery("placed"))


def _placed(half: Select[Any]) -> Select[Any]:
    pairs = half.subquery("pairs")
    return (
        select(
            *(column for column in pairs.c if column.name != "place_id"),
            *seated(pairs.c.value, place_version.c.seats),
            *scope(place_version.c.holder_type, place_version.c.typologies),
        )
        .join(place_version, and_(place_version.c.place_id == pairs.c.place_id, live(place_version)))
        .join(commune, commune.c.code == place_version.c.commune)
    )


ATTENDANCE = Fact(
    time="month",
    rows=attendance_total,
    detail=_attendance_detail().subquery("attendance_detail"),
    proof=attendance_rows(),
    shown={
        "code": "Identifiant",
        "name": "Tiers-lieu",
        "commune": "Commune",
        "starts": "Du",
        "ends": "Au",
        "shown_value": "Valeur",
        "open_days": "Jours ouverts",
    },
    newest="starts",
    note=(
        "La fréquentation d’un lieu privé est confidentielle\u202f: elle compte dans les totaux, sa valeur n’est pas "
        "montrée."
    ),
)

VISITS = Measure(
    ATTENDANCE,
    Total(lambda rows: func.sum(rows.value), empty=None, reason="aucun lieu n’a déclaré de visites"),
    only=lambda rows: (rows.unit == "visits",),
    fixed=("unit",),
)

ANSWERS = Measure(
    ATTENDANCE,
    Ratio(
        lambda rows: func.sum(rows.answered),
        lambda rows: func.sum(rows.expected),
        "aucun lieu n’était labellisé durant la période",
    ),
)


def monthly_rows(selection: Selection) -> FromClause:
    """The rows to sum by month or département: coarser than those of `rows_of` where the filters allow it."""
    given_up = {column.name for column in ATTENDANCE.detail.c} - {column.name for column in attendance_sum.c}
    return rows_of(VISITS, selection) if selection.needs() & given_up else attendance_sum
