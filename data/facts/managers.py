"""The network of managers: places present at its meetings, its needs, the actions of the roadmap of the label."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select, type_coerce

from data.facts.choices import choice_label
from data.facts.scope import NO_CODE, standard_columns
from data.filters import NEED_FILTERS, ROADMAP_FILTERS
from data.filters.axis import axis_code
from data.model.facts import Fact, Measure, Total
from data.schema import (
    commune,
    is_live,
    meeting_place,
    need,
    network_meeting,
    partner_version,
    place,
    place_version,
    roadmap_action,
)
from data.sources.managers import ACTION_STATES, NEED_STATES, NEED_THEMES, OPEN_NEED_STATES
from data.types import Columns, Day


def meeting_presence_rows() -> Select[Any]:
    """One row per meeting of the managers and tiers-lieu present: `place_id`, `place_code`, `day`, `reference`,
    `label`, and the file of the meeting.
    """
    meeting = network_meeting.c
    return (
        select(
            meeting_place.c.place_id,
            place.c.code.label("place_code"),
            *(meeting[name] for name in ("day", "reference", "label", "label_search_key", "load_id", "sheet", "line")),
        )
        .join_from(
            meeting_place,
            network_meeting,
            and_(meeting.reference == meeting_place.c.reference, is_live(network_meeting)),
        )
        .join(place, place.c.place_id == meeting_place.c.place_id)
        .where(is_live(meeting_place))
    )


MEETING_PRESENCES = meeting_presence_rows().subquery("meeting_presences")


NEED_STATE_LABELS = {choice.code: choice.label for choice in NEED_STATES} | {"answered": "avec réponse"}
"""The states as screens name them."""


def need_rows() -> Select[Any]:
    """One row per live need, with the scope of its place (none: a need of the whole network).

    It is open from `started`, the day it is expressed, until the day before `ended`. A closed need without a day of
    answer is closed from its expression; the day of answer of an open one says nothing.
    """
    closed = need.c.state.not_in(OPEN_NEED_STATES)
    return (
        select(
            need.c.reference.label("code"),
            need.c.day.label("started"),
            type_coerce(case((closed, func.coalesce(need.c.answered, need.c.day))), Day).label("ended"),
            need.c.answered,
            need.c.state,
            need.c.theme,
            need.c.place_id,
            *standard_columns(place_version.c.holder_type, place_version.c.typologies),
            choice_label(need.c.theme, NEED_THEMES).label("theme_label"),
            case(NEED_STATE_LABELS, value=need.c.state).label("state_label"),
            need.c.need,
            need.c.answer,
            place.c.code.label("place_code"),
            place_version.c.name,
            commune.c.name.label("commune"),
            need.c.load_id,
            need.c.sheet,
            need.c.line,
        )
        .outerjoin(place_version, and_(place_version.c.place_id == need.c.place_id, is_live(place_version)))
        .outerjoin(place, place.c.place_id == need.c.place_id)
        .outerjoin(commune, commune.c.code == place_version.c.commune)
        .where(is_live(need))
    )


_NEED_HEADERS = {
    "code": "Référence",
    "theme_label": "Thème",
    "need": "Besoin",
    "started": "Exprimé le",
    "name": "Tiers-lieu",
    "commune": "Commune",
}
_NO_PLACE_NOTE = "Un besoin sans lieu est celui de tout le réseau\u202f: il n’est d’aucun territoire."
_needs = need_rows().subquery("needs")
NEED_FACT = Fact(
    time="stock",
    rows=_needs,
    detail=_needs,
    proof=need_rows(),
    headers={**_NEED_HEADERS, "state_label": "État à ce jour", "ended": "Réponse ou clôture le"},
    default_sort="started",
    filters=NEED_FILTERS,
    note=_NO_PLACE_NOTE,
    place_column="place_code",
    hidden_columns=("place_code",),
)
"""One row per need, in force while it waits."""

OPEN_NEED_COUNT = Measure(NEED_FACT, Total(lambda _rows: func.count()))


def answered_need_rows() -> Select[Any]:
    """The rows of `need_rows` answered on a known day, which is their `day`."""
    return (
        need_rows()
        .add_columns(need.c.answered.label("day"))
        .where(need.c.state == "answered", need.c.answered.is_not(None))
    )


_answered_needs = answered_need_rows().subquery("answered_needs")
ANSWERED_NEED_FACT = Fact(
    time="day",
    rows=_answered_needs,
    detail=_answered_needs,
    proof=answered_need_rows(),
    headers={**_NEED_HEADERS, "day": "Réponse le", "answer": "Réponse"},
    default_sort="day",
    filters=NEED_FILTERS,
    note=_NO_PLACE_NOTE,
    place_column="place_code",
    hidden_columns=("place_code",),
)
ANSWERED_NEED_COUNT = Measure(ANSWERED_NEED_FACT, Total(lambda _rows: func.count()))


def roadmap_rows() -> Select[Any]:
    """One row per live action of the roadmap, of no territory and no holder. `axis` is the code of its axis; `done` the
    day since which it is done: its due date when none is given, None for an action that is not done; `owner` the name
    of a known partner, else what the file says.
    """
    is_owner = and_(partner_version.c.code == roadmap_action.c.owner, is_live(partner_version))
    owner_name = select(partner_version.c.label).where(is_owner).correlate(roadmap_action).scalar_subquery()
    nowhere = {name: literal(NO_CODE).label(name) for name in ("dep", "epci", "holder_type")}
    done_day = type_coerce(
        case((roadmap_action.c.state == "done", func.coalesce(roadmap_action.c.done, roadmap_action.c.due))), Day
    )
    return select(
        roadmap_action.c.reference.label("code"),
        axis_code().label("axis"),
        roadmap_action.c.axis.label("axis_label"),
        roadmap_action.c.action,
        func.coalesce(owner_name, roadmap_action.c.owner).label("owner"),
        roadmap_action.c.due,
        done_day.label("done"),
        roadmap_action.c.state,
        choice_label(roadmap_action.c.state, ACTION_STATES).label("state_label"),
        *nowhere.values(),
        literal("").label("typologies"),
        roadmap_action.c.load_id,
        roadmap_action.c.sheet,
        roadmap_action.c.line,
    ).where(is_live(roadmap_action))


ROADMAP_ACTIONS = roadmap_rows().subquery("roadmap_actions")
PROGRESS_LABELS = {
    "done": "faite",
    "late": "en retard",
    "due_today": "à échéance ce jour",
    "to_come": "à venir",
    "abandoned": "abandonnée",
}


def roadmap_progress(rows: Columns, until: date) -> ColumnElement[Any]:
    """SQL: the progress of an action of `roadmap_rows` at a date, a code of `PROGRESS_LABELS`. One that is done without
    any date is done; one without due date is to come. It is late from the day after its due date.
    """
    return case(
        (rows.state == "abandoned", "abandoned"),
        (and_(rows.state == "done", or_(rows.done.is_(None), rows.done <= until)), "done"),
        (rows.due < until, "late"),
        (rows.due == until, "due_today"),
        else_="to_come",
    )


def _due_action_rows() -> Select[Any]:
    """The rows of `roadmap_rows` with a due date, in force from that day on."""
    return (
        roadmap_rows()
        .add_columns(roadmap_action.c.due.label("started"), literal(None, type_=Day()).label("ended"))
        .where(roadmap_action.c.due.is_not(None))
    )


_due_actions = _due_action_rows().subquery("due_actions")
DUE_ACTION_FACT = Fact(
    time="stock",
    rows=_due_actions,
    detail=_due_actions,
    proof=_due_action_rows(),
    headers={
        "code": "Référence",
        "axis_label": "Axe",
        "action": "Action",
        "owner": "Pilote",
        "due": "Échéance",
    },
    default_sort="due",
    filters=ROADMAP_FILTERS,
)
"""One row per action of the roadmap with a due date, abandoned ones included, from its due date on."""

DUE_ACTION_COUNT = Measure(
    DUE_ACTION_FACT, Total(lambda _rows: func.count()), row_conditions=lambda rows: (rows.state != "abandoned",)
)
