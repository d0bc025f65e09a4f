"""Identity tables: give a number to a key the first time that a delivery names it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, Connection, Table, exists, func, insert, literal, select, update

from data import schema


@dataclass(frozen=True)
class Identity:
    """An identity table, its key in the files, and its number (None when the key itself is the identity)."""

    table: Table
    natural: str
    number: str | None


IDENTITIES: dict[str, Identity] = {
    "place_version": Identity(schema.place, "code", "place_id"),
    "meeting_place": Identity(schema.place, "code", "place_id"),
    "aid_version": Identity(schema.aid, "reference", "aid_id"),
    "aid_step": Identity(schema.aid, "reference", "aid_id"),
    "scheme_version": Identity(schema.scheme, "code", None),
    "partner_version": Identity(schema.partner, "code", None),
}


def resolve_identities(connection: Connection, identity: Identity, stage: Table, load_id: int) -> None:
    """Create the identities that the stage names for the first time, and write the numbers of all into it."""
    table, natural = identity.table, identity.natural
    known = exists().where(table.c[natural] == stage.c[natural])
    new = select(stage.c[natural].label("key")).where(~known).distinct().subquery("new")
    values: list[Column[object]] = [new.c.key, literal(load_id)]  # type: ignore[list-item]
    names = [natural, "load_id"]
    if identity.number:
        latest = select(func.coalesce(func.max(table.c[identity.number]), 0)).scalar_subquery()
        values.insert(0, latest + func.row_number().over(order_by=new.c.key))  # type: ignore[arg-type]
        names.insert(0, identity.number)
    connection.execute(insert(table).from_select(names, select(*values)))
    if identity.number:
        number = select(table.c[identity.number]).where(table.c[natural] == stage.c[natural]).scalar_subquery()
        connection.execute(update(stage).values({identity.number: number}))
