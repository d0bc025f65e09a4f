"""State of each source: the date of its last fact, its refused rows."""

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
    """One source: its last fact (None without any), its refused rows of a selection and their amount in euros;
    `unplaced`: refused rows that may belong to the selection.
    """

    name: str
    last_day: date | None
    rejects: int
    rejected_amount: Decimal
    unplaced: int = 0
    unplaced_amount: Decimal = Decimal(0)


@dataclass(frozen=True)
class Provenance:
    """Provenance of the figures of a page: the state of each source, whether data are demonstration, the loaded
    sources.
    """

    states: Mapping[str, SourceState]
    is_demonstration: bool
    loaded_sources: frozenset[str] = frozenset()


def read_provenance(connection: Connection, selection: Selection | None = None) -> Provenance:
    """Provenance for a whole page; refused rows are those of the selection (None: all of them)."""
    states = {row.source: SourceState(*row) for row in connection.execute(_SOURCE_STATES)}
    refused = None if selection is None else read_refusal_counts(connection, selection)
    if refused is not None:
        nothing = (0, Decimal(0), 0, Decimal(0))
        states = {
            name: SourceState(name, state.last_day, *refused.get(name, nothing)) for name, state in states.items()
        }
    return Provenance(states, read_is_demonstration(connection), read_loaded_sources(connection))


def read_is_demonstration(connection: Connection) -> bool:
    """Whether demonstration data are active: loaded, and not withdrawn by a load of the Région's files."""
    return bool(connection.scalar(_IS_DEMONSTRATION))


def is_active_load() -> ColumnElement[bool]:
    """SQL: a load is active: not rolled back, and not of the demonstration once a file of the Région is loaded."""
    other_loads = load.alias("others")
    region = exists().where(other_loads.c.kind == "region", other_loads.c.status != "rolled_back")
    return and_(load.c.status != "rolled_back", not_(and_(load.c.kind == "demo", region)))


@cached_on_snapshot
def read_loaded_sources(connection: Connection) -> frozenset[str]:
    """Names of the sources with an active load, even one without live rows."""
    return frozenset(connection.scalars(_LOADED_SOURCES))


def missing_source_reason(connection: Connection, names: Sequence[str]) -> str | None:
    """The French reason why a figure that needs these sources is unknown: « registre du label non chargé »; None when
    it is known.

    A source and the one that it supplements replace each other: one of them is enough.
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
    """The latest load not rolled back; None without any."""
    return connection.scalar(
        select(load.c.load_id).where(load.c.status != "rolled_back").order_by(load.c.load_id.desc()).limit(1)
    )
