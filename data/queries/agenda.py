"""The agenda: activities of partners and events of places, past and to come."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    FromClause,
    Select,
    case,
    func,
    literal,
    select,
    union_all,
)

from data.engine import cached_on_snapshot
from data.facts.activity import activity_kind_label, agenda_rows
from data.filters import ACTIVITY_FILTERS
from data.queries.partners import NO_PLACE_LABEL, OPEN_AGENDA_LABEL
from data.schema import (
    activity,
    activity_row,
    commune,
    is_live,
    load,
    partner_version,
    place,
    place_version,
)
from data.selection import Selection
from data.selection.periods import months_before
from data.sources.other_values import OTHER_VALUES_NAME, other_values

AGENDA_SOURCES = ("activities", "activities-openagenda")
MAX_MONTH_EVENTS = 500  # of one month on one page
MAX_FEED_EVENTS = 1_000  # of one feed: a reader fetches it again every day
FEED_MONTHS = 12


class AgendaEvent(NamedTuple):
    """An activity or event: `where` is its place, else its commune (`commune`, null when not known); `place_code` that
    of its place; `loaded_at` the UTC time of the load that brought it.
    """

    code: str
    day: date
    kind: str
    kind_label: str
    title: str | None
    where: str
    commune: str | None
    place_code: str | None
    partner_label: str
    loaded_at: datetime


def selected_agenda_rows(selection: Selection, today: date) -> Select[Any]:
    """One row per activity of a partner or event of an open agenda that the filters keep, of the period; those to come
    are there too unless the date was chosen.

    `code`, `where` (the place, else the commune), `commune` (its name), `day`, `when` (« à venir » or « passée »),
    `kind`, `kind_label`, `title`, `partner_label`, `partner_code` (null for an open agenda), `participants`,
    `place_code`, `others`.
    """
    event = _selected_events(selection).subquery("event")
    proof = (activity.c.code == event.c.code, is_live(activity))
    version, town = place_version.alias("its_place"), commune.alias("town")
    is_place = (version.c.place_id == event.c.place_id, is_live(version))

    def of(column: ColumnElement[Any], *conditions: ColumnElement[bool]) -> ColumnElement[Any]:
        return select(column).where(*conditions).correlate(event).scalar_subquery()

    own_commune = select(town.c.name).join(activity, activity.c.commune == town.c.code).where(*proof).correlate(event)
    commune_of_place = select(town.c.name).join(version, version.c.commune == town.c.code).where(*is_place)
    commune_name = own_commune.scalar_subquery()
    return select(
        event.c.code,
        event.c.day,
        event.c.kind,
        activity_kind_label(event.c.kind).label("kind_label"),
        of(activity.c.title, *proof).label("title"),
        of(other_values(activity), *proof).label(OTHER_VALUES_NAME),
        event.c.participants,
        of(place.c.code, place.c.place_id == event.c.place_id, *is_place).label("place_code"),
        func.coalesce(of(version.c.name, *is_place), commune_name, literal(NO_PLACE_LABEL)).label("where"),
        func.coalesce(commune_of_place.correlate(event).scalar_subquery(), commune_name).label("commune"),
        case((event.c.day > today, "à venir"), else_="passée").label("when"),
        func.coalesce(
            of(partner_version.c.label, partner_version.c.code == event.c.partner, is_live(partner_version)),
            event.c.partner,
            literal(OPEN_AGENDA_LABEL),
        ).label("partner_label"),
        event.c.partner.label("partner_code"),
    )


def _selected_events(selection: Selection) -> CompoundSelect[Any]:
    """One row per live activity or event of the period and filters; future ones are included unless `until` was chosen.

    Only the columns that filter and sort: `selected_agenda_rows` looks names up by scalar subqueries, so that a page of
    a list of thousands looks up the names of its own rows only.
    """
    until = selection.until if selection.until_given else None

    def kept(rows: FromClause) -> Select[Any]:
        columns = rows.c
        dated = [columns.day <= until] if until else []
        dated += [columns.day >= selection.since] if selection.since else []
        names = ("code", "day", "kind", "partner", "place_id", "participants")
        return select(*(columns[name] for name in names)).where(*selection.where(columns, ACTIVITY_FILTERS), *dated)

    return union_all(kept(activity_row), kept(_OPEN_AGENDA_EVENTS))


_OPEN_AGENDA_EVENTS = agenda_rows().where(activity.c.partner.is_(None)).subquery("open_events")


class KindCount(NamedTuple):
    """Numbers of activities or events of a kind: all of them, and those after today."""

    total: int
    coming: int


@cached_on_snapshot
def read_kind_counts(connection: Connection, selection: Selection, today: date) -> dict[str, KindCount]:
    """The activities and events of the agenda by kind, the most frequent first."""
    event = _selected_events(selection).subquery("event")
    coming = func.coalesce(func.sum(case((event.c.day > today, 1), else_=0)), 0)
    query = (
        select(event.c.kind, func.count(), coming).group_by(event.c.kind).order_by(func.count().desc(), event.c.kind)
    )
    return {kind: KindCount(total, int(later)) for kind, total, later in connection.execute(query)}


class NearestDays(NamedTuple):
    """The last day with an activity or event before a period, and the first one after it; None without any."""

    before: date | None
    after: date | None


def read_nearest_days(connection: Connection, selection: Selection, first: date, last: date) -> NearestDays:
    """The days of the agenda nearest to a period, outside it."""
    event = _selected_events(selection).subquery("event")
    before = select(func.max(event.c.day)).where(event.c.day < first).scalar_subquery()
    after = select(func.min(event.c.day)).where(event.c.day > last).scalar_subquery()
    return NearestDays(*connection.execute(select(before, after)).one())


def read_events_between(
    connection: Connection, selection: Selection, today: date, first: date, last: date
) -> list[AgendaEvent]:
    """The activities and events of some days, in order of day; MAX_MONTH_EVENTS at most."""
    rows = _dated_rows(selection, today)
    query = rows.where(rows.selected_columns.day.between(first, last))
    query = query.order_by(rows.selected_columns.day, rows.selected_columns.code).limit(MAX_MONTH_EVENTS)
    return [AgendaEvent._make(row) for row in connection.execute(query)]


def read_feed_events(connection: Connection, selection: Selection, today: date) -> list[AgendaEvent]:
    """The activities and events of the period, the latest first; without a start, those of FEED_MONTHS months and those
    to come. MAX_FEED_EVENTS at most.
    """
    rows = _dated_rows(selection, today)
    since = selection.since or months_before(selection.until, FEED_MONTHS)
    query = rows.where(rows.selected_columns.day >= since)
    query = query.order_by(rows.selected_columns.day.desc(), rows.selected_columns.code).limit(MAX_FEED_EVENTS)
    return [AgendaEvent._make(row) for row in connection.execute(query)]


def _dated_rows(selection: Selection, today: date) -> Select[Any]:
    """The rows of the agenda with the columns of `AgendaEvent`."""
    rows = selected_agenda_rows(selection, today).subquery("rows")
    names = (name for name in AgendaEvent._fields if name != "loaded_at")
    return (
        select(*(rows.c[name] for name in names), load.c.loaded_at)
        .join(activity, (activity.c.code == rows.c.code) & is_live(activity))
        .join(load, load.c.load_id == activity.c.load_id)
    )
