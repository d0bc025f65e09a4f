"""One row per aid file: where it is, for whom, the sums of its steps."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    Subquery,
    and_,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    not_,
    or_,
    select,
    tuple_,
    type_coerce,
)

from data.facts.aid import CONFORM_VERDICT, VOTE_STEPS, is_not_superseded_in_bulk
from data.facts.privacy import shown_name
from data.facts.scope import standard_columns
from data.schema import aid, aid_file, aid_step, aid_version, commune, live, place_version, scheme_version
from data.schema.base import derived_columns
from data.search_keys import with_search_keys
from data.sources.aids import AIDS, PAYMENT_ORDERS, REGION_SIREN
from data.sources.scdl import AIDS_SCDL
from data.types import Cents, Day

NUMBERS = 1_000_000_000  # a day and the number of a step in one whole number, which sorts as both


def refresh_files(connection: Connection, today: date) -> None:
    """Compute `aid_file` again, as known today."""
    keyed = {derivation.column for _name, derivation in derived_columns(aid_file)}
    query = with_search_keys(_files(today), keyed)
    names = [column.name for column in query.selected_columns]
    connection.execute(delete(aid_file))
    connection.execute(insert(aid_file).from_select(names, query, include_defaults=False))


def _files(today: date) -> Select[Any]:
    """An aid belongs to the commune of its project, else of its place; a row of open data takes the only place that
    has its SIRET.
    """
    sums, at_siret = _sums(today), _at_siret()
    public = case(
        (
            aid_version.c.total_cost.is_not(None),
            type_coerce(sums.c.voted + func.coalesce(aid_version.c.public_cofunding, 0), Cents),
        )
    )
    return (
        select(
            aid_version.c.aid_id,
            aid_version.c.origin,
            aid.c.reference,
            _shown_beneficiary().label("beneficiary"),
            aid_version.c.decision_reference,
            type_coerce(sums.c.opening / NUMBERS, Day).label("day"),
            (sums.c.opening % NUMBERS).label("number"),
            (sums.c.votes > 0).label("is_voted"),
            aid_version.c.scheme,
            scheme_version.c.label.label("scheme_label"),
            scheme_version.c.family,
            _funder().label("funder"),
            place_version.c.place_id,
            place_version.c.name.label("place"),
            commune.c.name.label("commune"),
            *standard_columns(
                func.coalesce(aid_version.c.holder_type, place_version.c.holder_type), place_version.c.typologies
            ),
            *(sums.c[name] for name in ("voted", "committed", "ordered", "recovered", "cancelled", "paid")),
            aid_version.c.eligible_amount.label("eligible"),
            aid_version.c.total_cost.label("cost"),
            public.label("public_money"),
            sums.c.first_order,
            literal(CONFORM_VERDICT).label("verdict"),
        )
        .select_from(aid_version)
        .join(aid, aid.c.aid_id == aid_version.c.aid_id)
        .join(sums, sums.c.aid_id == aid_version.c.aid_id)
        .join(scheme_version, and_(scheme_version.c.code == aid_version.c.scheme, live(scheme_version)))
        .outerjoin(at_siret, and_(aid_version.c.origin == AIDS_SCDL.name, at_siret.c.siret == aid_version.c.siret))
        .outerjoin(
            place_version,
            and_(
                place_version.c.place_id == func.coalesce(aid_version.c.place_id, at_siret.c.place_id),
                live(place_version),
            ),
        )
        .outerjoin(commune, commune.c.code == func.coalesce(aid_version.c.project_commune, place_version.c.commune))
        .where(live(aid_version), not_(func.coalesce(_in_own_list(), False)))
    )


def _shown_beneficiary() -> ColumnElement[Any]:
    """SQL: the beneficiary of `aid_version`, masked when the holder of its `place_version` is that person."""
    own_place = or_(place_version.c.siret == aid_version.c.siret, place_version.c.holder == aid_version.c.beneficiary)
    return shown_name(aid_version.c.beneficiary, case((own_place, place_version.c.legal_form)))


def _funder() -> ColumnElement[Any]:
    """SQL: the funder; a file of the Région's list without one has the funder of its scheme."""
    by_default = and_(aid_version.c.funder == REGION_SIREN, aid_version.c.origin == AIDS.name)
    return case((by_default, scheme_version.c.funder), else_=aid_version.c.funder)


def _sums(today: date) -> Subquery:
    """One row per aid file: its first vote (its first proposal when it has none) and the sums of its steps so far.

    The votes to come are summed too, so that what they would give can be judged before.
    """
    happened = aid_step.c.day <= today
    place = cast(type_coerce(aid_step.c.day, BigInteger), BigInteger) * NUMBERS + aid_step.c.number
    ordered = aid_step.c.step.in_(PAYMENT_ORDERS)

    def total(*conditions: ColumnElement[bool]) -> ColumnElement[Any]:
        return type_coerce(func.sum(case((and_(*conditions), aid_step.c.amount), else_=0)), Cents)

    def opening(step: str) -> ColumnElement[Any]:
        return func.min(case((aid_step.c.step == step, place)))

    return (
        select(
            aid_step.c.aid_id,
            func.coalesce(opening("vote"), opening("proposal"), func.min(place)).label("opening"),
            func.count(case((aid_step.c.step == "vote", 1))).label("votes"),
            total(aid_step.c.step.in_(VOTE_STEPS), or_(happened, aid_step.c.step == "vote")).label("voted"),
            total(happened, aid_step.c.step == "commitment").label("committed"),
            total(happened, ordered).label("ordered"),
            total(happened, aid_step.c.step == "recovery").label("recovered"),
            total(happened, aid_step.c.step == "cancellation").label("cancelled"),
            total(happened, aid_step.c.step == "payment").label("paid"),
            type_coerce(func.min(case((ordered, aid_step.c.day))), Day).label("first_order"),
        )
        .where(is_not_superseded_in_bulk())
        .group_by(aid_step.c.aid_id)
        .subquery("sums")
    )


def _at_siret() -> Subquery:
    """One row per SIRET that a single place has."""
    return (
        select(place_version.c.siret, func.min(place_version.c.place_id).label("place_id"))
        .where(live(place_version), place_version.c.siret.is_not(None))
        .group_by(place_version.c.siret)
        .having(func.count() == 1)
        .subquery("at_siret")
    )


def _in_own_list() -> ColumnElement[bool]:
    """SQL: a row of open data of which the Région's own list holds the reference, or an aid of the same deliberation
    to the same beneficiary.
    """
    own, own_id = aid_version.alias("own"), aid.alias("own_id")
    of_the_region = (own.c.aid_id == own_id.c.aid_id, live(own), own.c.origin == literal(AIDS.name))
    references = select(own_id.c.reference).where(*of_the_region)
    decisions = select(own.c.decision_reference, func.lower(own.c.beneficiary)).where(
        *of_the_region, own.c.decision_reference.is_not(None)
    )
    return and_(
        aid_version.c.origin == AIDS_SCDL.name,
        or_(
            aid_version.c.decision_reference.in_(references),
            tuple_(aid_version.c.decision_reference, func.lower(aid_version.c.beneficiary)).in_(decisions),
        ),
    )
