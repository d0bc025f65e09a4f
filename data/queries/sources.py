"""What is known of each source: the date of its last fact, and the lines to correct."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, Exists, and_, exists, not_, select

from data.engine import cached_on_snapshot
from data.i18n import sentence_list
from data.queries.refused_scope import read_refusal_counts
from data.schema import load, source_state
from data.selection import Selection
from data.sources import source_named


@dataclass(frozen=True)
class SourceState:
    """One source: its last fact (None without any), its refused rows of a selection and the money in them; `unplaced`
    are those that do not say whether they belong to it (of the whole Région).
    """

    name: str
    last_day: date | None
    rejects: int
    rejected_amount: Decimal
    unplaced: int = 0
    unplaced_amount: Decimal = Decimal(0)


@dataclass(frozen=True)
class Provenance:
    """Where everything on a page comes from: the state of each source that has one, whether data are invented, and the
    sources of which a load stands.
    """

    states: Mapping[str, SourceState]
    is_demonstration: bool
    loaded_sources: frozenset[str] = frozenset()


def read_provenance(connection: Connection, selection: Selection | None = None) -> Provenance:
    """Read once for all that a page shows; refused rows are those of the selection (None: all of them)."""
    states = {row.source: SourceState(*row) for row in connection.execute(_SOURCE_STATES)}
    refused = None if selection is None else read_refusal_counts(connection, selection)
    if refused is not None:
        nothing = (0, Decimal(0), 0, Decimal(0))
        states = {
            name: SourceState(name, state.last_day, *refused.get(name, nothing)) for name, state in states.items()
        }
    return Provenance(states, read_is_demonstration(connection), read_loaded_sources(connection))


def read_is_demonstration(connection: Connection) -> bool:
    """Whether demonstration data stand in the database (no load of the Région's files has withdrawn them)."""
    return bool(connection.scalar(_IS_DEMONSTRATION))


def is_active_load() -> ColumnElement[bool]:
    """SQL: the loads that stand: not rolled back, and of the demonstration only until real files come."""
    others = load.alias("others")
    region = exists().where(others.c.kind == "region", others.c.status != "rolled_back")
    return and_(load.c.status != "rolled_back", not_(and_(load.c.kind == "demo", region)))


@cached_on_snapshot
def read_loaded_sources(connection: Connection) -> frozenset[str]:
    """The names of the sources of which a load stands, even one without a row left."""
    return frozenset(connection.scalars(_LOADED_SOURCES))


def missing_source_reason(connection: Connection, names: Sequence[str]) -> str | None:
    """Why a figure that needs these sources is unknown: « registre du label non chargé »; None when it is not.

    A source that supplements another of them is not needed, and any of the two will do.
    """
    loaded = read_loaded_sources(connection)
    present = {part for name in names if name in loaded for part in (name, source_named(name).supplements)}
    needed = (source for source in map(source_named, names) if not source.supplements)
    return sentence_list([source.never_loaded_text for source in needed if source.name not in present]) or None


def _has_active_load(kind: str) -> Exists:
    return exists().where(load.c.kind == kind, load.c.status != "rolled_back")


_LOADED_SOURCES = select(load.c.source).where(is_active_load()).distinct()
_SOURCE_STATES = select(
    source_state.c.source, source_state.c.last_day, source_state.c.rejects, source_state.c.rejected_amount
)
_IS_DEMONSTRATION = select(_has_active_load("demo") & ~_has_active_load("region"))


def read_last_load(connection: Connection) -> int | None:
    """The latest load that stands."""
    return connection.scalar(
        select(load.c.load_id).where(load.c.status != "rolled_back").order_by(load.c.load_id.desc()).limit(1)
    )
