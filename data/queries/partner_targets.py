"""Targets voted for partners, and the one that a list compares with what is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, Subquery, false, func, or_, select

from data.facts.activity import activity_conditions
from data.queries.partner_status import chosen_partner_conditions
from data.schema import activity_row, is_live, target
from data.selection import Selection
from data.types import year_of

ACTIONS_SLUG = "actions-partenaires"  # the indicator of the targets that lists compare


class PartnerTarget(NamedTuple):
    """A target of a partner: the value of an indicator on a due date, counted since a day (None: ever)."""

    indicator: str
    partner: str
    value: float
    since: date | None
    due: date
    origin: str


def read_partner_targets(connection: Connection, selection: Selection) -> list[PartnerTarget]:
    """Targets voted for partners in exactly the selected territory that have begun, latest due date first. Empty under
    a filter by holder or typology.
    """
    rows = connection.execute(
        select(*(target.c[name] for name in ("indicator", "partner", "value", "baseline_day", "due")))
        .add_columns(target.c.origin)
        .where(*_begun_target_conditions(selection))
        .order_by(target.c.due.desc(), target.c.partner, target.c.indicator)
    )
    return [PartnerTarget(row.indicator, row.partner, row.value, row.baseline_day, row.due, row.origin) for row in rows]


def _begun_target_conditions(selection: Selection) -> list[ColumnElement[bool]]:
    deps, epcis = selection.codes("dep"), selection.codes("epci")
    if len(deps) + len(epcis) > 1 or selection.codes("porteur") or selection.codes("typologie"):
        return [false()]
    return [
        is_live(target),
        target.c.partner != "",
        target.c.scheme == "",
        target.c.territory == (*deps, *epcis, "")[0],
        target.c.value > 0,
        or_(target.c.baseline_day.is_(None), target.c.baseline_day <= selection.until),
        *chosen_partner_conditions(target.c.partner, selection),
    ]


def action_progress_by_partner(selection: Selection) -> Select[Any]:
    """One row per partner with a target of activities that has begun and was not due before the period: `partner`,
    `target`, `due`, `done` (activities from the day of its baseline to its due date, or `until`). Of several, the one
    due last.
    """
    current = _last_target_by_partner(selection)
    row = activity_row.c
    done = (
        select(func.count())
        .where(
            row.partner == current.c.partner,
            or_(current.c.since.is_(None), row.day >= current.c.since),
            row.day <= current.c.due,
            *activity_conditions(replace(selection, since=None)),
        )
        .correlate(current)
        .scalar_subquery()
    )
    return select(current.c.partner, current.c.value.label("target"), current.c.due, done.label("done"))


def _last_target_by_partner(selection: Selection) -> Subquery:
    rank = func.row_number().over(partition_by=target.c.partner, order_by=target.c.due.desc())
    ranked = (
        select(target.c.partner, target.c.value, target.c.due, target.c.baseline_day.label("since"), rank.label("rank"))
        .where(*_begun_target_conditions(selection), target.c.indicator == ACTIONS_SLUG)
        .where(*([target.c.due >= selection.since] if selection.since else []))
        .subquery("ranked")
    )
    return select(ranked).where(ranked.c.rank == 1).subquery("current_target")


def read_activities_by_year(connection: Connection, selection: Selection) -> dict[tuple[str, int], int]:
    """Number of activities by (partner, year) up to `until`, whatever the start of the period, for those with any."""
    year = year_of(activity_row.c.day)
    query = (
        select(activity_row.c.partner, year, func.count())
        .where(*activity_conditions(replace(selection, since=None)))
        .group_by(activity_row.c.partner, year)
    )
    return {(partner, int(number)): int(count) for partner, number, count in connection.execute(query)}
