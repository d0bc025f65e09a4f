"""Rollback of a load: the database is as before it; and the first real load, which ends the demonstration."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, func, or_, select, update

from data.schema import IDENTITY_TABLES, ROLL_UPS, VERSION_TABLES, attendance, is_live, load, remark
from data.types import month_of


class RollbackRefused(Exception):  # noqa: N818  a refusal, in French, not a failure
    """The load cannot be rolled back; the message, in French, gives the reason and the dependent loads."""


def end_demonstration(connection: Connection, load_id: int) -> list[int]:
    """End every row of the demonstration on behalf of the first active load of the Région's files.

    Returns the loads that it ends; none when another load of the Région already did.
    """
    is_active = load.c.status != "rolled_back"
    if connection.scalar(select(func.count()).where(load.c.kind == "region", is_active, load.c.load_id != load_id)):
        return []
    loads = list(connection.scalars(select(load.c.load_id).where(load.c.kind == "demo", is_active)))
    for table in VERSION_TABLES if loads else ():
        connection.execute(update(table).values(ended_by=load_id).where(is_live(table), table.c.load_id.in_(loads)))
    return loads


def roll_back(connection: Connection, load_id: int) -> frozenset[str]:
    """Remove the rows of a load and re-open those that it ended. Returns the names of the tables that changed.

    Raises RollbackRefused when the load is unknown, already rolled back, or when later loads depend on its rows.
    """
    require_load(connection, load_id)
    dependents = sorted(
        {
            *_replacing_loads(connection, load_id),
            *_dependent_loads(connection, load_id),
            *_loads_after_demonstration(connection, load_id),
        }
    )
    if dependents:
        names = ", ".join(str(one) for one in dependents)
        plural = "s" if len(dependents) > 1 else ""
        raise RollbackRefused(
            f"Le chargement {load_id} ne peut pas être annulé\u202f: le{plural} chargement{plural} {names} "
            f"repose{'nt' if plural else ''} sur ses lignes. Annulez d’abord le plus récent."
        )
    changed = {table.name for table in VERSION_TABLES if connection.scalar(_count_changed(table, load_id))}
    for table in VERSION_TABLES:
        connection.execute(delete(table).where(table.c.load_id == load_id))
        connection.execute(update(table).values(ended_by=None).where(table.c.ended_by == load_id))
    for identity in IDENTITY_TABLES:
        _delete_identities(connection, identity, load_id)
    connection.execute(delete(remark).where(remark.c.load_id == load_id))
    connection.execute(update(load).values(status="rolled_back").where(load.c.load_id == load_id))
    return frozenset(changed)


def require_load(connection: Connection, load_id: int) -> None:
    """Raise RollbackRefused unless the load is there and not rolled back yet. `load_id` may be any integer."""
    known = {row.load_id: row.status for row in connection.execute(select(load.c.load_id, load.c.status))}
    if load_id not in known:  # compared here: a database has no integers beyond 64 bits
        raise RollbackRefused(f"Le chargement {load_id} n’existe pas.")
    if known[load_id] == "rolled_back":
        raise RollbackRefused(f"Le chargement {load_id} est déjà annulé.")


def _delete_identities(connection: Connection, identity: Table, load_id: int) -> None:
    """Delete the identities that a load created, and their rows in the roll-ups, which are recomputed afterwards."""
    named = select(next(iter(identity.primary_key))).where(identity.c.load_id == load_id)
    for table, columns in _referring(identity, ROLL_UPS):
        for name in columns:
            connection.execute(delete(table).where(table.c[name].in_(named)))
    connection.execute(delete(identity).where(identity.c.load_id == load_id))


def attendance_pairs(load_id: int) -> Select[Any]:
    """The (place_id, month) pairs that a load added or ended."""
    return select(attendance.c.place_id, month_of(attendance.c.starts).label("month")).where(
        or_(attendance.c.load_id == load_id, attendance.c.ended_by == load_id)
    )


def _count_changed(table: Table, load_id: int) -> Select[Any]:
    return select(func.count()).select_from(table).where(or_(table.c.load_id == load_id, table.c.ended_by == load_id))


def _replacing_loads(connection: Connection, load_id: int) -> Iterator[int]:
    """Later loads that ended rows of this one."""
    for table in VERSION_TABLES:
        yield from connection.scalars(
            select(table.c.ended_by).where(table.c.load_id == load_id, table.c.ended_by.is_not(None)).distinct()
        )


def _dependent_loads(connection: Connection, load_id: int) -> Iterator[int]:
    """Other loads whose rows refer to a place, aid, scheme or partner that this one was the first to name."""
    for identity in IDENTITY_TABLES:
        named = select(next(iter(identity.primary_key))).where(identity.c.load_id == load_id)
        for table, columns in _referring(identity, VERSION_TABLES):
            for name in columns:
                yield from connection.scalars(
                    select(table.c.load_id).where(table.c[name].in_(named), table.c.load_id != load_id).distinct()
                )


def _loads_after_demonstration(connection: Connection, load_id: int) -> Iterator[int]:
    """Other loads of the Région, when this one ended the demonstration: it must not come back beside their figures."""
    demo = select(load.c.load_id).where(load.c.kind == "demo")
    ended = (
        select(func.count()).select_from(table).where(table.c.ended_by == load_id, table.c.load_id.in_(demo))
        for table in VERSION_TABLES
    )
    if any(connection.scalar(query) for query in ended):
        yield from connection.scalars(
            select(load.c.load_id).where(
                load.c.kind == "region", load.c.status != "rolled_back", load.c.load_id != load_id
            )
        )


def _referring(identity: Table, tables: Sequence[Table]) -> Iterator[tuple[Table, Sequence[str]]]:
    """Those of the tables that refer to an identity, and by which columns."""
    for table in tables:
        names = [key.parent.name for key in table.foreign_keys if key.column.table is identity]
        if names:
            yield table, names
