"""Places labelled or in process, with their latest step and its date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Integer, Select, Subquery, and_, case, func, or_, select, type_coerce

from data.engine import cached_on_snapshot
from data.filters import PLACE_FILTERS
from data.schema import commune, departement, label_event, label_span, live, place, place_version
from data.selection import Selection
from data.selection.periods import in_force_conditions
from data.sources.places import HOLDER_TYPES, LABEL_STEPS
from data.types import Day, day_count, day_of

WAITING_STEPS = ("application", "complete_file", "aract_opinion")  # the steps after which a place waits for the next


def labelled_or_in_process_places(selection: Selection) -> Select[Any]:
    """One row per place labelled or in process at `until`.

    `code`, `name`, `commune`, `dep` and `departement` (its name), `holder_type` (in French), `state` (in French),
    `since` (the first day of that state), `step` (the latest, in French), `step_day`, `waiting` (days from that step
    to `until`; None for a labelled place).
    """
    return _place_columns(_with_latest_step(selection).subquery("latest"), selection)


def places_ready_for_decision(selection: Selection) -> Select[Any]:
    """The rows of `labelled_or_in_process_places` for places in process at `until` that only wait for a decision: the
    file is complete, and the latest step is a favourable opinion of Aract after that.
    """
    latest = _with_latest_step(selection).subquery("latest")
    step = label_event.c
    steps = select(step.place_id).where(step.place_id == latest.c.place_id, live(label_event))
    is_favourable = steps.where(
        step.step == "aract_opinion",
        step.opinion == "favorable",
        type_coerce(step.day, Integer) == latest.c.latest // RANK_COUNT,
    ).exists()
    is_complete = steps.where(
        step.step == "complete_file", step.day >= latest.c.opened, step.day <= selection.until
    ).exists()
    return _place_columns(latest, selection).where(
        latest.c.state == "in_process",
        latest.c.latest % RANK_COUNT == STEP_RANKS["aract_opinion"],
        is_favourable,
        is_complete,
    )


def _place_columns(latest: Subquery, selection: Selection) -> Select[Any]:
    in_process = latest.c.state == "in_process"
    day = type_coerce(latest.c.latest // RANK_COUNT, Day)
    is_version = (place_version.c.place_id == latest.c.place_id, live(place_version))
    town = select(commune.c.name).join(place_version, place_version.c.commune == commune.c.code).where(*is_version)
    return select(  # names are sought apart: a list looks for those that it shows only
        place.c.code,
        select(place_version.c.name).where(*is_version).scalar_subquery().label("name"),
        town.scalar_subquery().label("commune"),
        latest.c.dep,
        select(departement.c.name).where(departement.c.code == latest.c.dep).scalar_subquery().label("departement"),
        _french_label(latest.c.holder_type, {choice.code: choice.label for choice in HOLDER_TYPES}).label(
            "holder_type"
        ),
        case((in_process, "en parcours"), else_="labellisé").label("state"),
        latest.c.started.label("since"),
        _french_label(
            latest.c.latest % RANK_COUNT, {STEP_RANKS[choice.code]: choice.label for choice in LABEL_STEPS}
        ).label("step"),
        day.label("step_day"),
        case((in_process, _days_until(day, selection.until))).label("waiting"),
    ).join_from(latest, place, place.c.place_id == latest.c.place_id)


class WaitingPlace(NamedTuple):
    """A place in process: the code of its latest step, and the days since."""

    step: str
    days: int


@cached_on_snapshot
def read_waiting_places(connection: Connection, selection: Selection) -> list[WaitingPlace]:
    """The places in process at `until`, unordered."""
    latest = _with_latest_step(selection).subquery("latest")
    latest_steps = connection.scalars(select(latest.c.latest).where(latest.c.state == "in_process"))
    return [
        WaitingPlace(STEP_BY_RANK[number % RANK_COUNT], (selection.until - day_of(number // RANK_COUNT)).days)
        for number in latest_steps
    ]


STEP_RANKS = {one.code: rank for rank, one in enumerate(LABEL_STEPS)}  # decides between steps of the same day
RANK_COUNT = (
    len(STEP_RANKS) + 1
)  # 20190211 * RANKS + rank: the day and the rank of a step as one number, the latest the largest
assert RANK_COUNT <= 100, "day * RANKS must be an integer of 32 bits"
STEP_BY_RANK = {rank: step for step, rank in STEP_RANKS.items()}


def _with_latest_step(selection: Selection) -> Select[Any]:
    """The places labelled or in process at `until`, with their latest step as one number (`latest`: day × RANK_COUNT +
    rank).

    For a place in process, steps of its examination only: an expiry in between is not what it waits for.
    """
    columns, step = label_span.c, label_event.c
    number = type_coerce(step.day, Integer) * RANK_COUNT + case(STEP_RANKS, value=step.step)
    examined = and_(step.step.in_(WAITING_STEPS), step.day >= columns.opened)
    latest = (
        select(func.max(number))
        .where(step.place_id == columns.place_id, live(label_event), step.day <= selection.until)
        .where(or_(columns.state == "labelled", examined))
        .scalar_subquery()
    )
    in_force = in_force_conditions(columns, selection.until)
    return select(label_span, latest.label("latest")).where(*in_force, *selection.where(columns, PLACE_FILTERS))


def _french_label(code: ColumnElement[Any], labels: Mapping[Any, str]) -> ColumnElement[str]:
    """SQL: the French word of a code."""
    return case(labels, value=code)


def _days_until(day: ColumnElement[Any], until: date) -> ColumnElement[int]:
    """SQL: the days from a day to `until`."""
    return until.toordinal() + _JULIAN_OFFSET - day_count(day)


_JULIAN_OFFSET = 1_721_425  # the Julian day number of the eve of 1 January of year 1, which Python counts as day 1
