"""Declared and missing months of each tiers-lieu over twelve months."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, Text, and_, case, exists, func, literal, or_, select

from data.codes import UNITS
from data.facts.privacy import shown_attendance
from data.facts.scope import standard_columns
from data.filters import PLACE_FILTERS
from data.i18n import MONTHS_SHORT
from data.queries.comparable_places import last_twelve_months
from data.schema import attendance_month, commune, label_month, live, place, place_version
from data.selection import Selection, unit_of
from data.types import month_after, month_number, months_between

ALL_MONTHS = "tous"
_MONTH_SEPARATOR = ", "


def declaring_places(selection: Selection) -> Select[Any]:
    """One row per tiers-lieu of the selection that declared, or was expected to, in the last twelve whole months.

    `code`, `name`, `commune`, `expected` (months during which it was labelled), `answered` (expected months declared in
    the unit of the selection), `missing` (expected months not declared), `months` (French text of the missing months; «
    tous »), `last` (yyyymm, the last month declared up to the period), `value` (sum over the twelve months; null for a
    private place, which is confidential).
    """
    year = last_twelve_months(selection)
    months = months_between(month_number(year.since or year.until), month_number(year.until))
    first, last = months[0], months[-1]
    places = _declaring_or_expected_places(selection, first, last)
    declared, recent = _declared_conditions(places, selection, last), attendance_month.c.month >= first
    value = select(func.sum(attendance_month.c.value)).where(*declared, recent).scalar_subquery()
    latest = (
        select(attendance_month.c.month)
        .where(*declared)
        .order_by(attendance_month.c.month.desc())
        .limit(1)
        .scalar_subquery()
    )
    is_expected = _expected_conditions(places, first, last)
    expected = select(func.count()).where(*is_expected).scalar_subquery()
    bit = 1 << UNITS.index(unit_of(selection))
    answers = select().select_from(label_month).where(*is_expected)
    missing = answers.where(_is_missing(bit)).with_only_columns(func.count()).scalar_subquery()
    is_version = (place_version.c.place_id == places.c.place_id, live(place_version))
    town = select(commune.c.name).join(place_version, place_version.c.commune == commune.c.code).where(*is_version)
    return select(  # names are sought apart: a list looks for those that it shows only
        places.c.code,
        select(place_version.c.name).where(*is_version).scalar_subquery().label("name"),
        town.scalar_subquery().label("commune"),
        expected.label("expected"),
        (expected - missing).label("answered"),
        missing.label("missing"),
        answers.with_only_columns(_missing_months_text(last, bit)).scalar_subquery().label("months"),
        latest.label("last"),
        shown_attendance(value, places.c.holder_type).label("value"),
    )


def _declaring_or_expected_places(selection: Selection, first: int, last: int) -> CTE:
    """The places of the selection that declared, or should have.

    Found in two steps, or SQLite would look for the declarations of every place before it knows where the place is.
    """
    columns = standard_columns(place_version.c.holder_type, place_version.c.typologies)
    described = (
        select(place_version.c.place_id, *columns)
        .join(commune, commune.c.code == place_version.c.commune)
        .where(live(place_version))
        .subquery("found")
    )
    selected = (
        select(described.c.place_id, described.c.holder_type)
        .where(*selection.where(described.c, PLACE_FILTERS))
        .cte("there")
    )
    selected = selected.prefix_with("MATERIALIZED")
    declared = (*_declared_conditions(selected, selection, last), attendance_month.c.month >= first)
    has_month = or_(exists().where(*_expected_conditions(selected, first, last)), exists().where(*declared))
    coded = select(selected, place.c.code).join(place, place.c.place_id == selected.c.place_id).where(has_month)
    return coded.cte("concerned").prefix_with("MATERIALIZED")


def _declared_conditions(places: CTE, selection: Selection, last: int) -> tuple[ColumnElement[bool], ...]:
    """SQL: what a place declared in the unit selected, up to a month."""
    month = attendance_month.c
    return (month.place_id == places.c.place_id, month.month <= last, month.unit == unit_of(selection))


def _expected_conditions(places: CTE, first: int, last: int) -> tuple[ColumnElement[bool], ...]:
    """SQL: the months for which a place should have declared."""
    return (label_month.c.place_id == places.c.place_id, label_month.c.month.between(first, last))


def _is_missing(bit: int) -> ColumnElement[bool]:
    """SQL: nothing was declared for the month in the unit of this bit."""
    return func.coalesce(label_month.c.answers, 0).bitwise_and(bit) == 0


@lru_cache(maxsize=12)  # building it takes four milliseconds, and months repeat
def _missing_months_text(last: int, bit: int) -> ColumnElement[str]:
    """SQL, over the months of a place in the year up to one: French text of the missing months, in order; « tous » for
    all.
    """
    names: ColumnElement[str] = literal("", Text)
    for month in months_between(month_after(last, -11), last):
        name = f"{MONTHS_SHORT[month % 100 - 1]} {month // 100}{_MONTH_SEPARATOR}"
        names = names + func.max(case((and_(label_month.c.month == month, _is_missing(bit)), name), else_=""))
    missing = func.sum(case((_is_missing(bit), 1), else_=0))
    return case(
        (func.count() == 0, ""), (func.count() == missing, ALL_MONTHS), else_=func.rtrim(names, _MONTH_SEPARATOR)
    )
