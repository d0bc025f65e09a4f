"""Aid files and their steps."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, case, func, literal, not_, or_, select, tuple_

from data.facts.model import Fact
from data.facts.privacy import shown_name
from data.facts.scope import scope
from data.schema import aid, aid_step, aid_total, aid_version, commune, live, place_version, scheme_version


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
