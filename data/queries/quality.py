"""Whether the figures may be published: what was loaded and when, what is missing, what is refused."""

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

CALLED = ("sessions",)  # sources whose days are set in advance: no facts
WHOLE = ("places", "aids", "mediation-places")  # sources of which each delivery is meant to be the whole list

LiveRows = Mapping[str, Mapping[int, int]]  # version table -> load -> its rows that stand


@dataclass(frozen=True)
class Freshness:
    """One source: the latest load that stands (None: never loaded) and what stands of all its loads.

    `rows` is of the source's own table; `absent` those that its latest delivery did not hold, for a source that is
    always sent whole; `kind` is that of the load (reference, demo, region).
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
    """Aid files of the levers without a commune, and their voted euros; and the same of all files."""

    files: int
    amount: Decimal
    all_files: int
    all_amount: Decimal


def read_live_rows(connection: Connection) -> LiveRows:
    """The rows that stand in each version table, by the load that told them."""
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
    """One per source, in their order."""
    loads: dict[str, list[tuple[int, date, str, str, int]]] = {}
    for row in connection.execute(select(load).where(is_active_load()).order_by(load.c.load_id)):
        loads.setdefault(row.source, []).append((row.load_id, row.loaded_at.date(), row.file, row.kind, row.accepted))
    states = read_provenance(connection).states
    found = []
    for source in SOURCES:
        mine = loads.get(source.name, [])
        number, day, file, kind, accepted = mine[-1] if mine else (None, None, "", "", 0)
        rows = sum(live_rows[source.table].get(one[0], 0) for one in mine)
        absent = max(0, rows - accepted) if mine and source.name in WHOLE else 0
        state = states.get(source.name)
        found.append(
            Freshness(
                source,
                number,
                day,
                file,
                kind,
                rows,
                absent,
                state.last_day if state and source.name not in CALLED else None,
                state.rejects if state else 0,
                state.rejected_amount if state else Decimal(0),
            )
        )
    return tuple(found)


def read_unplaced_aid(connection: Connection) -> UnplacedAid:
    """Voted files of the levers, with and without a commune."""
    files = aid_file.c
    kept = (files.family == "lever", files.is_voted, files.dep == NO_CODE)
    nowhere = connection.execute(select(func.count(), func.coalesce(func.sum(files.voted), 0)).where(*kept)).one()
    rows = aid_total.c
    every = connection.execute(
        select(func.coalesce(func.sum(rows.files), 0), func.coalesce(func.sum(rows.amount), 0)).where(
            rows.family == "lever", rows.step.in_(VOTE_STEPS), all_time_condition(AID_CUBE, rows)
        )
    ).one()
    return UnplacedAid(nowhere[0], Decimal(nowhere[1]), every[0], Decimal(every[1]))


def read_outline_sources(connection: Connection) -> tuple[str, ...]:
    """Where the outlines of the maps come from, once each."""
    return tuple(connection.scalars(select(outline.c.source).distinct().order_by(outline.c.source)))
