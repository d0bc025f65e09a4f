"""What no single aggregate says of the activities: territories touched, places visited, meetings followed by a vote."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, case, func, select

from data.engine import cached_on_snapshot
from data.facts.activity import activity_conditions
from data.filters import OF_TERRITORY
from data.i18n import NARROW, count, number
from data.model.facts import MeasuredValue
from data.model.groups import WHOLE, Groups, Key, whole
from data.queries.epcis import NONE_COUNTED, read_epcis_by, read_sets, shares
from data.queries.groups import by_key
from data.schema import activity_row, commune, epci
from data.selection import Selection
from data.selection.periods import year_before

TOO_RECENT = "aucune rencontre préalable de plus de douze mois dans la période"


def read_participants_words(connection: Connection, selection: Selection) -> str | None:
    """« 12 actions sur 14 indiquent leurs participants »; None without any activity."""
    said, rows = connection.execute(
        select(func.count(activity_row.c.participants), func.count()).where(*activity_conditions(selection))
    ).one()
    if not rows:
        return None
    verb = "indique ses participants" if said < 2 else "indiquent leurs participants"
    return f"{count(said, 'action', 'actions')} sur {number(rows)} {verb}"


def read_active_epci_share(connection: Connection, groups: Groups) -> dict[Key, MeasuredValue]:
    """The share of the intercommunalités with their seat in Normandie and a commune in the selection where an activity
    of the period took place, anywhere in them; the other filters narrow the activities.
    """
    anywhere = groups.anywhere()
    touched = read_sets(
        connection, anywhere.key_in(activity_row, "day"), activity_row.c.epci, activity_conditions(anywhere.selection)
    )
    counted = read_epcis_by(connection, groups)
    return {key: _touched(*one) for key, one in shares(counted, groups.spread(touched, frozenset())).items()}


def _touched(some: int, counted: int) -> MeasuredValue:
    if not counted:
        return MeasuredValue(None, NONE_COUNTED)
    note = f"{count(some, 'intercommunalité', 'intercommunalités')} sur {number(counted)}"
    return MeasuredValue(some / counted, note=note)


class EpciActivity(NamedTuple):
    """An intercommunalité with its seat in Normandie, and the last day of an activity anywhere in it, if any."""

    code: str
    name: str
    last: date | None


@cached_on_snapshot
def read_epci_last_activities(connection: Connection, selection: Selection) -> list[EpciActivity]:
    """Those with a commune in the selection, by name, with the activities of the period that its filters keep."""
    last = select(func.max(activity_row.c.day)).where(
        activity_row.c.epci == epci.c.code, *activity_conditions(selection.anywhere())
    )
    counted = select(commune.c.epci).where(*selection.where(commune.c, OF_TERRITORY))
    query = (
        select(epci.c.code, epci.c.name, last.scalar_subquery())
        .where(epci.c.seat_in_normandie, epci.c.code.in_(counted))
        .order_by(epci.c.name)
    )
    return [EpciActivity(*row) for row in connection.execute(query)]


def read_active_places(connection: Connection, groups: Groups) -> dict[Key, MeasuredValue]:
    """The distinct places where an activity of the period took place."""
    query = select(func.count(activity_row.c.place_id.distinct())).where(*activity_conditions(groups.selection))
    found = by_key(connection, groups.key_in(activity_row, "day"), query)
    return groups.spread({key: MeasuredValue(int(row[0])) for key, row in found.items()}, MeasuredValue(0))


def read_followed_share(connection: Connection, groups: Groups) -> dict[Key, MeasuredValue]:
    """Of the prior meetings of the period, more than twelve months before `until`: the share followed by a vote of
    Émergence on or before it. Later ones have not had their time yet.
    """
    found = _read_followed_meetings(connection, groups)
    return {key: _followed(*row) for key, row in groups.spread(found, (0, 0)).items()}


def _read_followed_meetings(connection: Connection, groups: Groups) -> dict[Key, Any]:
    selection = groups.selection
    voted = case((activity_row.c.followed <= selection.until, 1), else_=0)
    query = select(func.coalesce(func.sum(voted), 0), func.count()).where(
        activity_row.c.kind == "prior_meeting",
        activity_row.c.day < year_before(selection.until),
        *activity_conditions(selection),
    )
    return by_key(connection, groups.key_in(activity_row, "day"), query)


def _followed(followed: int, meetings: int) -> MeasuredValue:
    if not meetings:
        return MeasuredValue(None, TOO_RECENT)
    note = f"{count(meetings, 'rencontre', 'rencontres')} de plus de douze mois{NARROW}: {number(followed)} "
    return MeasuredValue(followed / meetings, note=note + ("suivie d’un vote" if followed < 2 else "suivies d’un vote"))


@cached_on_snapshot
def read_followed_meetings(connection: Connection, selection: Selection) -> tuple[int, int]:
    """These meetings: how many were followed, of how many."""
    followed, meetings = _read_followed_meetings(connection, whole(selection))[WHOLE]
    return int(followed), int(meetings)
