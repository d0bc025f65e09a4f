"""The network of managers: labelled places present at its meetings, and how far the roadmap of the label is done."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, literal, select

from data.facts.managers import DUE_ACTION_FACT, MEETING_PRESENCES
from data.i18n import count, number
from data.model.facts import MeasuredValue
from data.model.groups import WHOLE_KEY, GroupKey, Groups, single_group
from data.queries.labelled_share import labelled_share_reader, places_with_a_fact
from data.selection import Selection
from data.selection.periods import over_year

NO_DUE_ACTION_REASON = "aucune action de la feuille de route n’est à échéance à cette date"

read_present_places = places_with_a_fact(MEETING_PRESENCES, over_year)
read_present_share = labelled_share_reader(read_present_places)


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
