"""The lists of the network of managers: its meetings, its needs, the actions of the roadmap."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, Subquery, and_, case, func, literal, null, or_, select

from data.facts.managers import (
    PROGRESS_LABELS,
    meeting_presence_rows,
    need_rows,
    roadmap_progress,
    roadmap_rows,
)
from data.facts.scope import standard_columns
from data.filters import NEED_FILTERS, PLACE_FILTERS, ROADMAP_FILTERS
from data.schema import commune, is_live, load, meeting_place, network_meeting, place, place_version
from data.search_keys import with_search_keys
from data.selection import Selection
from data.selection.periods import day_conditions
from data.sources.managers import NEED_STATES, OPEN_NEED_STATES
from data.types import day_count, day_number

PAIR_MARK, PLACE_MARK = "\x1f", "\x1e"  # no text of a file holds them (etl/invisible_characters.py)


def meetings_of_period(selection: Selection) -> Select[Any]:
    """One row per meeting of the period, with its places present in the filters; with a filter on places, the meetings
    where one of them was present.

    `reference`, `day`, `label`, `commune`, `themes`, `participants` (of the whole meeting), `present` (number of
    places), `place_names` (separated by commas), `place_pairs` (code and name of each, for links).
    """
    present = _present_places(selection).subquery("present")
    is_filtered = any(selection.codes(key) for key in PLACE_FILTERS)
    meeting = network_meeting.c
    return (
        select(
            *(meeting[name] for name in ("reference", "day", "label", "label_search_key")),
            commune.c.name.label("commune"),
            commune.c.name_search_key.label("commune_search_key"),
            meeting.themes,
            meeting.themes_search_key,
            meeting.participants,
            func.coalesce(present.c.number, 0).label("present"),
            present.c.place_names,
            present.c.place_names_search_key,
            present.c.place_pairs,
        )
        .join(present, present.c.reference == meeting.reference, isouter=not is_filtered)
        .outerjoin(commune, commune.c.code == meeting.commune)
        .where(is_live(network_meeting), *day_conditions(meeting, selection.since, selection.until))
    )


def _present_places(selection: Selection) -> Select[Any]:
    """One row per meeting with a place of the selection present: `reference`, `number`, and the texts of the places."""
    places = _places_by_name(selection)
    pair = places.c.code + PAIR_MARK + places.c.name
    return select(
        places.c.reference,
        func.count().label("number"),
        func.aggregate_strings(places.c.name, ", ").label("place_names"),
        func.aggregate_strings(places.c.name_search_key, " ").label("place_names_search_key"),
        func.aggregate_strings(pair, PLACE_MARK).label("place_pairs"),
    ).group_by(places.c.reference)


def _places_by_name(selection: Selection) -> Subquery:
    """One row per meeting and place present, in the order of names, which the aggregates keep."""
    rows = (
        select(
            meeting_place.c.reference,
            place.c.code,
            place_version.c.name,
            place_version.c.name_search_key,
            *standard_columns(place_version.c.holder_type, place_version.c.typologies),
        )
        .join(place, place.c.place_id == meeting_place.c.place_id)
        .join(place_version, and_(place_version.c.place_id == meeting_place.c.place_id, is_live(place_version)))
        .join(commune, commune.c.code == place_version.c.commune)
        .where(is_live(meeting_place))
        .subquery("present_places")
    )
    kept = select(rows).where(*selection.where(rows.c, PLACE_FILTERS))
    return kept.order_by(rows.c.reference, rows.c.name_search_key, rows.c.code).subquery("places")


def needs_of_period(selection: Selection) -> Select[Any]:
    """One row per need expressed by `until` that waits then, or that was answered or closed in the period.

    `reference`, `day`, `theme_label`, `need`, `name` and `place_code` of its place, `state` at `until`, `waiting` (days
    so far, of a need that waits), `delay` (days to the answer), `answered`, `answer`, `load_id`, `sheet`, `line`.
    """
    rows = with_search_keys(need_rows()).subquery("rows")
    waits = or_(rows.c.ended.is_(None), rows.c.ended > selection.until)
    is_open = rows.c.state.in_(OPEN_NEED_STATES)
    is_answered = and_(rows.c.state == "answered", rows.c.answered <= selection.until)
    answered = {
        "answered": rows.c.answered,
        "delay": day_count(rows.c.answered) - day_count(rows.c.started),
        "answer": rows.c.answer,
    }
    in_period = [or_(waits, rows.c.ended >= selection.since)] if selection.since else []
    return select(
        rows.c.code.label("reference"),
        rows.c.started.label("day"),
        rows.c.theme_label,
        rows.c.need,
        rows.c.name,
        rows.c.place_code,
        case((and_(waits, ~is_open), NEED_STATES[0].label), else_=rows.c.state_label).label("state"),
        case((waits, day_count(literal(day_number(selection.until))) - day_count(rows.c.started))).label("waiting"),
        *(case((is_answered, column), else_=null()).label(name) for name, column in answered.items()),
        *(rows.c[name] for name in ("load_id", "sheet", "line")),
    ).where(rows.c.started <= selection.until, *in_period, *selection.where(rows.c, NEED_FILTERS))


def roadmap_at_date(selection: Selection) -> Select[Any]:
    """One row per action of the roadmap: `reference`, `axis_label`, `action`, `owner` (name of a known partner), `due`,
    `progress` at `until` (in French), `late` (days since the due date, of a late action), `done` (day, if by `until`).
    """
    rows = with_search_keys(roadmap_rows()).subquery("rows")
    progress = roadmap_progress(rows.c, selection.until)
    days_late = day_count(literal(day_number(selection.until))) - day_count(rows.c.due)
    return select(
        rows.c.code.label("reference"),
        rows.c.axis_label,
        rows.c.action,
        rows.c.owner,
        rows.c.due,
        case(PROGRESS_LABELS, value=progress).label("progress"),
        case((progress == "late", days_late)).label("late"),
        case((rows.c.done <= selection.until, rows.c.done), else_=null()).label("done"),
    ).where(*selection.where(rows.c, ROADMAP_FILTERS))


def meetings_of_place(place_id: int, selection: Selection) -> Select[Any]:
    """One row per meeting of the period where a place was present, latest first: `day`, `label`, `file`, `sheet`,
    `line`.
    """
    rows = meeting_presence_rows().subquery("rows")
    return (
        select(rows.c.day, rows.c.label, load.c.file, rows.c.sheet, rows.c.line)
        .join(load, load.c.load_id == rows.c.load_id)
        .where(rows.c.place_id == place_id, *day_conditions(rows.c, selection.since, selection.until))
        .order_by(rows.c.day.desc(), rows.c.reference)
    )


def needs_of_place(place_code: str, selection: Selection) -> Select[Any]:
    """The rows of `needs_of_period` of one place, latest first, with `file`."""
    rows = needs_of_period(selection.keeping_filters(())).subquery("needs")
    return (
        select(*rows.c, load.c.file)
        .join(load, load.c.load_id == rows.c.load_id)
        .where(rows.c.place_code == place_code)
        .order_by(rows.c.day.desc(), rows.c.reference)
    )
