"""What is new in the network: labels awarded and renewed, places that opened, meetings of managers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Text,
    and_,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from data.facts.activity import agenda_rows
from data.facts.scope import standard_columns
from data.filters import ACTIVITY_FILTERS, PLACE_FILTERS
from data.queries.sources import read_loaded_sources
from data.schema import (
    activity,
    commune,
    is_live,
    label_event,
    load,
    meeting_place,
    network_meeting,
    place,
    place_version,
)
from data.selection import Selection
from data.selection.periods import day_conditions

NewsKind = Literal["awarded", "renewed", "opened", "managers_meeting"]
NEWS_SOURCES = ("labels", "places")  # meetings are told when they are loaded


class News(NamedTuple):
    """A piece of news: what happened on a day to a place (null: none is named) in a commune (null: not known).
    `present`: the number of places present at a meeting of the network (null: not known).
    """

    kind: NewsKind
    day: date
    code: str
    place_code: str | None
    name: str | None
    commune: str | None
    present: int | None
    loaded_at: datetime


def read_news(connection: Connection, selection: Selection, limit: int) -> list[News]:
    """The latest news of the period, the last first. Meetings of managers are those of the network, or those that
    partners held where the network was never loaded: the partner narrows these only (`has_partner_meetings`).
    """
    labels = _label_news().subquery("labels_")
    openings = _opening_news().subquery("openings")
    by_partner = has_partner_meetings(connection)
    meetings = (_partner_meeting_news() if by_partner else _network_meeting_news()).subquery("meetings")
    meeting_filters = ACTIVITY_FILTERS if by_partner else PLACE_FILTERS
    parts = (
        select(*(rows.c[name] for name in _NAMES)).where(
            *selection.where(rows.c, filters), *day_conditions(rows.c, selection.since, selection.until)
        )
        for rows, filters in ((labels, PLACE_FILTERS), (openings, PLACE_FILTERS), (meetings, meeting_filters))
    )
    news = union_all(*parts).subquery("news")
    query = (
        select(*(news.c[name] for name in _NAMES[:-1]), load.c.loaded_at)
        .join(load, load.c.load_id == news.c.load_id)
        .order_by(news.c.day.desc(), news.c.kind, news.c.code)
        .limit(limit)
    )
    return [News._make(row) for row in connection.execute(query)]


def has_partner_meetings(connection: Connection) -> bool:
    """Whether the meetings of managers are read from the activities of partners: those of the network were never
    loaded.
    """
    return "network-meetings" not in read_loaded_sources(connection)


_NAMES = (*News._fields[:-1], "load_id")


def _of_places(kind: ColumnElement[Any], day: ColumnElement[Any], load_id: ColumnElement[Any]) -> Select[Any]:
    return select(
        kind.label("kind"),
        day.label("day"),
        place.c.code,
        place.c.code.label("place_code"),
        place_version.c.name,
        commune.c.name.label("commune"),
        _null_number().label("present"),
        load_id.label("load_id"),
        *standard_columns(place_version.c.holder_type, place_version.c.typologies),
    )


_PLACE_JOIN = and_(place_version.c.place_id == place.c.place_id, is_live(place_version))


def _label_news() -> Select[Any]:
    return (
        _of_places(label_event.c.step, label_event.c.day, label_event.c.load_id)
        .select_from(label_event)
        .join(place, place.c.place_id == label_event.c.place_id)
        .join(place_version, _PLACE_JOIN)
        .join(commune, commune.c.code == place_version.c.commune)
        .where(is_live(label_event), label_event.c.step.in_(("awarded", "renewed")))
    )


def _opening_news() -> Select[Any]:
    return (
        _of_places(literal("opened"), place_version.c.opened, place_version.c.load_id)
        .select_from(place)
        .join(place_version, _PLACE_JOIN)
        .join(commune, commune.c.code == place_version.c.commune)
        .where(place_version.c.opened.is_not(None))
    )


def _partner_meeting_news() -> Select[Any]:
    held = activity.c.kind == "managers_meeting"
    return agenda_rows().where(held).add_columns(_null_number().label("present"))


def _network_meeting_news() -> Select[Any]:
    """The meetings of the network, in the commune where they were held."""
    meeting = network_meeting.c
    present = select(func.count()).where(meeting_place.c.reference == meeting.reference, is_live(meeting_place))
    return (
        select(
            literal("managers_meeting").label("kind"),
            meeting.day,
            meeting.reference.label("code"),
            *(cast(null(), Text).label(name) for name in ("place_code", "name")),
            commune.c.name.label("commune"),
            present.scalar_subquery().label("present"),
            meeting.load_id,
            *standard_columns(null(), null()),
        )
        .select_from(network_meeting)
        .outerjoin(commune, commune.c.code == meeting.commune)
        .where(is_live(network_meeting))
    )


def _null_number() -> ColumnElement[Any]:
    return cast(null(), Integer)
