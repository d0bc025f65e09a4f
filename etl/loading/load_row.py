"""The `load` row of a file: opened before its rows, which refer to it, and closed with their counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Connection, func, insert, select, update

from data.schema import load
from etl.checks.causes import by_cause
from etl.loading import refusals
from etl.loading.delivery import Delivery
from etl.loading.merge import Merged
from etl.loading.report import Report
from etl.loading.rollback import end_demonstration

Kind = Literal["reference", "demo", "region"]


@dataclass(frozen=True)
class OpenLoad:
    """A load whose counts are still to come. `load_id`: its number, to which every row of the file refers; `digest`: of
    the bytes of the file; `ended`: the loads of the demonstration that it ends, when it is the Région's first.
    """

    load_id: int
    digest: str
    ended: tuple[int, ...]


def open_load(connection: Connection, report: Report, digest: str, kind: Kind) -> OpenLoad:
    """Write the `load` row of a file, its counts nought; the Région's first load ends the demonstration."""
    load_id = (connection.scalar(select(func.max(load.c.load_id))) or 0) + 1
    connection.execute(
        insert(load).values(
            load_id=load_id,
            source=report.source,
            file=report.file,
            sha256=digest,
            content_hash="",
            kind=kind,
            status="loaded",
            loaded_at=datetime.now(UTC).replace(tzinfo=None),
            accepted=0,
            rejected=0,
            unchanged=0,
            replaced=0,
            warnings=0,
        )
    )
    return OpenLoad(load_id, digest, tuple(end_demonstration(connection, load_id)) if kind == "region" else ())


def close_load(connection: Connection, report: Report, delivery: Delivery, merged: Merged, load_id: int) -> Report:
    """Write the rejects, the remarks and the counts of a load. Returns the report with the counts."""
    source = delivery.layout.source
    refusals.close_settled_rejects(connection, source, report.file, load_id, delivery.settled)
    refusals.write_rejects(connection, source, load_id, report.problems, delivery.rejected_rows)
    refusals.write_remarks(connection, load_id, by_cause(report.remarks, {}, report.causes))
    report = replace(
        report,
        status="loaded_with_rejects" if report.rejected else "loaded",
        load=load_id,
        added=merged.added,
        unchanged=merged.unchanged,
        replaced=merged.replaced,
        ended=merged.ended,
    )
    connection.execute(
        update(load)
        .where(load.c.load_id == load_id)
        .values(
            content_hash=delivery.content,
            status=report.status,
            accepted=report.accepted,
            rejected=report.rejected,
            unchanged=report.unchanged,
            replaced=report.replaced,
            warnings=report.warnings,
        )
    )
    return report
