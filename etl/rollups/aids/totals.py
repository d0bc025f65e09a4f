"""The sums of the steps of aid files, as pages read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Subquery,
    and_,
    delete,
    func,
    insert,
    literal,
    null,
    select,
    type_coerce,
)

from data.facts.aid import (
    AID_CUBE,
    LEVER_FAMILY,
    UNPLACED_VOTE,
    VOTE_STEPS,
    counted_aid_steps,
    is_not_superseded_in_bulk,
)
from data.facts.credits import credit_steps
from data.facts.findings import LISTED_VERDICTS, finding_steps
from data.schema import aid_file, aid_finding, aid_place, aid_step, credit_use
from data.sources.aids import AID_STEP_KINDS, PAYMENT_ORDERS, REGION_SIREN
from etl.rollups.cube import FineRows, fill

_STEPS = (
    *(choice.code for choice in AID_STEP_KINDS),
    PAYMENT_ORDERS[0],
    UNPLACED_VOTE,
    *finding_steps(*LISTED_VERDICTS),
)
_SUMMED = tuple(name for name in AID_CUBE.measures if name not in ("day", "lines"))
_NEVER_NULL = ("amount", "files", "costed", "to_check")  # never unknown
_EMPTY_SUMS: dict[str, ColumnElement[Any]] = {name: literal(0) if name in _NEVER_NULL else null() for name in _SUMMED}


def refresh_totals(connection: Connection) -> None:
    """Compute `aid_total` again."""
    steps = counted_aid_steps(is_counted=is_not_superseded_in_bulk()).subquery("steps")
    unplaced = _unplaced()
    fine = (
        _by_day(steps, {name: func.sum(steps.c[name]) for name in _SUMMED}),
        _by_day(unplaced, _EMPTY_SUMS | {"amount": func.sum(unplaced.c.amount)}),
        _by_day(_findings(), _EMPTY_SUMS),
    )
    fill(connection, AID_CUBE, lambda _finest: fine, {"step": _STEPS})


def _unplaced() -> Subquery:
    """The votes to files without a tiers-lieu, as if they were another kind of step."""
    counted = and_(is_not_superseded_in_bulk(), aid_file.c.place_id.is_(None), aid_step.c.step.in_(VOTE_STEPS))
    votes = counted_aid_steps(is_counted=counted).subquery("votes")
    return select(literal(UNPLACED_VOTE).label("step"), *(one for one in votes.c if one.name != "step")).subquery(
        "unplaced"
    )


def _findings() -> Subquery:
    """What rules find, as if each were a step, on the day of the first vote."""
    return (
        select(aid_file, aid_finding.c.verdict.concat(":").concat(aid_finding.c.rule).label("step"))
        .join(aid_finding, aid_finding.c.aid_id == aid_file.c.aid_id)
        .where(aid_finding.c.verdict.in_(LISTED_VERDICTS), aid_file.c.is_voted)
        .subquery("found")
    )


def _by_day(rows: FromClause, sums: Mapping[str, ColumnElement[Any]]) -> FineRows:
    """Steps by day, with every dimension."""
    counted: dict[str, ColumnElement[Any]] = {"day": func.min(rows.c.day), "lines": func.count()}
    return FineRows(rows, type_coerce(rows.c.day, Integer), counted | dict(sums))


def refresh_places(connection: Connection) -> None:
    """Compute `aid_place` again."""
    key = (aid_file.c.place_id, aid_step.c.day, aid_file.c.scheme)
    votes = (
        select(*key, func.sum(aid_step.c.amount))
        .join(aid_step, aid_step.c.aid_id == aid_file.c.aid_id)
        .where(aid_file.c.place_id.is_not(None), aid_file.c.funder == REGION_SIREN)
        .where(func.coalesce(aid_file.c.family, "") == LEVER_FAMILY)  # by no index: in the order of the steps
        .where(aid_step.c.step.in_(VOTE_STEPS), is_not_superseded_in_bulk())
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
