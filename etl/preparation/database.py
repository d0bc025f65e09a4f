"""Makes a database ready: latest schema, territory, policy, roll-ups of today's definitions, demonstration."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, func, insert, select

from data import reference, schema
from data.definitions import definitions_version, read_definitions_version
from data.demo import DEMO_FILES
from data.engine import reading, writing
from data.migrations import migrated_writing
from data.readiness import find_not_ready_reason
from etl.failures import PreparationError
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_within
from etl.loading.progress import OnProgress
from etl.loading.report import NOTHING_LOADED, Report
from etl.preparation.outlines import write_outlines
from etl.preparation.upgrade import upgrade_database

WRITER_WAIT_SECONDS = 600  # seconds: another process may be bringing up a large database


def prepare(engine: Engine, today: date, *, recompute: bool = False) -> None:
    """Create the database or bring it up to this version, in one transaction; nothing is done to one that is ready.

    `recompute`: every roll-up is computed again in any case. Of two processes that come at once, one waits and finds
    the work done. Raises PreparationError when the policy cannot be loaded, MigrationError, WriterBusyError.
    """
    if find_not_ready_reason(engine) is None and not recompute:
        return
    with migrated_writing(engine, WRITER_WAIT_SECONDS) as connection:
        _fill_territory(connection)
        _load_policy(connection, today)
        if recompute or read_definitions_version(connection) != definitions_version():
            upgrade_database(connection, today)


def complete_demonstration(engine: Engine, today: date, progress: OnProgress | None = None) -> int:
    """Load what is missing of the demonstration, whole or not at all; returns the rows loaded.

    Nothing is missing once a file of the Région was loaded, even if it was rolled back since; a demonstration file that
    was rolled back is not missing either. Raises PreparationError when a file cannot be loaded, WriterBusyError.
    """
    with reading(engine) as connection:
        if not _missing_demonstration(connection):
            return 0
    with writing(engine, WRITER_WAIT_SECONDS) as connection:
        missing = _missing_demonstration(connection)  # read again under the lock: two may start at once
        return _accepted(_load_whole(connection, missing, LoadOptions(today, kind="demo"), progress))


def load_demonstration(engine: Engine, today: date, progress: OnProgress | None = None) -> int:
    """Load the whole demonstration again, or nothing of it; returns the rows loaded.

    Raises PreparationError when files of the Région are loaded, or a file cannot be; WriterBusyError.
    """
    real = select(schema.load.c.load_id).where(schema.load.c.kind == "region", schema.load.c.status != "rolled_back")
    with writing(engine, WRITER_WAIT_SECONDS) as connection:
        if connection.scalar(real.limit(1)) is not None:
            raise PreparationError("Des fichiers de la Région sont chargés\u202f: la démonstration ne s’y ajoute pas.")
        return _accepted(_load_whole(connection, DEMO_FILES, LoadOptions(today, kind="demo"), progress))


def _fill_territory(connection: Connection) -> None:
    for table, rows in TERRITORY.items():
        if not connection.scalar(select(func.count()).select_from(table)):
            connection.execute(insert(table), rows())
    if not connection.scalar(select(func.count()).select_from(schema.outline)):
        write_outlines(connection, reference.read_outlines())


def _load_policy(connection: Connection, today: date) -> None:
    """Load the policy packaged with the application, once for each source: never a newer edition of a file of ours, nor
    one that was rolled back, nor beside a file of the Région.
    """
    known = set(connection.scalars(select(schema.load.c.source).where(schema.load.c.kind != "demo")))
    files = [path for path in reference.POLICY_FILES if path.stem not in known]
    _load_whole(connection, files, LoadOptions(today, kind="reference"), None)


def _missing_demonstration(connection: Connection) -> list[Path]:
    loads = connection.execute(select(schema.load.c.kind, schema.load.c.file)).all()
    if any(row.kind == "region" for row in loads):
        return []
    known = {row.file for row in loads if row.kind == "demo"}
    return [path for path in DEMO_FILES if path.name not in known]


def _load_whole(
    connection: Connection, files: Sequence[Path], options: LoadOptions, progress: OnProgress | None
) -> list[Report]:
    """Load files of ours. Raises PreparationError when one is not loaded: the caller drops the transaction."""
    reports = load_within(connection, files, options, progress)
    for report in reports:
        if report.status in NOTHING_LOADED:
            raise PreparationError(report.problems[0].message)
    return reports


def _accepted(reports: Sequence[Report]) -> int:
    return sum(report.accepted for report in reports)


def _epci() -> list[dict[str, object]]:
    return [
        {"code": one.code, "name": one.name, "seat_in_normandie": one.seat_in_normandie}
        for one in reference.read_epci()
    ]


def _communes() -> list[dict[str, object]]:
    return [asdict(one) for one in reference.read_communes()]


def _history() -> list[dict[str, object]]:
    return [
        {"old_code": one.old_code, "old_name": one.old_name, "code": one.code, "effective": one.effective_date}
        for one in reference.read_commune_history()
    ]


TERRITORY: Mapping[Table, Callable[[], list[dict[str, object]]]] = {
    schema.departement: lambda: [{"code": one.code, "name": one.name} for one in reference.read_departements()],
    schema.epci: _epci,
    schema.commune: _communes,
    schema.commune_history: _history,
}
"""The reference tables, filled once; a new vintage comes with a migration of its own."""
