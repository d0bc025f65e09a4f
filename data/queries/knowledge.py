"""What was known at a load: whether it can still be read, and what came since."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, and_, exists, func, select

from data.engine import cached_on_snapshot
from data.queries.options import read_active_loads
from data.queries.sources import is_active_load
from data.schema import load, metadata
from data.sources import source_named

MARK_BYTES = 2
Standing = Literal["whole", "rolled_back", "other_database"]


@dataclass(frozen=True)
class KnownState:
    """The state of a database after its latest active load (0: none): the number of its active loads, and a mark of the
    time of that load, which tells this database from another.
    """

    load_id: int
    loads: int
    mark: bytes


@dataclass(frozen=True)
class LoadChange:
    """What an active load changed: rows of its file that were new, or corrected a live one, and rows that it ended
    without another version, in the tables asked of.
    """

    load_id: int
    source: str
    file: str
    loaded_at: datetime  # UTC
    new: int
    corrected: int
    withdrawn: int


@dataclass(frozen=True)
class LastLoad:
    """The latest active load of a source."""

    load_id: int
    file: str
    loaded_at: datetime  # UTC


@dataclass(frozen=True)
class ActiveLoad:
    """A load that was not rolled back."""

    load_id: int
    source: str
    file: str
    loaded_at: datetime  # UTC


def read_known_state(connection: Connection) -> KnownState:
    """The present state."""
    loads, latest, loaded_at = read_active_loads(connection)
    return KnownState(latest or 0, loads, _mark(loaded_at))


def read_former_state(connection: Connection, load_id: int) -> KnownState:
    """The state after a former load: of the loads up to it that are still active."""
    active = load.c.status != "rolled_back", load.c.load_id <= load_id
    loads = connection.scalar(select(func.count()).select_from(load).where(*active)) or 0
    query = select(load.c.load_id, load.c.loaded_at).where(*active).order_by(load.c.load_id.desc()).limit(1)
    latest, loaded_at = connection.execute(query).one_or_none() or (0, None)
    return KnownState(latest, loads, _mark(loaded_at))


def read_standing(connection: Connection, state: KnownState) -> Standing:
    """Whether a former state of this database can still be read: `whole`; `rolled_back`, when some of its loads were
    taken away since, with their rows; `other_database`, when it never was a state of this one.
    """
    row = connection.execute(select(load.c.loaded_at).where(load.c.load_id == state.load_id)).one_or_none()
    if _mark(row.loaded_at if row else None) != state.mark or (row is None and state.load_id):
        return "other_database"
    active = and_(load.c.status != "rolled_back", load.c.load_id <= state.load_id)
    left = connection.scalar(select(func.count()).select_from(load).where(active)) or 0
    if left > state.loads:
        return "other_database"
    return "whole" if left == state.loads else "rolled_back"


def read_changes_since(connection: Connection, load_id: int, sources: Sequence[str]) -> list[LoadChange]:
    """The active loads later than `load_id` that brought rows of these sources or ended some, in their order."""
    rows = connection.execute(
        select(load).where(load.c.load_id > load_id, load.c.status != "rolled_back").order_by(load.c.load_id)
    ).all()
    if not rows:
        return []
    withdrawn: dict[int, int] = {}
    for name in dict.fromkeys(source_named(source).table for source in sources):
        for ended_by, count in _read_withdrawn(connection, name, load_id):
            withdrawn[ended_by] = withdrawn.get(ended_by, 0) + count
    changes = [
        LoadChange(
            row.load_id,
            row.source,
            row.file,
            row.loaded_at,
            new=row.accepted - row.unchanged - row.replaced if row.source in sources else 0,
            corrected=row.replaced if row.source in sources else 0,
            withdrawn=withdrawn.get(row.load_id, 0),
        )
        for row in rows
    ]
    return [change for change in changes if change.new or change.corrected or change.withdrawn]


def read_active_load_list(connection: Connection) -> list[ActiveLoad]:
    """The loads that were not rolled back, in their order."""
    query = select(load.c.load_id, load.c.source, load.c.file, load.c.loaded_at).where(load.c.status != "rolled_back")
    return [ActiveLoad(*row) for row in connection.execute(query.order_by(load.c.load_id))]


@cached_on_snapshot
def read_last_loads(connection: Connection) -> dict[str, LastLoad]:
    """The latest active load of each source that has one, by the name of the source."""
    rows = connection.execute(select(load).where(is_active_load()).order_by(load.c.load_id))
    return {row.source: LastLoad(row.load_id, row.file, row.loaded_at) for row in rows}


def _read_withdrawn(connection: Connection, name: str, load_id: int) -> list[tuple[int, int]]:
    """(load, number of the rows of a table that it ended without another version of them), for later loads."""
    table = metadata.tables[name]
    later = table.alias("later")
    key = [column.name for column in table.primary_key if column.name != "load_id"]
    is_next = and_(later.c.load_id == table.c.ended_by, *(later.c[column] == table.c[column] for column in key))
    query = (
        select(table.c.ended_by, func.count())
        .where(table.c.ended_by > load_id, ~exists().where(is_next))
        .group_by(table.c.ended_by)
    )
    return [(row[0], row[1]) for row in connection.execute(query)]


def _mark(loaded_at: datetime | None) -> bytes:
    return hashlib.sha256(loaded_at.isoformat().encode() if loaded_at else b"").digest()[:MARK_BYTES]
