"""Activities of partners by partner, territory and month; outcomes of prior meetings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    exists,
    func,
    select,
)

from data.engine import cached_on_snapshot
from data.facts.activity import activity_conditions
from data.filters import TERRITORY_FILTERS
from data.queries.follow_up import FollowUp, count_follow_up
from data.queries.label import place_counts_by_territory
from data.schema import (
    activity_row,
    commune,
    epci,
    is_live,
    mediation_place,
)
from data.selection import Selection
from data.selection.periods import year_before
from data.sources.activities import ACTIVITY_FAMILIES
from data.types import TerritoryColumn, month_of

OPEN_AGENDA_LABEL = "agenda ouvert"
NO_PLACE_LABEL = "lieu non précisé"


class ActivityTotals(NamedTuple):
    """Number of activities, and of participations (None when no activity has a number of participants)."""

    actions: int
    participations: int | None


def read_totals_by_territory(
    connection: Connection, selection: Selection, level: TerritoryColumn
) -> dict[tuple[str, str], ActivityTotals]:
    """Activity totals of the period by (partner, code of territory; `-` without one), for those with any."""
    territory = activity_row.c[level]
    query = (
        select(activity_row.c.partner, territory, func.count(), func.sum(activity_row.c.participants))
        .where(*activity_conditions(selection))
        .group_by(activity_row.c.partner, territory)
    )
    return {(row[0], row[1]): ActivityTotals(row[2], row[3]) for row in connection.execute(query)}


def read_activity_partners(connection: Connection) -> frozenset[str]:
    """Codes of the partners with any activity, at any time and place."""
    return frozenset(connection.scalars(select(activity_row.c.partner).distinct()))


def read_totals_by_month(connection: Connection, selection: Selection) -> dict[tuple[int, str], int]:
    """Number of activities of the period by (month, family), for those with any."""
    month = month_of(activity_row.c.day)
    query = (
        select(month, activity_row.c.kind, func.count())
        .where(*activity_conditions(selection))
        .group_by(month, activity_row.c.kind)
    )
    families = {kind: family for family, kinds in ACTIVITY_FAMILIES.items() for kind in kinds}
    totals: dict[tuple[int, str], int] = {}
    for number, kind, count in connection.execute(query):
        key = (int(number), families[kind])
        totals[key] = totals.get(key, 0) + count
    return totals


class RecentActivityCounts(NamedTuple):
    """Activities of the twelve months up to `until`, and of the twelve before (None when outside the period)."""

    last: int
    before: int | None


@cached_on_snapshot
def read_recent_activity_counts(connection: Connection, selection: Selection) -> RecentActivityCounts | None:
    """Activities of the last twelve months and of the twelve before; None when the period is shorter than twelve
    months.
    """
    year = year_before(selection.until)
    two = year_before(year)
    if selection.since and selection.since > year:
        return None
    last = case((activity_row.c.day > year, 1), else_=0)
    before = case((and_(activity_row.c.day > two, activity_row.c.day <= year), 1), else_=0)
    query = select(func.coalesce(func.sum(last), 0), func.coalesce(func.sum(before), 0)).where(
        *activity_conditions(selection)
    )
    counts = connection.execute(query).one()
    return RecentActivityCounts(int(counts[0]), None if selection.since and selection.since > two else int(counts[1]))


class MeetingOutcomes(NamedTuple):
    """Prior meetings of the period held more than twelve months before `until` (`meetings`), those followed by a vote
    of Émergence (`voted`), those of `voted` whose place was then labelled (`labelled`); `recent`: meetings of the last
    twelve months.
    """

    meetings: int
    voted: int
    labelled: int
    recent: int


def read_meeting_outcome_counts(connection: Connection, selection: Selection) -> MeetingOutcomes:
    """Outcomes at `until` of the prior meetings of the period."""
    row, until = activity_row.c, selection.until
    old = row.day < year_before(until)
    voted = and_(old, row.followed <= until)

    def total(condition: ColumnElement[bool]) -> ColumnElement[Any]:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    query = select(total(old), total(voted), total(and_(voted, row.labelled <= until)), func.count())
    old_count, voted_count, labelled, all_count = connection.execute(
        query.where(row.kind == "prior_meeting", *activity_conditions(selection))
    ).one()
    return MeetingOutcomes(int(old_count), int(voted_count), int(labelled), int(all_count) - int(old_count))


def read_follow_up(connection: Connection, selection: Selection, level: TerritoryColumn) -> Mapping[str, FollowUp]:
    """Follow-up by code of territory, by the last activity; the partner filter applies to the activities."""
    any_time = replace(selection.without_territory(), since=None)
    return count_follow_up(connection, selection, level, activity_row, activity_conditions(any_time))


def epcis_without_activity(selection: Selection) -> Select[Any]:
    """One row per intercommunalité with its seat in Normandie and a commune in the selection without any activity up to
    `until`, whatever the start of the period. Empty when no activity is known anywhere.

    `code`, `name`, `population`, `labelled` and `in_process` (places at `until`), `epn`: of the whole intercommunalité.
    """
    any_time = replace(selection.without_territory(), since=None)
    has_activity = exists().where(activity_row.c.epci == epci.c.code, *activity_conditions(any_time))
    selected_epcis = select(commune.c.epci).where(*selection.where(commune.c, TERRITORY_FILTERS))
    people = select(commune.c.epci, func.sum(commune.c.population).label("population")).group_by(commune.c.epci)
    populations, places, epn = (
        people.subquery("lived"),
        place_counts_by_territory(any_time, "epci").subquery("places"),
        _epn_counts().subquery("epn"),
    )
    return (
        select(
            epci.c.code,
            epci.c.name,
            populations.c.population,
            func.coalesce(places.c.labelled, 0).label("labelled"),
            func.coalesce(places.c.in_process, 0).label("in_process"),
            func.coalesce(epn.c.count, 0).label("epn"),
        )
        .join(populations, populations.c.epci == epci.c.code)
        .outerjoin(places, places.c.code == epci.c.code)
        .outerjoin(epn, epn.c.epci == epci.c.code)
        .where(
            epci.c.seat_in_normandie,
            epci.c.code.in_(selected_epcis),
            ~has_activity,
            exists().where(*activity_conditions(any_time)),
        )
    )


def _epn_counts() -> Select[Any]:
    return (
        select(commune.c.epci, func.count().label("count"))
        .join(mediation_place, mediation_place.c.commune == commune.c.code)
        .where(is_live(mediation_place))
        .group_by(commune.c.epci)
    )
