"""The rows behind the figures of attendance: declarations, or months of places that are expected or compared.

The value of a private place is confidential: `shown_value` masks it, `value` is the one that counts.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, and_, case, func, literal, select, type_coerce

from data.codes import UNITS
from data.facts.aggregate import measure_conditions
from data.facts.attendance import (
    ATTENDANCE_FACT,
    ATTENDANCE_PER_SEAT,
    COMPARABLE_PAIRS,
    DECLARED_ATTENDANCE,
    MONTH_NUMBERS_A_YEAR,
    RESPONSE_RATE,
)
from data.facts.privacy import shown_attendance
from data.facts.scope import standard_columns
from data.i18n import count, number
from data.model.proofs import Proof
from data.proofs.builders import sum_proof
from data.queries.comparable_places import last_twelve_months, read_comparison, read_declarations
from data.queries.measures import read_ratio_terms
from data.schema import attendance, attendance_month, commune, label_month, live, load, place, place_version
from data.search_keys import with_search_keys
from data.selection import Selection, unit_of
from data.types import Coded, month_of
from data.units import ATTENDANCE_UNITS

ATTENDANCE_PROOF = sum_proof(DECLARED_ATTENDANCE, "shown_value")
_PLACE_MONTH_HEADERS = {"code": "Identifiant", "name": "Tiers-lieu", "commune": "Commune", "month": "Mois"}
_PLACE_MONTH_KEY = ("code", "month")
_FIRST_DECLARATION_NOTE = "Le fichier et la ligne sont ceux de la première déclaration du mois."


def place_month_rows(months: Any, *extra_columns: ColumnElement[Any]) -> Select[Any]:
    """One row per tiers-lieu and month of a table with `place_id` and `month`: standard columns, `place_id`, `code`,
    `name`, `commune`, `month`, and `extra_columns`.
    """
    return (
        with_search_keys(
            select(
                *standard_columns(place_version.c.holder_type, place_version.c.typologies),
                place.c.place_id,
                place.c.code.label("code"),
                place_version.c.name,
                commune.c.name.label("commune"),
                months.c.month,
                *extra_columns,
            )
        )
        .select_from(place_version)
        .join(place, place.c.place_id == place_version.c.place_id)
        .join(commune, commune.c.code == place_version.c.commune)
        .join(months, months.c.place_id == place_version.c.place_id)
        .where(live(place_version))
    )


def first_declaration_columns(rows: Subquery, unit: Any) -> list[ColumnElement[Any]]:
    """SQL: `sheet`, `line`, `load_id` and `file` of the first declaration of a place for a month, in a unit; null
    without one.
    """
    first = (
        select(attendance.c.load_id)
        .where(
            attendance.c.place_id == rows.c.place_id,
            month_of(attendance.c.starts) == rows.c.month,
            type_coerce(attendance.c.unit, Coded(UNITS)) == unit,
            attendance.c.audience == "",
            live(attendance),
        )
        .order_by(attendance.c.starts, attendance.c.ends)
        .limit(1)
        .correlate(rows)
    )
    columns = {name: first.with_only_columns(attendance.c[name]) for name in ("sheet", "line", "load_id")}
    file = first.with_only_columns(load.c.file).join(load, load.c.load_id == attendance.c.load_id)
    return [query.scalar_subquery().label(name) for name, query in {**columns, "file": file}.items()]


def _expected_month_rows(_connection: Connection, selection: Selection) -> Select[Any]:
    """One row per labelled place and whole month of the period during which it was labelled, be it a day."""
    unit = unit_of(selection)
    bits = func.coalesce(label_month.c.answers, 0).bitwise_and(1 << UNITS.index(unit))
    answered = case((bits != 0, "oui"), else_="non").label("answered")
    rows = place_month_rows(label_month, literal(unit, Coded(UNITS)).label("unit"), answered).subquery("expected")
    names = (*_PLACE_MONTH_HEADERS, "answered")
    return select(*(rows.c[name] for name in names), *first_declaration_columns(rows, unit)).where(
        *measure_conditions(RESPONSE_RATE, rows, selection)
    )


def _response_rate_arithmetic(connection: Connection, selection: Selection) -> str:
    answered, expected = read_declarations(connection, selection)
    return f"{count(answered, 'mois déclaré', 'mois déclarés')} ÷ {number(expected)} attendus"


RESPONSE_RATE_PROOF = Proof(
    _expected_month_rows,
    {**_PLACE_MONTH_HEADERS, "answered": "Déclaré"},
    default_sort="month",
    key=_PLACE_MONTH_KEY,
    has_costly_columns=True,
    arithmetic=_response_rate_arithmetic,
    note=f"Une ligne par lieu labellisé et par mois attendu. {_FIRST_DECLARATION_NOTE} Un mois qui manque n’en a pas.",
    place_column="code",
)


def _seated_month_rows(_connection: Connection, selection: Selection) -> Select[Any]:
    """One row per place with seats and whole month of the period declared in the unit of the selection."""
    holder, month = place_version.c.holder_type, attendance_month
    extra_columns = (month.c.unit, month.c.value, shown_attendance(month.c.value, holder).label("shown_value"))
    rows = place_month_rows(month, *extra_columns, place_version.c.seats).subquery("seated")
    names = (*_PLACE_MONTH_HEADERS, "shown_value", "seats", "value")
    conditions = (*measure_conditions(ATTENDANCE_PER_SEAT, rows, selection), rows.c.seats > 0)
    return select(*(rows.c[name] for name in names), *first_declaration_columns(rows, unit_of(selection))).where(
        *conditions
    )


def _per_seat_arithmetic(connection: Connection, selection: Selection) -> str:
    declared, seats = read_ratio_terms(connection, ATTENDANCE_PER_SEAT, selection)
    counted = count(seats, "poste compté", "postes comptés")
    return f"{ATTENDANCE_UNITS[unit_of(selection)].text(declared)} ÷ {counted} chaque mois déclaré"


ATTENDANCE_PER_SEAT_PROOF = Proof(
    _seated_month_rows,
    {**_PLACE_MONTH_HEADERS, "shown_value": "Valeur", "seats": "Postes"},
    default_sort="month",
    key=_PLACE_MONTH_KEY,
    has_costly_columns=True,
    arithmetic=_per_seat_arithmetic,
    note=f"{ATTENDANCE_FACT.note} {_FIRST_DECLARATION_NOTE}",
    place_column="code",
)


def _comparable_month_rows(_connection: Connection, selection: Selection) -> Select[Any]:
    """One row per place and month of the last twelve that is declared, as the same month a year before is."""
    now, before = attendance_month, attendance_month.alias("before")
    holder = place_version.c.holder_type
    is_twin = and_(
        before.c.place_id == now.c.place_id,
        before.c.month == now.c.month - MONTH_NUMBERS_A_YEAR,
        before.c.unit == now.c.unit,
    )
    rows = (
        place_month_rows(
            now,
            now.c.unit,
            now.c.value,
            before.c.value.label("value_before"),
            shown_attendance(now.c.value, holder).label("shown_value"),
            shown_attendance(before.c.value, holder).label("shown_before"),
        )
        .join(before, is_twin)
        .subquery("twins")
    )
    names = (*_PLACE_MONTH_HEADERS, "shown_value", "shown_before", "value", "value_before")
    conditions = measure_conditions(COMPARABLE_PAIRS, rows, last_twelve_months(selection))
    return select(*(rows.c[name] for name in names), *first_declaration_columns(rows, unit_of(selection))).where(
        *conditions
    )


def _evolution_arithmetic(connection: Connection, selection: Selection) -> str:
    comparison = read_comparison(connection, selection)
    now = ATTENDANCE_UNITS[unit_of(selection)].text(comparison.now or 0)
    return f"{now} ÷ {number(comparison.before or 0)} un an plus tôt − 1"


EVOLUTION_PROOF = Proof(
    _comparable_month_rows,
    {**_PLACE_MONTH_HEADERS, "shown_value": "Valeur", "shown_before": "Un an plus tôt"},
    default_sort="month",
    key=_PLACE_MONTH_KEY,
    has_costly_columns=True,
    arithmetic=_evolution_arithmetic,
    note=(
        f"Une ligne par lieu et par mois déclaré deux années de suite. {ATTENDANCE_FACT.note} {_FIRST_DECLARATION_NOTE}"
    ),
    place_column="code",
)
