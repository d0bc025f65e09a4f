"""The criteria of the service standard in places: met, missing or unknown, on any day."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Integer, Select, and_, case, func, literal, or_, select, type_coerce

from data.facts.choices import choice_label
from data.facts.scope import standard_columns
from data.filters import PLACE_FILTERS
from data.model.facts import Fact, Measure, Total
from data.schema import (
    commune,
    is_live,
    label_event,
    place,
    place_version,
    standard_criterion,
    standard_declaration,
)
from data.search_keys import search_key_name, with_search_keys
from data.sources.places import LABEL_STEPS
from data.sources.standard import DECLARED, MEASURED_COLUMNS, STANDARDS
from data.types import Columns

STANDARD_SOURCES = ("labels", "places", "standards")  # without which nothing is known of the standard
DECLARATION_SOURCE = "standard-declarations"  # the register of places may be enough
MET, MISSING, UNKNOWN = "met", "missing", "unknown"
COMPLIANCE_LABELS = {MET: "respecté", MISSING: "manquant", UNKNOWN: "inconnu"}
REGISTER_COLUMNS = tuple(
    choice.code for choice in STANDARDS.column("basis").choices if choice.code != DECLARED
)  # of place_version


def _declaration_spans() -> FromClause:
    """One row per live declaration, in force from its day to the day of the next one of its place and criterion:
    `started` and `ended` are day numbers.
    """
    rows = standard_declaration.c
    day = type_coerce(rows.day, Integer)
    ended = func.lead(day).over(partition_by=(rows.place_id, rows.criterion), order_by=day)
    names = ("place_id", "criterion", "day", "finding", "origin", "load_id", "sheet", "line")
    return (
        select(*(rows[name] for name in names), day.label("started"), type_coerce(ended, Integer).label("ended"))
        .where(is_live(standard_declaration))
        .subquery("declarations")
    )


_DECLARATIONS = _declaration_spans()


def is_criterion_in_force(criterion: Columns, day: ColumnElement[int]) -> ColumnElement[bool]:
    """SQL: a criterion is in force on a day (a number): from its `since`, always without one."""
    return or_(criterion.since.is_(None), type_coerce(criterion.since, Integer) <= day)


def standard_compliance(places: FromClause, day: ColumnElement[int]) -> Select[Any]:
    """One row per row of `places` (with `place_id`) and criterion in force on its `day`, a number: `place_id`,
    `criterion`, `label` and its search key, `basis`, `threshold`, `is_compulsory`, `since`; `compliance` (met, missing,
    unknown); `in_register` (whether the register of places has the answer); else `day`, `origin`, `load_id`, `sheet`,
    `line` of the latest declaration on or before the day.

    The register holds today's equipment: where its column is filled it prevails, whatever the day.
    """
    criterion, version, declared = standard_criterion.c, place_version.c, _DECLARATIONS.c
    register = _register_compliance(criterion, version)
    is_declared = and_(
        declared.place_id == places.c.place_id,
        declared.criterion == criterion.code,
        declared.started <= day,
        or_(declared.ended.is_(None), declared.ended > day),
        register.is_(None),
    )
    return (
        select(
            places.c.place_id,
            criterion.code.label("criterion"),
            criterion.label,
            criterion.label_search_key,
            *(criterion[name] for name in ("basis", "threshold", "is_compulsory", "since")),
            func.coalesce(register, declared.finding, literal(UNKNOWN)).label("compliance"),
            register.is_not(None).label("in_register"),
            *(declared[name] for name in ("day", "origin", "load_id", "sheet", "line")),
        )
        .select_from(places)
        .join(place_version, and_(version.place_id == places.c.place_id, is_live(place_version)))
        .join(standard_criterion, and_(is_live(standard_criterion), is_criterion_in_force(criterion, day)))
        .outerjoin(_DECLARATIONS, is_declared)
    )


def _register_compliance(criterion: Columns, version: Columns) -> ColumnElement[Any]:
    """SQL: what the register of places says of a criterion; null where its column is empty, or there is none."""
    return case(
        *(
            (
                and_(criterion.basis == name, version[name].is_not(None)),
                case(
                    (version[name] >= criterion.threshold if name in MEASURED_COLUMNS else version[name], MET),
                    else_=MISSING,
                ),
            )
            for name in REGISTER_COLUMNS
        )
    )


def count_compliance(criteria: Columns, compliance: str) -> ColumnElement[int]:
    """SQL: the number of criteria of one compliance, in rows of `standard_compliance`."""
    return func.coalesce(func.sum(case((criteria.compliance == compliance, 1), else_=0)), 0)


def compliance_names(criteria: Columns, compliance: str) -> tuple[ColumnElement[Any], ...]:
    """SQL: the names of the criteria of a compliance in a group of rows (« Animations, Thé offert (facultatif) »; null:
    none), as `missing_names` for `missing`, and their search key. They follow the order of the rows.
    """
    name = f"{compliance}_names"
    texts = {name: criteria.label, search_key_name(name): criteria.label_search_key}
    optional = case((criteria.is_compulsory, ""), else_=" (facultatif)")
    return tuple(
        func.aggregate_strings(case((criteria.compliance == compliance, text + optional)), ", ").label(key)
        for key, text in texts.items()
    )


def _award_checks() -> Select[Any]:
    """One row per award and renewal of the label with a compulsory criterion in force on its day, with its scope, the
    numbers of these criteria then `missing` and `unknown`, the names of each, and its file and line.
    """
    events = (
        select(*(label_event.c[name] for name in ("place_id", "day", "step", "load_id", "sheet", "line")))
        .add_columns(label_event.c.decision_reference)
        .where(is_live(label_event), label_event.c.step.in_(("awarded", "renewed")))
        .subquery("awards")
    )
    event_day = type_coerce(events.c.day, Integer)
    criteria = standard_compliance(events, event_day).add_columns(events.c.day.label("event_day"), events.c.step)
    by_criterion = (events.c.place_id, events.c.day, events.c.step, standard_criterion.c.code)  # the order of names
    rows = criteria.where(standard_criterion.c.is_compulsory).order_by(*by_criterion).subquery("criteria")
    key = (rows.c.place_id, rows.c.event_day, rows.c.step)
    numbers = (count_compliance(rows.c, compliance).label(compliance) for compliance in (MISSING, UNKNOWN))
    names = (column for compliance in (MISSING, UNKNOWN) for column in compliance_names(rows.c, compliance))
    checks = select(*key, *numbers, *names).group_by(*key).subquery("checks")
    return (
        select(
            *standard_columns(place_version.c.holder_type, place_version.c.typologies),
            events.c.place_id,
            events.c.day,
            events.c.step,
            choice_label(events.c.step, LABEL_STEPS).label("step_label"),
            events.c.decision_reference,
            *(column for column in checks.c if column.name not in ("place_id", "event_day", "step")),
            place.c.code.label("code"),
            place_version.c.name,
            commune.c.name.label("commune"),
            events.c.load_id,
            events.c.sheet,
            events.c.line,
        )
        .select_from(events)
        .join(
            checks,
            and_(
                checks.c.place_id == events.c.place_id,
                type_coerce(checks.c.event_day, Integer) == event_day,
                checks.c.step == events.c.step,
            ),
        )
        .join(place, place.c.place_id == events.c.place_id)
        .join(place_version, and_(place_version.c.place_id == events.c.place_id, is_live(place_version)))
        .join(commune, commune.c.code == place_version.c.commune)
    )


_AWARD_CHECKS = with_search_keys(_award_checks()).subquery("award_checks")

AWARD_CHECK_FACT = Fact(
    time="day",
    rows=_AWARD_CHECKS,
    detail=_AWARD_CHECKS,
    proof=_award_checks(),
    headers={
        "code": "Identifiant",
        "name": "Tiers-lieu",
        "commune": "Commune",
        "step_label": "Étape",
        "day": "Date",
        "missing": "Critères manquants",
        "unknown": "Critères inconnus",
        "missing_names": "Manquaient",
        "unknown_names": "N’étaient pas renseignés",
    },
    default_sort="day",
    place_column="code",
    filters=PLACE_FILTERS,
    note=(
        "Une ligne par labellisation ou renouvellement à vérifier. Les relevés comptent jusqu’à ce jour\u202f; le "
        "registre des tiers-lieux dit leur équipement d’aujourd’hui."
    ),
)
"""One row per award and renewal of the label on its day, with its compulsory criteria then missing and unknown."""

AWARD_COUNT = Measure(AWARD_CHECK_FACT, Total(lambda _rows: func.count()))
AWARDS_TO_CHECK = Measure(
    AWARD_CHECK_FACT,
    AWARD_COUNT.value,
    row_conditions=lambda rows: (rows.missing + rows.unknown > 0,),
)
