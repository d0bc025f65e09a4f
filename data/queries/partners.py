"""Activities of partners: by whom, where and when, what followed prior meetings, what partners were asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    exists,
    func,
    or_,
    select,
)

from data.engine import cached_on_snapshot
from data.facts.activity import activity_conditions
from data.filters import PLACE_FILTERS, TERRITORY_FILTERS
from data.queries.label import place_counts_by_territory
from data.schema import (
    activity_row,
    commune,
    epci,
    label_span,
    live,
    mediation_place,
    target,
)
from data.selection import Selection
from data.selection.periods import time_conditions, year_before
from data.sources.activities import ACTIVITY_FAMILIES
from data.types import month_of

TerritoryKey = Literal["dep", "epci"]
OPEN_AGENDA_LABEL = "agenda ouvert"
NO_PLACE_LABEL = "lieu non précisé"


class ActivityTotals(NamedTuple):
    """Activities, and their participations (None when none of them says its own)."""

    actions: int
    participations: int | None


def read_totals_by_territory(
    connection: Connection, selection: Selection, level: TerritoryKey
) -> dict[tuple[str, str], ActivityTotals]:
    """By (partner, code of a territory; `-` without one), for those with activities in the period."""
    where = activity_row.c[level]
    query = (
        select(activity_row.c.partner, where, func.count(), func.sum(activity_row.c.participants))
        .where(*activity_conditions(selection))
        .group_by(activity_row.c.partner, where)
    )
    return {(row[0], row[1]): ActivityTotals(row[2], row[3]) for row in connection.execute(query)}


def read_activity_partners(connection: Connection) -> frozenset[str]:
    """The partners of whom an activity is known, whenever and wherever it was."""
    return frozenset(connection.scalars(select(activity_row.c.partner).distinct()))


def read_totals_by_month(connection: Connection, selection: Selection) -> dict[tuple[int, str], int]:
    """Activities of the period by (month, family), for those with some."""
    month = month_of(activity_row.c.day)
    query = (
        select(month, activity_row.c.kind, func.count())
        .where(*activity_conditions(selection))
        .group_by(month, activity_row.c.kind)
    )
    families = {kind: family for family, kinds in ACTIVITY_FAMILIES.items() for kind in kinds}
    found: dict[tuple[int, str], int] = {}
    for number, kind, count in connection.execute(query):
        key = (int(number), families[kind])
        found[key] = found.get(key, 0) + count
    return found


class RecentActivityCounts(NamedTuple):
    """Activities of the twelve months up to the date, and of the twelve before (None: not in the period)."""

    last: int
    before: int | None


@cached_on_snapshot
def read_recent_activity_counts(connection: Connection, selection: Selection) -> RecentActivityCounts | None:
    """None when the period holds less than twelve months."""
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
    """Prior meetings of the period: those of more than twelve months, those of them followed by a vote of Émergence,
    those of these whose place was then labelled, all at the date; and the more recent ones.
    """

    meetings: int
    voted: int
    labelled: int
    recent: int


def read_meeting_outcome_counts(connection: Connection, selection: Selection) -> MeetingOutcomes:
    """What became of the prior meetings."""
    row, until = activity_row.c, selection.until
    old = row.day < year_before(until)
    voted = and_(old, row.followed <= until)

    def total(condition: ColumnElement[bool]) -> ColumnElement[Any]:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    query = select(total(old), total(voted), total(and_(voted, row.labelled <= until)), func.count())
    old_ones, voted_ones, labelled, every = connection.execute(
        query.where(row.kind == "prior_meeting", *activity_conditions(selection))
    ).one()
    return MeetingOutcomes(int(old_ones), int(voted_ones), int(labelled), int(every) - int(old_ones))


class PartnerTarget(NamedTuple):
    """What a partner was asked: the value of an indicator on a due date, counted since a day (None: since ever)."""

    indicator: str
    partner: str
    value: float
    since: date | None
    due: date
    origin: str


def read_partner_targets(connection: Connection, selection: Selection) -> list[PartnerTarget]:
    """The targets voted for a partner in just this territory that have begun, due dates last first. A holder or
    typology has none.
    """
    deps, epcis = selection.codes("dep"), selection.codes("epci")
    if len(deps) + len(epcis) > 1 or selection.codes("porteur") or selection.codes("typologie"):
        return []
    rows = connection.execute(
        select(*(target.c[name] for name in ("indicator", "partner", "value", "baseline_day", "due")))
        .add_columns(target.c.origin)
        .where(
            live(target), target.c.partner != "", target.c.scheme == "", target.c.territory == (*deps, *epcis, "")[0]
        )
        .where(
            *selection.where(target.c, ("dispositif", "partenaire")),
            or_(target.c.baseline_day.is_(None), target.c.baseline_day <= selection.until),
        )
        .order_by(target.c.due.desc(), target.c.partner, target.c.indicator)
    )
    return [PartnerTarget(row.indicator, row.partner, row.value, row.baseline_day, row.due, row.origin) for row in rows]


class FollowUp(NamedTuple):
    """Labelled places of a territory: with an activity in the last twelve months, an older one, none ever."""

    recent: int
    older: int
    never: int


def read_follow_up(connection: Connection, selection: Selection, level: TerritoryKey) -> Mapping[str, FollowUp]:
    """By code of a territory, for those with places labelled at `until`; the partner filter narrows the activities."""
    ever = replace(selection.without_territory(), since=None)
    last = select(func.max(activity_row.c.day)).where(
        activity_row.c.place_id == label_span.c.place_id, *activity_conditions(ever)
    )
    labelled = (
        select(label_span.c[level].label("code"), last.scalar_subquery().label("day"))
        .where(label_span.c.state == "labelled", *selection.where(label_span.c, PLACE_FILTERS))
        .where(*time_conditions("stock", label_span.c, None, selection.until))
        .subquery("labelled")
    )
    recent = func.sum(case((labelled.c.day > year_before(selection.until), 1), else_=0))
    query = select(labelled.c.code, recent, func.count(labelled.c.day), func.count()).group_by(labelled.c.code)
    return {code: FollowUp(new, known - new, every - known) for code, new, known, every in connection.execute(query)}


def epcis_without_activity(selection: Selection) -> Select[Any]:
    """One row per intercommunalité with its seat in Normandie and a commune in the selection, where no activity took
    place on or before `until`, whatever the start of the period. No row when no activity is known anywhere: nobody
    could say who was never touched.

    `code`, `name`, `population`, `labelled` and `in_process` (places at `until`), `epn`: all of the whole of it.
    """
    whole = replace(selection.without_territory(), since=None)
    touched = exists().where(activity_row.c.epci == epci.c.code, *activity_conditions(whole))
    asked = select(commune.c.epci).where(*selection.where(commune.c, TERRITORY_FILTERS))
    people = select(commune.c.epci, func.sum(commune.c.population).label("population")).group_by(commune.c.epci)
    lived, places, epn = (
        people.subquery("lived"),
        place_counts_by_territory(whole, "epci").subquery("places"),
        _epn_counts().subquery("epn"),
    )
    return (
        select(
            epci.c.code,
            epci.c.name,
            lived.c.population,
            func.coalesce(places.c.labelled, 0).label("labelled"),
            func.coalesce(places.c.in_process, 0).label("in_process"),
            func.coalesce(epn.c.count, 0).label("epn"),
        )
        .join(lived, lived.c.epci == epci.c.code)
        .outerjoin(places, places.c.code == epci.c.code)
        .outerjoin(epn, epn.c.epci == epci.c.code)
        .where(epci.c.seat_in_normandie, epci.c.code.in_(asked), ~touched, exists().where(*activity_conditions(whole)))
    )


def _epn_counts() -> Select[Any]:
    return (
        select(commune.c.epci, func.count().label("count"))
        .join(mediation_place, mediation_place.c.commune == commune.c.code)
        .where(live(mediation_place))
        .group_by(commune.c.epci)
    )
