"""Loads of the same content: a file that would change nothing is not loaded once more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, literal, select

from data.i18n import day_short
from data.schema import load
from data.sources import Source
from etl.loading.delivery import Delivery
from etl.loading.load_row import OpenLoad
from etl.loading.merge import Merge, any_live, changes_nothing
from etl.loading.report import NotLoaded, Report
from etl.problems import Problem
from etl.sources import sources_beside


def stop_if_already_loaded(connection: Connection, report: Report, digest: str, source: Source) -> None:
    """Raise NotLoaded before a file is read, when its bytes were accepted whole and no load since can have changed its
    rows.
    """
    known = _same_content(connection, report, load.c.sha256 == digest)
    if known is None:
        return
    others = load.alias("others")
    touching = exists().where(
        others.c.load_id != known.load_id,
        others.c.source.in_(sources_beside(source)),
        (others.c.load_id > known.load_id) | (others.c.status == "rolled_back"),
    )
    withdrawing = exists().where(others.c.kind == "region", literal(known.kind) == "demo")
    if not connection.scalar(select(touching | withdrawing)):
        raise _already_loaded(report, known)


def stop_if_nothing_changes(
    connection: Connection, report: Report, opened: OpenLoad, jobs: Sequence[Merge], delivery: Delivery
) -> None:
    """Raise NotLoaded when a file of the same content was loaded before and the merge would change nothing."""
    same = (load.c.sha256 == opened.digest) | (load.c.content_hash == delivery.content)
    known = _same_content(connection, report, same)
    if known and (known.load_id in opened.ended or _changes_nothing(connection, jobs, delivery)):
        raise _already_loaded(report, known)


def _changes_nothing(connection: Connection, jobs: Sequence[Merge], delivery: Delivery) -> bool:
    if any_live(connection, jobs[0].version, delivery.cancelled_keys):
        return False
    return all(changes_nothing(connection, job) for job in jobs)


def _same_content(connection: Connection, report: Report, same: ColumnElement[bool]) -> Row[Any, Any, Any, Any] | None:
    """The last load of the same content with as many refused rows, not rolled back."""
    return connection.execute(
        select(load.c.load_id, load.c.loaded_at, load.c.file, load.c.kind)
        .where(same, load.c.source == report.source, load.c.status != "rolled_back", load.c.content_hash != "")
        .where(load.c.rejected == report.rejected)
        .order_by(load.c.load_id.desc())
        .limit(1)
    ).first()


def _already_loaded(report: Report, known: Row[Any, Any, Any, Any]) -> NotLoaded:
    message = f"Déjà chargé le {day_short(known.loaded_at.date())} (chargement {known.load_id}, {known.file})."
    remark = Problem("warning", 0, None, None, message)
    return NotLoaded(Report(report.file, report.source, "already_loaded", load=known.load_id, remarks=(remark,)))
