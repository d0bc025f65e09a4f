"""Values of activities that no single aggregate gives: active intercommunalités and places, meetings followed by a
vote.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, case, func, select

from data.engine import cached_on_snapshot
from data.facts.activity import activity_conditions
from data.filters import TERRITORY_FILTERS
from data.i18n import NARROW, count, number
from data.model.cases import Cases
from data.model.facts import MeasuredValue
from data.model.groups import WHOLE_KEY, GroupKey, Groups, single_group
from data.queries.epcis import (
    NO_EPCI_REASON,
    intersection_counts,
    read_distinct_values_by_key,
    read_normandie_epcis_by_group,
)
from data.queries.groups import execute_by_key
from data.schema import activity_row, commune, epci
from data.selection import Selection
from data.selection.periods import year_before

TOO_RECENT_REASON = "aucune rencontre préalable de plus de douze mois dans la période"


def read_participants_text(connection: Connection, selection: Selection) -> str | None:
    """« 12 actions sur 14 indiquent leurs participants »; None without any activity."""
    with_participants, rows = connection.execute(
        select(func.count(activity_row.c.participants), func.count()).where(*activity_conditions(selection))
    ).one()
    if not rows:
        return None
    verb = "indique ses participants" if with_participants < 2 else "indiquent leurs participants"
    return f"{count(with_participants, 'action', 'actions')} sur {number(rows)} {verb}"


def read_active_epci_share(connection: Connection, groups: Groups) -> dict[GroupKey, MeasuredValue]:
    """Share of the intercommunalités with their seat in Normandie and a commune in the selection that had an activity
    in the period, by group; the other filters apply to the activities.
    """
    return {key: _epci_share(*cases[:2]) for key, cases in read_active_epci_cases(connection, groups).items()}


@cached_on_snapshot
def read_active_epci_cases(connection: Connection, groups: Groups) -> dict[GroupKey, Cases]:
    """The intercommunalités of `read_active_epci_share`: those with an activity among all, by group."""
    anywhere = groups.without_territories()
    active_epcis = read_distinct_values_by_key(
        connection,
        anywhere.key_column(activity_row, "day"),
        activity_row.c.epci,
        activity_conditions(anywhere.selection),
    )
    counted = read_normandie_epcis_by_group(connection, groups)
    return {
        key: Cases(*counts)
        for key, counts in intersection_counts(counted, groups.fill_groups(active_epcis, frozenset())).items()
    }


def _epci_share(active_count: int, epci_count: int) -> MeasuredValue:
    if not epci_count:
        return MeasuredValue(None, NO_EPCI_REASON)
    note = f"{count(active_count, 'intercommunalité', 'intercommunalités')} sur {number(epci_count)}"
    return MeasuredValue(active_count / epci_count, note=note)


class EpciLastActivity(NamedTuple):
    """An intercommunalité with its seat in Normandie, and the last day of an activity anywhere in it, if any."""

    code: str
    name: str
    last_day: date | None


@cached_on_snapshot
def read_epci_last_activities(connection: Connection, selection: Selection) -> list[EpciLastActivity]:
    """Intercommunalités with their seat in Normandie and a commune in the selection, by name, each with its last
    activity of the period.
    """
    last = select(func.max(activity_row.c.day)).where(
        activity_row.c.epci == epci.c.code, *activity_conditions(selection.without_territory())
    )
    counted = select(commune.c.epci).where(*selection.where(commune.c, TERRITORY_FILTERS))
    query = (
        select(epci.c.code, epci.c.name, last.scalar_subquery())
        .where(epci.c.seat_in_normandie, epci.c.code.in_(counted))
        .order_by(epci.c.name)
    )
    return [EpciLastActivity(*row) for row in connection.execute(query)]


def read_active_place_count(connection: Connection, groups: Groups) -> dict[GroupKey, MeasuredValue]:
    """The number of distinct places with an activity in the period, by group."""
    query = select(func.count(activity_row.c.place_id.distinct())).where(*activity_conditions(groups.selection))
    rows_by_key = execute_by_key(connection, groups.key_column(activity_row, "day"), query)
    return groups.fill_groups({key: MeasuredValue(int(row[0])) for key, row in rows_by_key.items()}, MeasuredValue(0))


def read_followed_share(connection: Connection, groups: Groups) -> dict[GroupKey, MeasuredValue]:
    """Share of the prior meetings of the period held more than twelve months before `until` that a vote of Émergence
    followed by `until`, by group.
    """
    counts = _read_followed_meetings_by_group(connection, groups)
    return {key: _followed_share(*row) for key, row in groups.fill_groups(counts, (0, 0)).items()}


def read_followed_cases(connection: Connection, groups: Groups) -> dict[GroupKey, Cases]:
    """The meetings of `read_followed_share`: those that a vote followed among all, by group."""
    counts = groups.fill_groups(_read_followed_meetings_by_group(connection, groups), (0, 0))
    return {key: Cases(int(followed), int(meetings)) for key, (followed, meetings) in counts.items()}


def _read_followed_meetings_by_group(connection: Connection, groups: Groups) -> dict[GroupKey, Any]:
    selection = groups.selection
    voted = case((activity_row.c.followed <= selection.until, 1), else_=0)
    query = select(func.coalesce(func.sum(voted), 0), func.count()).where(
        activity_row.c.kind == "prior_meeting",
        activity_row.c.day < year_before(selection.until),
        *activity_conditions(selection),
    )
    return execute_by_key(connection, groups.key_column(activity_row, "day"), query)


def _followed_share(followed: int, meetings: int) -> MeasuredValue:
    if not meetings:
        return MeasuredValue(None, TOO_RECENT_REASON)
    note = f"{count(meetings, 'rencontre', 'rencontres')} de plus de douze mois{NARROW}: {number(followed)} "
    return MeasuredValue(followed / meetings, note=note + ("suivie d’un vote" if followed < 2 else "suivies d’un vote"))


@cached_on_snapshot
def read_followed_meetings(connection: Connection, selection: Selection) -> tuple[int, int]:
    """The numbers of prior meetings held more than twelve months before `until` with a following vote, and of all of
    them.
    """
    followed, meetings = _read_followed_meetings_by_group(connection, single_group(selection))[WHOLE_KEY]
    return int(followed), int(meetings)
