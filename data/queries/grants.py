"""The Région's grants one by one, as its open data publishes them: what was voted, to whom, paid when."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Subquery, and_, case, func, not_, select

from data.facts.aid import is_not_superseded_in_bulk
from data.facts.privacy import MASKED_NAME
from data.filters import AID_FILTERS
from data.limits import STATEMENT_SECONDS
from data.queries.listing import STREAM_BATCH, STREAM_SECONDS
from data.schema import aid_file, aid_step, aid_version, is_live
from data.selection import Selection
from data.selection.periods import day_conditions
from data.sources import REGION_SIREN
from data.sources.aids import PAYMENT_ORDERS
from data.types import Columns

PUBLICATION_EUROS = Decimal(23_000)  # above, a grant has a convention (décret 2001-495), published (décret 2017-779)
_PART_PAYMENTS = ("advance", "instalment")


class GrantCounts(NamedTuple):
    """Files voted: by the Région, those of them above `PUBLICATION_EUROS`, and by other funders."""

    regional: int
    to_publish: int
    of_others: int


def stream_grants(
    connection: Connection, selection: Selection, today: date, above: Decimal | None = None
) -> Generator[RowMapping, None, None]:
    """One row per aid file that the Région itself voted in the period, under its levers or not, as known `today`, by
    day; `above`: only those of more euros. The caller closes the generator.

    `day` (of the first vote), `decision_reference`, `beneficiary` (masked when it is a person), `siret` and `purpose`
    (null for a person: they would name them), `voted`, `scheme`, `scheme_label`, `lapses`, `extra` (JSON text: columns
    of its file without one of ours). Payments so far: `first_payment`, `last_payment`, `payments` (their number),
    `paid`, `in_parts` (number of advances and instalments); a payment not known as such is dated by its payment order.
    """
    options = {"yield_per": STREAM_BATCH, STATEMENT_SECONDS: STREAM_SECONDS}
    with connection.execute(_grants(selection, today, above), execution_options=options) as result:
        yield from result.mappings()


def read_grant_counts(connection: Connection, selection: Selection) -> GrantCounts:
    """Numbers of aid files voted in the period."""
    is_regional = _is_regional(aid_file.c)
    counts = select(
        func.count(case((is_regional, 1))),
        func.count(case((and_(is_regional, aid_file.c.voted > PUBLICATION_EUROS), 1))),
        func.count(case((not_(is_regional), 1))),
    )
    regional, to_publish, of_others = connection.execute(counts.where(*_voted_conditions(selection))).one()
    return GrantCounts(regional, to_publish, of_others)


def _grants(selection: Selection, today: date, above: Decimal | None) -> Select[Any]:
    payments = _payments(today)
    is_company = aid_file.c.beneficiary != MASKED_NAME
    is_known = payments.c.payments > 0

    def of_payments(name: str) -> ColumnElement[Any]:
        return case((is_known, payments.c[f"payment_{name}"]), else_=payments.c[f"order_{name}"])

    return (
        select(
            *(aid_file.c[name] for name in ("day", "decision_reference", "beneficiary")),
            case((is_company, aid_version.c.siret)).label("siret"),
            case((is_company, aid_version.c.purpose)).label("purpose"),
            *(aid_file.c[name] for name in ("voted", "scheme", "scheme_label")),
            aid_version.c.lapses,
            aid_version.c.extra,
            of_payments("first").label("first_payment"),
            of_payments("last").label("last_payment"),
            func.coalesce(case((is_known, payments.c.payments), else_=payments.c.orders), 0).label("payments"),
            case((is_known, aid_file.c.paid), else_=aid_file.c.ordered).label("paid"),
            func.coalesce(payments.c.in_parts, 0).label("in_parts"),
        )
        .select_from(aid_file)
        .join(aid_version, and_(aid_version.c.aid_id == aid_file.c.aid_id, is_live(aid_version)))
        .outerjoin(payments, payments.c.aid_id == aid_file.c.aid_id)
        .where(_is_regional(aid_file.c), *_voted_conditions(selection))
        .where(*([aid_file.c.voted > above] if above is not None else []))
        .order_by(aid_file.c.day, aid_file.c.aid_id)
    )


def _is_regional(files: Columns) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = files.funder == REGION_SIREN
    return condition


def _voted_conditions(selection: Selection) -> tuple[ColumnElement[bool], ...]:
    return (
        aid_file.c.is_voted,
        *selection.where(aid_file.c, AID_FILTERS),
        *day_conditions(aid_file.c, selection.since, selection.until),
    )


def _payments(today: date) -> Subquery:
    """One row per aid file: its payments and its payment orders so far."""
    is_payment, is_order = aid_step.c.step == "payment", aid_step.c.step.in_(PAYMENT_ORDERS)

    def days(name: str, condition: ColumnElement[bool]) -> list[ColumnElement[Any]]:
        day = case((condition, aid_step.c.day))
        return [func.min(day).label(f"{name}_first"), func.max(day).label(f"{name}_last")]

    return (
        select(
            aid_step.c.aid_id,
            func.count(case((is_payment, 1))).label("payments"),
            func.count(case((is_order, 1))).label("orders"),
            func.count(case((aid_step.c.step.in_(_PART_PAYMENTS), 1))).label("in_parts"),
            *days("payment", is_payment),
            *days("order", is_order),
        )
        .where(is_not_superseded_in_bulk(), aid_step.c.day <= today)
        .group_by(aid_step.c.aid_id)
        .subquery("payments")
    )
