"""What is new in the network: labels awarded and renewed, places that opened, meetings of managers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, literal, select, union_all

from data.facts.activity import agenda_rows
from data.facts.scope import standard_columns
from data.filters import ACTIVITY_FILTERS, PLACE_FILTERS
from data.schema import activity, commune, is_live, label_event, load, place, place_version
from data.selection import Selection
from data.selection.periods import day_conditions

NewsKind = Literal["awarded", "renewed", "opened", "managers_meeting"]
NEWS_SOURCES = ("labels", "places")  # meetings come with those of partners


class News(NamedTuple):
    """A piece of news: what happened on a day to a place (null: none is named) in a commune (null: not known)."""

    kind: NewsKind
    day: date
    code: str
    place_code: str | None
    name: str | None
    commune: str | None
    loaded_at: datetime


def read_news(connection: Connection, selection: Selection, limit: int) -> list[News]:
    """The latest news of the period, the last first. The partner narrows the meetings only: labels have none."""
    labels = _label_news().subquery("labels_")
    openings = _opening_news().subquery("openings")
    meetings = _meeting_news().subquery("meetings")
    parts = (
        select(*(rows.c[name] for name in _NAMES)).where(
            *selection.where(rows.c, filters), *day_conditions(rows.c, selection.since, selection.until)
        )
        for rows, filters in ((labels, PLACE_FILTERS), (openings, PLACE_FILTERS), (meetings, ACTIVITY_FILTERS))
    )
    news = union_all(*parts).subquery("news")
    query = (
        select(*(news.c[name] for name in _NAMES[:-1]), load.c.loaded_at)
        .join(load, load.c.load_id == news.c.load_id)
        .order_by(news.c.day.desc(), news.c.kind, news.c.code)
        .limit(limit)
    )
    return [News._make(row) for row in connection.execute(query)]


_NAMES = (*News._fields[:-1], "load_id")


def _of_places(kind: ColumnElement[Any], day: ColumnElement[Any], load_id: ColumnElement[Any]) -> Select[Any]:
    return select(
        kind.label("kind"),
        day.label("day"),
        place.c.code,
        place.c.code.label("place_code"),
        place_version.c.name,
        commune.c.name.label("commune"),
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


def _meeting_news() -> Select[Any]:
    return agenda_rows().where(activity.c.kind == "managers_meeting")
