"""The network of managers: labelled places present at its meetings, and how far the roadmap of the label is done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from statistics import median
from typing import NamedTuple

from sqlalchemy import Connection, func, literal, select

from data.facts.aggregate import measure_conditions
from data.facts.managers import (
    ANSWERED_NEED_COUNT,
    DUE_ACTION_FACT,
    MEETING_PRESENCES,
    OPEN_NEED_COUNT,
    PROGRESS_LABELS,
    ROADMAP_ACTIONS,
    roadmap_progress,
)
from data.filters import ROADMAP_FILTERS
from data.i18n import count, number
from data.model.facts import MeasuredValue
from data.model.groups import WHOLE_KEY, GroupKey, Groups, single_group
from data.queries.delays import read_delays_by_group
from data.queries.follow_up import FollowUp, count_follow_up
from data.queries.groups import read_measure_by_group
from data.queries.labelled_share import labelled_cases_reader, labelled_share_reader, places_with_a_fact
from data.selection import Selection
from data.selection.periods import over_year
from data.sources.managers import NEED_THEMES
from data.types import TerritoryColumn
from data.units import DAYS

NO_DUE_ACTION_REASON = "aucune action de la feuille de route n’est à échéance à cette date"

read_present_places = places_with_a_fact(MEETING_PRESENCES, over_year)
read_present_share = labelled_share_reader(read_present_places)
read_present_cases = labelled_cases_reader(read_present_places)


def read_oldest_need_text(connection: Connection, selection: Selection) -> str | None:
    """« le plus ancien attend depuis 559 jours »; None when no need waits."""
    rows = OPEN_NEED_COUNT.fact.rows
    conditions = measure_conditions(OPEN_NEED_COUNT, rows, selection)
    oldest: date | None = connection.scalar(select(func.min(rows.c.started)).where(*conditions))
    if oldest is None:
        return None
    days = (selection.until - oldest).days
    return f"le plus ancien attend depuis {DAYS.text(days)}" if days else "le plus ancien est du jour même"


class RoadmapProgress(NamedTuple):
    """Numbers of the actions due by a date: done by then, not abandoned, abandoned."""

    done: int
    due: int
    abandoned: int


def read_roadmap_share(connection: Connection, groups: Groups) -> dict[GroupKey, MeasuredValue]:
    """Share of the actions due on or before the `until` of each group that are done by then; abandoned ones are left
    out, and counted in the note.
    """
    return {key: _roadmap_value(progress) for key, progress in _read_progress_by_group(connection, groups).items()}


def _roadmap_value(progress: RoadmapProgress) -> MeasuredValue:
    left_out = f"{count(progress.abandoned, 'abandonnée', 'abandonnées')}" if progress.abandoned else ""
    if not progress.due:
        return MeasuredValue(None, NO_DUE_ACTION_REASON, left_out or None)
    note = f"{count(progress.done, 'action', 'actions')} sur {number(progress.due)}"
    return MeasuredValue(progress.done / progress.due, note=f"{note}, {left_out}" if left_out else note)


def read_roadmap_progress(connection: Connection, selection: Selection) -> RoadmapProgress:
    """The numbers of actions of the whole selection."""
    return _read_progress_by_group(connection, single_group(selection))[WHOLE_KEY]


def _read_progress_by_group(connection: Connection, groups: Groups) -> dict[GroupKey, RoadmapProgress]:
    rows = DUE_ACTION_FACT.rows
    key, in_force = groups.in_force_conditions(rows)
    query = select(literal(WHOLE_KEY) if key is None else key, rows.c.state, rows.c.done).where(
        *groups.selection.where(rows.c, DUE_ACTION_FACT.filters), *in_force
    )
    actions: dict[GroupKey, list[tuple[str, date | None]]] = {}
    for group_key, state, done in connection.execute(query):
        actions.setdefault(group_key, []).append((state, done))
    due = groups.fill_groups(actions, [])
    return groups.map_groups(lambda key, part: _progress(due[key], part.until))


def _progress(actions: list[tuple[str, date | None]], until: date) -> RoadmapProgress:
    kept = [done for state, done in actions if state != "abandoned"]
    return RoadmapProgress(
        sum(done is not None and done <= until for done in kept), len(kept), len(actions) - len(kept)
    )


def read_presence_follow_up(
    connection: Connection, selection: Selection, level: TerritoryColumn
) -> Mapping[str, FollowUp]:
    """Follow-up of the labelled places by code of territory, by their last meeting up to `until`."""
    by_then = (MEETING_PRESENCES.c.day <= selection.until,)
    return count_follow_up(connection, selection, level, MEETING_PRESENCES, by_then)


class ThemeNeeds(NamedTuple):
    """Needs of a theme: those that wait at `until`, those answered in the period, and the median days of the latter."""

    waiting: int
    answered: int
    delay: float | None


def read_needs_by_theme(connection: Connection, selection: Selection) -> dict[str, ThemeNeeds]:
    """Needs by code of theme, for every theme."""
    codes = [choice.code for choice in NEED_THEMES]
    parts = tuple((code, selection.with_codes("theme", [code])) for code in codes)
    groups = Groups(selection, parts, column="theme")
    waiting = read_measure_by_group(connection, OPEN_NEED_COUNT, groups)
    delays = read_delays_by_group(connection, groups, ANSWERED_NEED_COUNT, "started")
    return {
        code: ThemeNeeds(
            int(waiting[code].value or 0), len(delays[code]), median(delays[code]) if delays[code] else None
        )
        for code in codes
    }


class AxisProgress(NamedTuple):
    """Numbers of actions of an axis at a date: done, late, due that day, to come (later, or without due date),
    abandoned.
    """

    done: int
    late: int
    due_today: int
    to_come: int
    abandoned: int

    @property
    def not_late(self) -> int:
        """Those that are still to do in time."""
        return self.due_today + self.to_come


def read_progress_by_axis(connection: Connection, selection: Selection) -> dict[str, AxisProgress]:
    """Progress at `until` by code of axis, for the axes of the selection. An action done without any date is done."""
    rows = ROADMAP_ACTIONS
    progress = roadmap_progress(rows.c, selection.until)
    query = select(rows.c.axis, progress, func.count()).where(*selection.where(rows.c, ROADMAP_FILTERS))
    counts: dict[str, dict[str, int]] = {}
    for axis, code, actions in connection.execute(query.group_by(rows.c.axis, progress)):
        counts.setdefault(axis, {})[code] = actions
    return {axis: AxisProgress(*(of_axis.get(code, 0) for code in PROGRESS_LABELS)) for axis, of_axis in counts.items()}
