"""What each tiers-lieu declared lately, and what it did not."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, Text, and_, case, exists, func, literal, or_, select

from data.facts.comparable import last_year
from data.facts.privacy import shown_attendance
from data.facts.scope import scope
from data.i18n import MONTHS_SHORT
from data.schema import attendance_month, commune, label_month, live, place, place_version
from data.selection import Selection
from data.types import month_number, months_between

ALL = "tous"
_SEPARATOR = ", "


def declaring_places(selection: Selection) -> Select[Any]:
    """One row per tiers-lieu of the selection that declared, or should have, in the last twelve whole months.

    `code`, `name`, `commune`, `expected` (months during which it was labelled), `answered` (those of them declared, in
    the unit selected), `missing`, `months` (the missing ones, in words, in order; « tous »), `last` (yyyymm, the last
    month ever declared by then), `value` (declared over these months; null for a private place, whose attendance is
    its own).
    """
    year = last_year(selection)
    months = months_between(month_number(year.since or year.until), month_number(year.until))
    places = _places(selection)
    answers = _answers(selection, places, months)
    declared = (
        attendance_month.c.place_id == places.c.place_id,
        attendance_month.c.month <= months[-1],
        *selection.where(attendance_month.c),
    )
    recent = attendance_month.c.month >= months[0]
    value = select(func.sum(attendance_month.c.value)).where(*declared, recent).scalar_subquery()
    latest = (
        select(attendance_month.c.month)
        .where(*declared)
        .order_by(attendance_month.c.month.desc())
        .limit(1)
        .scalar_subquery()
    )
    expected, answered = (func.coalesce(answers.c[name], 0) for name in ("expected", "answered"))
    return (
        select(
            places.c.code,
            places.c.name,
            places.c.commune,
            expected.label("expected"),
            answered.label("answered"),
            (expected - answered).label("missing"),
            func.coalesce(answers.c.months, "").label("months"),
            latest.label("last"),
            shown_attendance(value, places.c.holder_type).label("value"),
        )
        .select_from(places)
        .outerjoin(answers, answers.c.place_id == places.c.place_id)
        .where(or_(answers.c.place_id.is_not(None), exists().where(*declared, recent)))
    )


def _places(selection: Selection) -> Subquery:
    columns = scope(place_version.c.holder_type, place_version.c.typologies)
    found = (
        select(place_version.c.place_id, place.c.code, place_version.c.name, commune.c.name.label("commune"), *columns)
        .join(place, place.c.place_id == place_version.c.place_id)
        .join(commune, commune.c.code == place_version.c.commune)
        .where(live(place_version))
        .subquery("found")
    )
    return select(found).where(*selection.where(found.c)).subquery("places")


def _answers(selection: Selection, places: Subquery, months: list[int]) -> Subquery:
    """By place of those: months expected, months declared, and the others named one after the other, in order."""
    declared = attendance_month.alias("declared")
    is_declared = and_(
        declared.c.place_id == label_month.c.place_id,
        declared.c.month == label_month.c.month,
        *selection.where(declared.c),
    )
    lacks = declared.c.place_id.is_(None)
    named: ColumnElement[str] = literal("", Text)
    for month in months:
        words = f"{MONTHS_SHORT[month % 100 - 1]} {month // 100}{_SEPARATOR}"
        named = named + func.max(case((and_(label_month.c.month == month, lacks), words), else_=""))
    return (
        select(
            label_month.c.place_id,
            func.count().label("expected"),
            func.count(declared.c.place_id).label("answered"),
            case((func.count(declared.c.place_id) == 0, ALL), else_=func.rtrim(named, _SEPARATOR)).label("months"),
        )
        .join(places, places.c.place_id == label_month.c.place_id)
        .outerjoin(declared, is_declared)
        .where(label_month.c.month.between(months[0], months[-1]))
        .group_by(label_month.c.place_id)
        .subquery("answers")
    )
