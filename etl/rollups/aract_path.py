"""How far the projects that Aract met have gone: grouped in memory, since no index joins files by holder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, delete, insert, select

from data.facts.activity import DIGITAL_SCHEME, ENRICHING_KINDS, prior_meeting_votes
from data.rules.aid import MEETING_PARTNER
from data.schema import activity, aid_file, aid_version, aract_path, is_live


class _File(NamedTuple):
    """A voted file: the order of the first of several, then what is kept of it."""

    day: date
    reference: str
    aid_id: int
    first_order: date | None
    place_id: int | None
    beneficiary_key: str


@dataclass
class _Project:
    """A place, or a holder without one, and its meetings in order."""

    place_id: int | None
    holder_key: str | None
    meetings: list[Any] = field(default_factory=list)
    emergence: set[_File] = field(default_factory=set)

    @property
    def met(self) -> date:
        day: date = self.meetings[0].day
        return day


def refresh(connection: Connection, _today: date) -> None:
    """Compute the roll-up again; the files of aid come first."""
    projects = _read_projects(connection)
    voted = _file_rows().where(aid_file.c.scheme == DIGITAL_SCHEME, aid_file.c.is_voted)
    digital = _Index(map(_File._make, connection.execute(voted)))
    supports = _Index(_read_activities(connection, *ENRICHING_KINDS))
    connection.execute(delete(aract_path))
    rows = [_row(project, digital, supports) for project in projects]
    if rows:
        connection.execute(insert(aract_path), rows)


def _read_projects(connection: Connection) -> list[_Project]:
    """The projects of all prior meetings. A meeting is in the place that it names, else in that of a file of Émergence
    that followed it; else it is its holder's; else it stands alone.
    """
    pairs = prior_meeting_votes().subquery("pairs")
    followed = defaultdict(set)
    files = _file_rows().add_columns(pairs.c.code).join(pairs, pairs.c.aid_id == aid_file.c.aid_id)
    for *file, code in connection.execute(files):
        followed[code].add(_File._make(file))
    projects: dict[Any, _Project] = {}
    for meeting in _read_activities(connection, "prior_meeting"):
        own = followed[meeting.code]
        place_id = meeting.place_id or min((file.place_id for file in own if file.place_id), default=None)
        holder_key = meeting.holder_key or min((file.beneficiary_key for file in own), default=None)
        project = projects.setdefault(place_id or holder_key or (meeting.code,), _Project(place_id, holder_key))
        project.meetings.append(meeting)
        project.holder_key = min(filter(None, (project.holder_key, holder_key)), default=None)
        project.emergence |= own
    return list(projects.values())


def _file_rows() -> Select[Any]:
    """One row per file: the fields of `_File`."""
    names = ("day", "reference", "aid_id", "first_order", "place_id")
    return select(*(aid_file.c[name] for name in names), aid_version.c.beneficiary_key).join(
        aid_version, and_(aid_version.c.aid_id == aid_file.c.aid_id, is_live(aid_version))
    )


def _read_activities(connection: Connection, *kinds: str) -> Iterable[Any]:
    """The live activities of Aract of these kinds, in order: `code`, `day`, `place_id`, `holder_key`, `commune`."""
    names = ("code", "day", "place_id", "holder_key", "commune")
    return connection.execute(
        select(*(activity.c[name] for name in names))
        .where(is_live(activity), activity.c.partner == MEETING_PARTNER, activity.c.kind.in_(kinds))
        .order_by(activity.c.day, activity.c.code)
    ).all()


class _Index:
    """Rows by place, by holder, and by holder for those without a place."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self.by_place, self.by_holder, self.unplaced = defaultdict(list), defaultdict(list), defaultdict(list)
        for row in rows:
            holder = row.beneficiary_key if isinstance(row, _File) else row.holder_key
            if row.place_id:
                self.by_place[row.place_id].append(row)
            else:
                self.unplaced[holder].append(row)
            self.by_holder[holder].append(row)


def _row(project: _Project, digital: _Index, supports: _Index) -> dict[str, Any]:
    """The columns of `aract_path`."""
    first = project.meetings[0]
    emergence = sorted(project.emergence)
    voted = emergence[0].day if emergence else None
    later = sorted(file for file in _digital_files(project, digital) if file.day >= project.met)
    own = supports.by_place[project.place_id] if project.place_id else _of_holder(supports.unplaced, project)
    enriching = [one.day for one in own if project.met <= one.day <= (voted or one.day)]
    orders = [file.first_order for file in (*emergence, *later) if file.first_order]
    return {
        "code": first.code,
        "place_id": project.place_id,
        "commune": first.commune,
        "met": project.met,
        "enriched": min(enriching, default=None),
        "voted": voted,
        "equipped": min((day for day in orders if day >= project.met), default=None),
        "digital": later[0].day if later else None,
        "emergence_id": emergence[0].aid_id if emergence else None,
        "digital_id": later[0].aid_id if later else None,
    }


def _digital_files(project: _Project, digital: _Index) -> set[_File]:
    """The files of its place, and those of its holder when either has no place."""
    if project.place_id is None:
        return set(_of_holder(digital.by_holder, project))
    return {*digital.by_place[project.place_id], *_of_holder(digital.unplaced, project)}


def _of_holder(rows: dict[Any, list[Any]], project: _Project) -> list[Any]:
    return rows[project.holder_key] if project.holder_key else []
