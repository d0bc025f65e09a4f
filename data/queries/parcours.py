"""Places labelled or on their way to the label: their latest step, and since when."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from data.facts.aggregate import within
from data.facts.label import LABELS
from data.rules.label_life import ORDER
from data.schema import commune, departement, label_event, label_span, live, place, place_version
from data.selection import Selection
from data.sources.places import HOLDER_TYPES, LABEL_STEPS
from data.types import day_count

WAITED = ("application", "complete_file", "aract_opinion")  # the steps after which a place waits for the next


def label_places(selection: Selection) -> Select[Any]:
    """One row per place labelled or in process at `until`.

    `code`, `name`, `commune`, `dep` and `departement` (its name), `holder_type` (in French), `state` (in French),
    `since` (the first day of that state), `step` (the latest, in French), `step_day`, `waiting` (days from that step
    to `until`; None for a labelled place).
    """
    latest = _latest_steps(selection).subquery("latest")
    in_process = latest.c.state == "in_process"
    return (
        select(
            place.c.code,
            place_version.c.name,
            commune.c.name.label("commune"),
            latest.c.dep,
            departement.c.name.label("departement"),
            _named(latest.c.holder_type, {one.code: one.label for one in HOLDER_TYPES}).label("holder_type"),
            case((in_process, "en parcours"), else_="labellisé").label("state"),
            latest.c.started.label("since"),
            _named(latest.c.step, {one.code: one.label for one in LABEL_STEPS}).label("step"),
            latest.c.day.label("step_day"),
            case((in_process, _days_until(latest.c.day, selection.until))).label("waiting"),
        )
        .select_from(latest)
        .join(place, place.c.place_id == latest.c.place_id)
        .join(place_version, and_(place_version.c.place_id == latest.c.place_id, live(place_version)))
        .join(commune, commune.c.code == place_version.c.commune)
        .join(departement, departement.c.code == latest.c.dep)
        .where(latest.c.rank == 1)
    )


class Waiting(NamedTuple):
    """A place in process: the code of its latest step, and how many days it has waited since."""

    step: str
    days: int


def read_waiting(connection: Connection, selection: Selection) -> list[Waiting]:
    """The places in process at `until`, in no order."""
    latest = _latest_steps(selection, "in_process").subquery("latest")
    query = select(latest.c.step, latest.c.day).where(latest.c.rank == 1)
    return [Waiting(step, (selection.until - day).days) for step, day in connection.execute(query)]


def _latest_steps(selection: Selection, *states: str) -> Select[Any]:
    """The steps of the places labelled or in process at `until`, numbered from the latest (`rank` 1) of each place.

    For a place in process, those of its examination only: a label that expired meanwhile is not what it waits for.
    """
    columns, step = label_span.c, label_event.c
    order = case(ORDER, value=step.step)
    examined = and_(step.step.in_(WAITED), step.day >= columns.opened)
    rank = func.row_number().over(partition_by=columns.place_id, order_by=(step.day.desc(), order.desc()))
    return (
        select(label_span, step.step, step.day, rank.label("rank"))
        .join(label_event, label_event.c.place_id == columns.place_id)
        .where(*within(LABELS.time, columns, None, selection.until), *selection.where(columns))
        .where(live(label_event), step.day <= selection.until, or_(columns.state == "labelled", examined))
        .where(*([columns.state.in_(states)] if states else []))
    )


def _named(code: ColumnElement[Any], labels: dict[str, str]) -> ColumnElement[str]:
    """SQL: the French word of a code."""
    return case(labels, value=code, else_=code)


def _days_until(day: ColumnElement[Any], until: date) -> ColumnElement[int]:
    """SQL: the days from a day to `until`."""
    return until.toordinal() + _JULIAN - day_count(day)


_JULIAN = 1_721_425  # the Julian day number of the eve of 1 January of year 1, which Python counts as day 1
