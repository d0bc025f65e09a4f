"""What is known of each source: the date of its last fact, and the lines to correct."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, Exists, exists, select

from data.schema import load, source_state


@dataclass(frozen=True)
class SourceState:
    """One source: its last fact (None without any), its refused rows and the money in them."""

    name: str
    last_day: date | None
    rejects: int
    rejected_amount: Decimal


@dataclass(frozen=True)
class Provenance:
    """Where everything on a page comes from: the state of each source that has one, and whether data are invented."""

    states: Mapping[str, SourceState]
    is_demonstration: bool


def read_provenance(connection: Connection) -> Provenance:
    """Read once for all that a page shows."""
    rows = connection.execute(_STATES)
    states = {row.source: SourceState(row.source, row.last_day, row.rejects, row.rejected_amount) for row in rows}
    return Provenance(states, read_is_demonstration(connection))


def read_sources(connection: Connection, names: Iterable[str]) -> dict[str, SourceState]:
    """The state of the named sources that have one."""
    rows = connection.execute(select(source_state).where(source_state.c.source.in_(list(names))))
    return {row.source: SourceState(row.source, row.last_day, row.rejects, row.rejected_amount) for row in rows}


def read_is_demonstration(connection: Connection) -> bool:
    """Whether demonstration data stand in the database (no load of the Région's files has withdrawn them)."""
    return bool(connection.scalar(_IS_DEMONSTRATION))


def _stands(kind: str) -> Exists:
    return exists().where(load.c.kind == kind, load.c.status != "rolled_back")


_STATES = select(source_state)
_IS_DEMONSTRATION = select(_stands("demo") & ~_stands("region"))


def read_last_load(connection: Connection) -> int | None:
    """The latest load that stands."""
    return connection.scalar(
        select(load.c.load_id).where(load.c.status != "rolled_back").order_by(load.c.load_id.desc()).limit(1)
    )
