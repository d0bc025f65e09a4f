"""The sums of the steps of aid files, as pages read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Select,
    Subquery,
    and_,
    case,
    delete,
    func,
    insert,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)

from data.facts.aid import LEVER, UNPLACED, VOTED, aid_steps, counted_in_bulk
from data.facts.credits import credit_steps
from data.facts.findings import TOLD, found_steps
from data.facts.spans import (
    BEFORE,
    COARSE,
    CUTS,
    DAYS,
    EPCIS,
    FIRST_DAY,
    FIRST_MONTH,
    HOLDERS,
    KEPT,
    TYPOLOGIES,
    WHOLE,
    Cut,
)
from data.schema import aid_file, aid_finding, aid_place, aid_scope, aid_step, aid_total, credit_use
from data.selection import EARLIEST
from data.sources.aids import AID_STEPS_KINDS, PAYMENT_ORDERS, REGION_SIREN
from etl.rollups.aids.scopes import refresh_scopes

_STEPS = (*(choice.code for choice in AID_STEPS_KINDS), PAYMENT_ORDERS[0], UNPLACED, *found_steps(*TOLD))
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
_COUNTED = ("amount", "files", "costed", "to_check")  # never unknown
_NOTHING: dict[str, ColumnElement[Any]] = {name: literal(0) if name in _COUNTED else null() for name in _SUMMED}


def refresh_totals(connection: Connection) -> None:
    """Compute `aid_total` again: by day with everything kept first, then each cut from finer rows."""
    connection.execute(delete(aid_total))
    refresh_scopes(connection)
    steps = aid_steps(counted=counted_in_bulk()).subquery("steps")
    _add(connection, _by_day(steps, {name: func.sum(steps.c[name]) for name in _SUMMED}))
    unplaced = _unplaced()
    _add(connection, _by_day(unplaced, _NOTHING | {"amount": func.sum(unplaced.c.amount)}))
    _add(connection, _by_day(_findings(), _NOTHING))
    _add(connection, *(_coarser(cut, 1 if cut.has_days else 100) for cut in (WHOLE, EPCIS, TYPOLOGIES)))
    _add(connection, _longer(WHOLE, FIRST_DAY), _coarser(HOLDERS, 1, TYPOLOGIES, FIRST_MONTH))
    _add(connection, *(_longer(cut, FIRST_MONTH) for cut in COARSE))


def _add(connection: Connection, *queries: Select[Any]) -> None:
    rows = union_all(*queries) if len(queries) > 1 else queries[0]
    connection.execute(insert(aid_total).from_select([column.name for column in aid_total.c], rows))


def _unplaced() -> Subquery:
    """The votes to files without a tiers-lieu, as if they were another kind of step."""
    counted = and_(counted_in_bulk(), aid_file.c.place_id.is_(None), aid_step.c.step.in_(VOTED))
    votes = aid_steps(counted=counted).subquery("votes")
    return select(literal(UNPLACED).label("step"), *(one for one in votes.c if one.name != "step")).subquery("unplaced")


def _findings() -> Subquery:
    """What rules find, as if each were a step, on the day of the first vote."""
    return (
        select(aid_file, aid_finding.c.verdict.concat(":").concat(aid_finding.c.rule).label("step"))
        .join(aid_finding, aid_finding.c.aid_id == aid_file.c.aid_id)
        .where(aid_finding.c.verdict.in_(TOLD), aid_file.c.is_voted)
        .subquery("found")
    )


def _by_day(rows: FromClause, sums: Mapping[str, ColumnElement[Any]]) -> Select[Any]:
    """Steps by day, with everything kept."""
    known = case((rows.c.day < EARLIEST, type_coerce(BEFORE * 10_000 + 101, Integer)), else_=rows.c.day)
    mine = aid_scope.c.cut == DAYS.number  # found for each step: no index of `aid_file` can be of use
    period, counted = type_coerce(known, Integer), (func.min(rows.c.day), func.count())
    columns = (rows.c.step, period + DAYS.span(0), aid_scope.c.scope, *counted, *(sums[name] for name in _SUMMED))
    query = select(*columns).select_from(rows).group_by(rows.c.step, period, aid_scope.c.scope)
    return query.join(aid_scope, and_(mine, *(aid_scope.c[name] == func.coalesce(rows.c[name], "") for name in KEPT)))


def _coarser(cut: Cut, unit: int, of: Cut = DAYS, shortest: int = FIRST_DAY) -> Select[Any]:
    """The rows of a cut by day (1) or month (100), from those that keep more."""
    query = _again(cut, unit, aid_scope.c[cut.within]).join(aid_scope, aid_scope.c.scope == aid_total.c.scope)
    return query.where(*_between(of, shortest))


def _longer(cut: Cut, shortest: int) -> Select[Any]:
    """The rows of a cut by month from its days, by year from its months."""
    return _again(cut, 100, aid_total.c.scope).where(*_between(cut, shortest))


def _between(cut: Cut, shortest: int) -> tuple[ColumnElement[bool], ...]:
    """SQL: the months (or the days) of a cut; the steps are named, so that a key finds them."""
    span, longest = aid_total.c.span, FIRST_DAY if shortest == FIRST_MONTH else CUTS
    return aid_total.c.step.in_(_STEPS), span >= cut.span(shortest), span < cut.span(longest)


def _again(cut: Cut, unit: int, scope: ColumnElement[Any]) -> Select[Any]:
    """Rows of `aid_total` from others, by longer periods or wider scopes."""
    rows = aid_total.c
    period = rows.span % CUTS // unit
    sums = (func.min(rows.day), func.sum(rows.lines), *(func.sum(rows[name]) for name in _SUMMED))
    query = select(rows.step, period + cut.span(0), scope, *sums).select_from(aid_total)
    return query.group_by(rows.step, period, scope)


def refresh_places(connection: Connection) -> None:
    """Compute `aid_place` again."""
    key = (aid_file.c.place_id, aid_step.c.day, aid_file.c.scheme)
    votes = (
        select(*key, func.sum(aid_step.c.amount))
        .join(aid_step, aid_step.c.aid_id == aid_file.c.aid_id)
        .where(aid_file.c.place_id.is_not(None), aid_file.c.funder == REGION_SIREN)
        .where(func.coalesce(aid_file.c.family, "") == LEVER)  # by no index: in the order of the steps
        .where(aid_step.c.step.in_(VOTED), counted_in_bulk())
        .group_by(*key)
    )
    connection.execute(delete(aid_place))
    connection.execute(insert(aid_place).from_select([column.name for column in aid_place.c], votes))


def refresh_credit_use(connection: Connection) -> None:
    """Compute `credit_use` again: the Région's money, in the fiscal year of the step."""
    uses = credit_steps().subquery("uses")
    key = [uses.c[column.name] for column in credit_use.primary_key]
    connection.execute(delete(credit_use))
    connection.execute(
        insert(credit_use).from_select(
            [*(column.name for column in key), "amount"], select(*key, func.sum(uses.c.amount)).group_by(*key)
        )
    )
