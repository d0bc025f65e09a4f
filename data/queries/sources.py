"""What is known of each source: the date of its last fact, and the lines to correct."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, Exists, and_, exists, not_, select

from data.engine import once
from data.i18n import sentence_list
from data.schema import load, source_state
from data.sources import source_named


@dataclass(frozen=True)
class SourceState:
    """One source: its last fact (None without any), its refused rows and the money in them."""

    name: str
    last_day: date | None
    rejects: int
    rejected_amount: Decimal


@dataclass(frozen=True)
class Provenance:
    """Where everything on a page comes from: the state of each source that has one, whether data are invented, and the
    sources of which a load stands.
    """

    states: Mapping[str, SourceState]
    is_demonstration: bool
    loaded: frozenset[str] = frozenset()


def read_provenance(connection: Connection) -> Provenance:
    """Read once for all that a page shows."""
    rows = connection.execute(_STATES)
    states = {row.source: SourceState(row.source, row.last_day, row.rejects, row.rejected_amount) for row in rows}
    return Provenance(states, read_is_demonstration(connection), read_loaded(connection))


def read_sources(connection: Connection, names: Iterable[str]) -> dict[str, SourceState]:
    """The state of the named sources that have one."""
    rows = connection.execute(select(source_state).where(source_state.c.source.in_(list(names))))
    return {row.source: SourceState(row.source, row.last_day, row.rejects, row.rejected_amount) for row in rows}


def read_is_demonstration(connection: Connection) -> bool:
    """Whether demonstration data stand in the database (no load of the Région's files has withdrawn them)."""
    return bool(connection.scalar(_IS_DEMONSTRATION))


def standing() -> ColumnElement[bool]:
    """SQL: the loads that stand: not rolled back, and of the demonstration only until real files come."""
    others = load.alias("others")
    region = exists().where(others.c.kind == "region", others.c.status != "rolled_back")
    return and_(load.c.status != "rolled_back", not_(and_(load.c.kind == "demo", region)))


@once
def read_loaded(connection: Connection) -> frozenset[str]:
    """The names of the sources of which a load stands, even one without a row left."""
    return frozenset(connection.scalars(_LOADED))


def missing_source(connection: Connection, names: Sequence[str]) -> str | None:
    """Why a figure that needs these sources is unknown: « registre du label non chargé »; None when it is not.

    A source that supplements another of them is not needed, and any of the two will do.
    """
    loaded = read_loaded(connection)
    present = {part for name in names if name in loaded for part in (name, source_named(name).supplements)}
    needed = (source for source in map(source_named, names) if not source.supplements)
    return sentence_list([source.unloaded for source in needed if source.name not in present]) or None


def _stands(kind: str) -> Exists:
    return exists().where(load.c.kind == kind, load.c.status != "rolled_back")


_LOADED = select(load.c.source).where(standing()).distinct()
_STATES = select(source_state)
_IS_DEMONSTRATION = select(_stands("demo") & ~_stands("region"))


def read_last_load(connection: Connection) -> int | None:
    """The latest load that stands."""
    return connection.scalar(
        select(load.c.load_id).where(load.c.status != "rolled_back").order_by(load.c.load_id.desc()).limit(1)
    )
