"""Writes the database of a past load: rows that were live then, and roll-ups computed from them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import URL, Connection, Engine, Select, Table, insert, null, or_, select

from data.engine import open_engine, reading
from data.migrations import migrated_writing
from data.schema import ROLL_UPS, VERSION_TABLES, load, metadata, remark, roll_up_version
from etl.preparation.upgrade import upgrade_database

PARIS = ZoneInfo("Europe/Paris")
UTC = ZoneInfo("UTC")
ROWS_PER_STATEMENT = 10_000
LEFT_OUT = (*ROLL_UPS, roll_up_version, remark)  # computed again; remarks change no figure


class PastError(Exception):
    """The past cannot be written; the message, in French, is the reason."""


def write_past(source: Engine, load_id: int, path: Path) -> None:
    """Write a new SQLite database with what `source` knew when load `load_id` had just come.

    A row was live then when its load is not later, and none but a later load has ended it. The rows of a load that was
    rolled back since are gone: they are missing. Roll-ups are those of the day of the load. Raises PastError when the
    load is unknown or rolled back, or the file exists.
    """
    if path.exists():
        raise PastError(f"«\u202f{path}\u202f» existe déjà\u202f: il n’est pas remplacé.")
    with reading(source) as connection:
        day = _day_of_load(connection, load_id)
        target = open_engine(URL.create("sqlite", database=str(path)))
        try:
            with migrated_writing(target) as past:
                for table in metadata.sorted_tables:
                    if table not in LEFT_OUT:
                        _copy(connection, past, table, load_id)
                upgrade_database(past, day)
        finally:
            target.dispose()


def _day_of_load(connection: Connection, load_id: int) -> date:
    """The day in Paris on which a load came. Raises PastError."""
    loaded_at = {row.load_id: row.loaded_at for row in connection.execute(_ACTIVE_LOADS)}.get(load_id)
    if loaded_at is None:
        raise PastError(f"Le chargement {load_id} n’existe pas, ou il a été annulé.")
    day: date = loaded_at.replace(tzinfo=UTC).astimezone(PARIS).date()
    return day


_ACTIVE_LOADS = select(load.c.load_id, load.c.loaded_at).where(load.c.status != "rolled_back")


def _copy(connection: Connection, past: Connection, table: Table, load_id: int) -> None:
    rows = connection.execute(_rows_known_at(table, load_id), execution_options={"yield_per": ROWS_PER_STATEMENT})
    for part in rows.mappings().partitions():
        past.execute(insert(table), [dict(row) for row in part])


def _rows_known_at(table: Table, load_id: int) -> Select[tuple[object, ...]]:
    """The rows of a table as of a load: what a later load has ended is live again."""
    if "load_id" not in table.c:
        return select(table)
    if table not in VERSION_TABLES:
        return select(table).where(table.c.load_id <= load_id)
    ended_by = table.c.ended_by
    columns = [column for column in table.c if column is not ended_by]
    was_live = or_(ended_by.is_(None), ended_by > load_id)
    return select(*columns, null().label("ended_by")).where(table.c.load_id <= load_id, was_live)
