"""Money against the credits of the Région's envelopes: the steps of aid that use them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from data.facts.aid import AID_FACT, VOTE_STEPS, is_not_superseded_in_bulk
from data.model.facts import Conditions, Measure, Total
from data.schema import aid_file, aid_step, aid_version, live
from data.sources.aids import PAYMENT_ORDERS, REGION_SIREN
from data.types import year_of

AUTHORISATION_CREDITS = ("AE", "AP")  # what votes and commitments use
PAYMENT_CREDITS = ("CP",)  # what orders use
CREDIT_NAMES = {
    "AE": "autorisations d’engagement (AE)",
    "AP": "autorisations de programme (AP)",
    "CP": "crédits de paiement (CP)",
}


def region_step_conditions(*steps: str) -> Conditions:
    """The Région's money by kinds of step, whatever its scheme."""
    return lambda rows: (rows.funder == REGION_SIREN, rows.step.in_(steps))


def _region_amount(*steps: str) -> Measure:
    return Measure(AID_FACT, Total(lambda rows: func.sum(rows.amount)), row_conditions=region_step_conditions(*steps))


STEPS_BY_USE: Mapping[str, tuple[str, ...]] = {
    "voted": VOTE_STEPS,
    "committed": ("commitment",),
    "ordered": PAYMENT_ORDERS,
}
REGION_VOTED_AMOUNT, REGION_COMMITTED_AMOUNT, REGION_ORDERED_AMOUNT = (
    _region_amount(*VOTE_STEPS),
    _region_amount("commitment"),
    _region_amount(*PAYMENT_ORDERS),
)


def credit_steps(*extra_columns: ColumnElement[Any]) -> Select[Any]:
    """One row per step of the Région's money that uses credits: `use` (voted, committed, ordered), `scheme`,
    `fiscal_year`, `day`, `amount`, and more columns.

    Its fiscal year is its own when it is given; else, for what is voted or committed, that of the file, else the year
    of its vote; for an order, the year of the order. A cancellation gives nothing back.
    """
    use = case(*((aid_step.c.step.in_(steps), name) for name, steps in STEPS_BY_USE.items()))
    year = case(
        (aid_step.c.step.in_(PAYMENT_ORDERS), year_of(aid_step.c.day)),
        else_=func.coalesce(aid_version.c.fiscal_year, year_of(aid_file.c.day)),
    )
    return (
        select(
            use.label("use"),
            aid_file.c.scheme,
            func.coalesce(aid_step.c.fiscal_year, year).label("fiscal_year"),
            aid_step.c.day,
            aid_step.c.amount,
            *extra_columns,
        )
        .select_from(aid_step)
        .join(aid_file, aid_file.c.aid_id == aid_step.c.aid_id)
        .join(aid_version, and_(aid_version.c.aid_id == aid_step.c.aid_id, live(aid_version)))
        .where(is_not_superseded_in_bulk(), aid_file.c.funder == REGION_SIREN, use.is_not(None))
    )
