"""The facts that indicators count: a roll-up that pages read, and the single rows that prove it.

`aid_rows` and `attendance_pairs` are also what the loader sums into the roll-ups: one definition serves both.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, not_, or_, select, tuple_, union_all

from data.indicators.model import Fact
from data.indicators.privacy import shown_attendance, shown_name
from data.schema import (
    aid,
    aid_step,
    aid_total,
    aid_version,
    attendance,
    attendance_month,
    attendance_total,
    commune,
    label_event,
    label_month,
    label_span,
    live,
    place,
    place_version,
    scheme_version,
)
from data.types import month_of

ANY_UNIT = ""  # the unit of rows that count whatever the unit
NOWHERE = "-"  # in a scope column: the fact has no territory, no holder


def scope(holder_type: ColumnElement[Any], typologies: ColumnElement[Any]) -> tuple[ColumnElement[Any], ...]:
    """The four standard columns of a row joined to `commune`."""
    return (
        func.coalesce(commune.c.dep, NOWHERE).label("dep"),
        func.coalesce(commune.c.epci, NOWHERE).label("epci"),
        func.coalesce(holder_type, NOWHERE).label("holder_type"),
        func.coalesce(typologies, "").label("typologies"),
    )


def label_rows() -> Select[Any]:
    """One row per period of a label (or of its examination), with the event that opened it as its proof."""
    return (
        select(
            *(column for column in label_span.c if column.name != "place_id"),
            place.c.code.label("code"),
            place_version.c.name,
            commune.c.name.label("commune"),
            label_event.c.decision_reference,
            label_event.c.load_id,
            label_event.c.sheet,
            label_event.c.line,
        )
        .join(place, place.c.place_id == label_span.c.place_id)
        .join(place_version, and_(place_version.c.place_id == label_span.c.place_id, live(place_version)))
        .join(commune, commune.c.code == place_version.c.commune)
        .join(
            label_event,
            and_(
                label_event.c.place_id == label_span.c.place_id,
                label_event.c.day == label_span.c.opened,
                label_event.c.step == label_span.c.opened_by,
                live(label_event),
            ),
        )
    )


def aid_rows() -> Select[Any]:
    """One row per live step of a live aid file, with its scope.

    An aid belongs to the commune of its project, else of its place; a row of open data without place takes the only
    place that has its SIRET, and is left out when the Région's own list holds its reference, or an aid of the same
    deliberation to the same beneficiary.
    """
    own = aid_version.alias("own")
    own_id = aid.alias("own_id")
    at_siret = (
        select(place_version.c.siret, func.min(place_version.c.place_id).label("place_id"))
        .where(live(place_version), place_version.c.siret.is_not(None))
        .group_by(place_version.c.siret)
        .having(func.count() == 1)
        .subquery("at_siret")
    )
    of_the_region = (own.c.aid_id == own_id.c.aid_id, live(own), own.c.origin == literal("aids"))
    references = select(own_id.c.reference).where(*of_the_region)
    decisions = select(own.c.decision_reference, func.lower(own.c.beneficiary)).where(
        *of_the_region, own.c.decision_reference.is_not(None)
    )
    in_own_list = or_(
        aid_version.c.decision_reference.in_(references),
        tuple_(aid_version.c.decision_reference, func.lower(aid_version.c.beneficiary)).in_(decisions),
    )
    own_place = or_(place_version.c.siret == aid_version.c.siret, place_version.c.holder == aid_version.c.beneficiary)
    twice = and_(aid_version.c.origin == "aids-scdl", in_own_list)
    return (
        select(
            aid_step.c.step,
            aid_step.c.day,
            aid_version.c.scheme,
            aid_version.c.funder,
            *scope(func.coalesce(aid_version.c.holder_type, place_version.c.holder_type), place_version.c.typologies),
            scheme_version.c.family,
            aid_step.c.amount,
            aid.c.reference,
            shown_name(aid_version.c.beneficiary, case((own_place, place_version.c.legal_form))).label("beneficiary"),
            scheme_version.c.label.label("scheme_label"),
            commune.c.name.label("commune"),
            aid_version.c.decision_reference,
            aid_step.c.load_id,
            aid_step.c.sheet,
            aid_step.c.line,
        )
        .select_from(aid_step)
        .join(aid, aid.c.aid_id == aid_step.c.aid_id)
        .join(aid_version, and_(aid_version.c.aid_id == aid_step.c.aid_id, live(aid_version)))
        .join(scheme_version, and_(scheme_version.c.code == aid_version.c.scheme, live(scheme_version)))
        .outerjoin(at_siret, and_(aid_version.c.origin == "aids-scdl", at_siret.c.siret == aid_version.c.siret))
        .outerjoin(
            place_version,
            and_(
                place_version.c.place_id == func.coalesce(aid_version.c.place_id, at_siret.c.place_id),
                live(place_version),
            ),
        )
        .outerjoin(commune, commune.c.code == func.coalesce(aid_version.c.project_commune, place_version.c.commune))
        .where(live(aid_step), not_(func.coalesce(twice, False)))
    )


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
    is_expected = and_(
        label_month.c.month == attendance_month.c.month, label_month.c.place_id == attendance_month.c.place_id
    )
    reported = select(
        attendance_month.c.unit,
        attendance_month.c.month,
        attendance_month.c.place_id,
        attendance_month.c.value,
        literal(1).label("reports"),
        literal(0).label("expected"),
        case((label_month.c.place_id.is_not(None), 1), else_=0).label("answered"),
    ).outerjoin(label_month, is_expected)
    expected = select(
        literal(ANY_UNIT, type_=attendance_month.c.unit.type).label("unit"),
        label_month.c.month,
        label_month.c.place_id,
        literal(None, type_=attendance_month.c.value.type).label("value"),
        literal(0).label("reports"),
        literal(1).label("expected"),
        literal(0).label("answered"),
    )
    return select(union_all(reported, expected).subquery("pairs"))


def _attendance_detail() -> Select[Any]:
    """The same rows with their scope."""
    pairs = attendance_pairs().subquery("pairs")
    return (
        select(
            *(column for column in pairs.c if column.name != "place_id"),
            *scope(place_version.c.holder_type, place_version.c.typologies),
        )
        .join(place_version, and_(place_version.c.place_id == pairs.c.place_id, live(place_version)))
        .join(commune, commune.c.code == place_version.c.commune)
    )


LABELS = Fact(
    time="stock",
    rows=label_span,
    detail=label_span,
    proof=label_rows(),
    shown={
        "code": "Identifiant",
        "name": "Tiers-lieu",
        "commune": "Commune",
        "started": "Depuis le",
        "decision_reference": "Décision",
    },
    newest="started",
)

AIDS = Fact(
    time="day",
    rows=aid_total,
    detail=aid_rows().subquery("aid_rows"),
    proof=aid_rows(),
    shown={
        "reference": "Référence",
        "beneficiary": "Bénéficiaire",
        "scheme_label": "Dispositif",
        "commune": "Commune",
        "day": "Date",
        "amount": "Montant (€)",
        "decision_reference": "Délibération",
    },
    newest="day",
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
