"""The sums of the steps of aid files, as pages read them."""

from __future__ import annotations

from sqlalchemy import Connection, Integer, and_, case, delete, func, insert, select, type_coerce

from data.facts.aid import VOTED, aid_steps, counted_steps
from data.schema import aid_file, aid_step, aid_total, aid_version, credit_use, live
from data.sources.aids import PAYMENT_ORDERS, REGION_SIREN

_SUMMED = (
    "amount",
    "files",
    "eligible",
    "eligible_voted",
    "private_money",
    "costed_voted",
    "costed",
    "to_check",
)


def refresh_totals(connection: Connection) -> None:
    """Compute `aid_total` again."""
    rows = aid_steps().subquery("rows")
    key = [rows.c[column.name] for column in aid_total.primary_key]
    sums = [func.sum(rows.c[name]) for name in _SUMMED]
    connection.execute(delete(aid_total))
    connection.execute(
        insert(aid_total).from_select(
            [*(column.name for column in key), "family", *_SUMMED],
            select(*key, func.min(rows.c.family), *sums).group_by(*key),
        )
    )


def refresh_credit_use(connection: Connection) -> None:
    """Compute `credit_use` again: the Région's money, in the fiscal year of the step.

    That of the step itself when it is given; else, for what is voted or committed, that of the file, else the year of
    its vote; for an order, the year of the order. A cancellation gives nothing back.
    """
    use = case(
        (aid_step.c.step.in_(VOTED), "voted"),
        (aid_step.c.step == "commitment", "committed"),
        (aid_step.c.step.in_(PAYMENT_ORDERS), "ordered"),
    )
    year = case(
        (aid_step.c.step.in_(PAYMENT_ORDERS), type_coerce(aid_step.c.day, Integer) // 10_000),
        else_=func.coalesce(aid_version.c.fiscal_year, type_coerce(aid_file.c.day, Integer) // 10_000),
    )
    uses = (
        select(
            use.label("use"),
            aid_file.c.scheme,
            func.coalesce(aid_step.c.fiscal_year, year).label("fiscal_year"),
            aid_step.c.day,
            aid_step.c.amount,
        )
        .select_from(aid_step)
        .join(aid_file, aid_file.c.aid_id == aid_step.c.aid_id)
        .join(aid_version, and_(aid_version.c.aid_id == aid_step.c.aid_id, live(aid_version)))
        .where(counted_steps(), aid_file.c.funder == REGION_SIREN, use.is_not(None))
        .subquery("uses")
    )
    key = [uses.c[column.name] for column in credit_use.primary_key]
    connection.execute(delete(credit_use))
    connection.execute(
        insert(credit_use).from_select(
            [*(column.name for column in key), "amount"], select(*key, func.sum(uses.c.amount)).group_by(*key)
        )
    )
