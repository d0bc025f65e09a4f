"""State of the data: loads, missing sources, refused rows, aid without a commune."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, func, select

from data.cube import all_time_condition
from data.facts.aid import AID_CUBE, VOTE_STEPS
from data.facts.scope import NO_CODE
from data.queries.sources import is_active_load, read_provenance
from data.schema import VERSION_TABLES, aid_file, aid_total, load, outline
from data.sources import SOURCES, Source

LiveRows = Mapping[str, Mapping[int, int]]  # version table -> load -> number of its live rows


@dataclass(frozen=True)
class Freshness:
    """One source: its latest active load (None: never loaded), and the state of all its active loads.

    `rows` is the number of live rows of its table; `absent` of those that its latest file does not hold, for a source
    with `is_full_list`; `kind` that of the load (reference, demo, region).
    """

    source: Source
    load_id: int | None
    loaded: date | None
    file: str
    kind: str
    rows: int
    absent: int
    last_day: date | None
    rejects: int
    rejected_amount: Decimal


@dataclass(frozen=True)
class UnplacedAid:
    """Number and voted euros of the aid files of the levers without a commune, and of all files of the levers."""

    files: int
    amount: Decimal
    all_files: int
    all_amount: Decimal


def read_live_rows(connection: Connection) -> LiveRows:
    """Number of live rows by version table and load."""
    return {
        table.name: {
            row.load_id: row.rows
            for row in connection.execute(
                select(table.c.load_id, func.count().label("rows"))
                .where(table.c.ended_by.is_(None))
                .group_by(table.c.load_id)
            )
        }
        for table in VERSION_TABLES
    }


def read_freshness(connection: Connection, live_rows: LiveRows) -> tuple[Freshness, ...]:
    """Freshness of each source, in the order of SOURCES."""
    loads: dict[str, list[tuple[int, date, str, str, int]]] = {}
    for row in connection.execute(select(load).where(is_active_load()).order_by(load.c.load_id)):
        loads.setdefault(row.source, []).append((row.load_id, row.loaded_at.date(), row.file, row.kind, row.accepted))
    states = read_provenance(connection).states
    freshness = []
    for source in SOURCES:
        source_loads = loads.get(source.name, [])
        number, day, file, kind, accepted = source_loads[-1] if source_loads else (None, None, "", "", 0)
        rows = sum(live_rows[source.table].get(source_load[0], 0) for source_load in source_loads)
        absent = max(0, rows - accepted) if source_loads and source.is_full_list else 0
        state = states.get(source.name)
        freshness.append(
            Freshness(
                source,
                number,
                day,
                file,
                kind,
                rows,
                absent,
                state.last_day if state and not source.is_scheduled else None,
                state.rejects if state else 0,
                state.rejected_amount if state else Decimal(0),
            )
        )
    return tuple(freshness)


def read_unplaced_aid(connection: Connection) -> UnplacedAid:
    """Voted files of the levers without a commune, and all of them."""
    files = aid_file.c
    conditions = (files.family == "lever", files.is_voted, files.dep == NO_CODE)
    unplaced = connection.execute(
        select(func.count(), func.coalesce(func.sum(files.voted), 0)).where(*conditions)
    ).one()
    rows = aid_total.c
    all_files = connection.execute(
        select(func.coalesce(func.sum(rows.files), 0), func.coalesce(func.sum(rows.amount), 0)).where(
            rows.family == "lever", rows.step.in_(VOTE_STEPS), all_time_condition(AID_CUBE, rows)
        )
    ).one()
    return UnplacedAid(unplaced[0], Decimal(unplaced[1]), all_files[0], Decimal(all_files[1]))


def read_outline_sources(connection: Connection) -> tuple[str, ...]:
    """The distinct sources of the outlines of maps, in order."""
    return tuple(connection.scalars(select(outline.c.source).distinct().order_by(outline.c.source)))
