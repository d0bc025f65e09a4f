"""What one file does to the database, inside the transaction that its caller keeps or drops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, func, insert, literal, select, update

from data.i18n import count, day_short
from data.schema import VERSION_TABLES, load, metadata
from data.sources import Source
from etl import rollups
from etl.failures import require_regular_file
from etl.files import modified, open_table, safe_name, sha256
from etl.files.recognition import recognise, signature_of
from etl.loading import duplicates, identities, refusals
from etl.loading.delivery import Delivery, describe_duplicates, stage_rows
from etl.loading.indicator_changes import Figures, changes_between, read_figures
from etl.loading.merge import Merge, Merged, any_live, end_cancelled, is_merged, merge
from etl.loading.plausibility import find_doubts, too_many_refused
from etl.loading.progress import OnProgress
from etl.loading.report import NotLoaded, Report
from etl.loading.rollback import attendance_pairs, end_demonstration
from etl.loading.staging import drop_stage
from etl.problems import Problem
from etl.reference_data import read_reference_data
from etl.sources import sources_beside

Kind = Literal["reference", "demo", "region"]


@dataclass(frozen=True)
class LoadOptions:
    """How files are to be loaded. `confirm`: somebody has read why a file was held; `keep` False: a rehearsal."""

    today: date
    source: str | None = None
    confirm: bool = False
    kind: Kind = "region"
    keep: bool = True


def apply_file(
    connection: Connection, path: Path, options: LoadOptions, earlier: Sequence[int], progress: OnProgress | None
) -> Report:
    """Read, check and merge a file. Raises UnreadableFile, HeldFile or Withheld: then nothing is to be kept."""
    require_regular_file(path)
    before, digest = path.stat(), sha256(path)
    figures: Figures = {} if options.keep else read_figures(connection, options.today)
    with open_table(path, signature=signature_of(options.source), repair=options.confirm) as sheet:
        layout = recognise(sheet.header, options.source)
        report = Report(safe_name(path.name), layout.source.name, "loaded")
        _stop_if_untouched(connection, report, digest, layout.source)
        load_id = _open_load(connection, report, digest, options)
        ended = end_demonstration(connection, load_id) if options.kind == "region" else []
        delivery = stage_rows(
            connection, sheet, layout, read_reference_data(connection, options.today, layout.source), progress
        )
    _reject_duplicates(connection, path, delivery, options)
    if (path.stat().st_mtime_ns, path.stat().st_size) != (before.st_mtime_ns, before.st_size):
        raise modified()
    report = _with_counts(report, delivery, sheet.name or None, ended)
    if delivery.read and not report.accepted:
        raise NotLoaded(replace(report, status="refused"))
    jobs = [_job(connection, name, delivery, load_id) for name in delivery.stages]
    known = _same_content(connection, report, (load.c.sha256 == digest) | (load.c.content_hash == delivery.content))
    if known and (known.load_id in ended or _is_standing(connection, jobs, delivery)):
        raise _already_loaded(report, known)
    if not options.confirm:
        doubts = find_doubts(connection, jobs, delivery, earlier, sheet.footer)
        _hold(report, [too_many_refused(delivery.read, report.rejected), *doubts])
    merged = [merge(connection, job, load_id, sheet.name or None) for job in jobs]
    end_cancelled(connection, jobs[0].version, delivery.cancelled_keys, load_id)
    report = _close_load(connection, report, delivery, merged[0], load_id)
    _refresh(connection, delivery, load_id, options.today, demonstration_ended=bool(ended))
    for stage in delivery.stages.values():
        drop_stage(connection, stage)
    return (
        report
        if options.keep
        else replace(report, indicator_changes=changes_between(figures, read_figures(connection, options.today)))
    )


def _stop_if_untouched(connection: Connection, report: Report, digest: str, source: Source) -> None:
    """Stop before a file is read, when it was accepted whole and no load since can have touched its rows."""
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


def _is_standing(connection: Connection, jobs: Sequence[Merge], delivery: Delivery) -> bool:
    """Whether the database says today all that the file says: loading it would change nothing."""
    if any_live(connection, jobs[0].version, delivery.cancelled_keys):
        return False
    return all(is_merged(connection, job) for job in jobs)


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


def _open_load(connection: Connection, report: Report, digest: str, options: LoadOptions) -> int:
    """The `load` row to which every other row of the file refers; its counts come at the end."""
    load_id = (connection.scalar(select(func.max(load.c.load_id))) or 0) + 1
    connection.execute(
        insert(load).values(
            load_id=load_id,
            source=report.source,
            file=report.file,
            sha256=digest,
            content_hash="",
            kind=options.kind,
            status="loaded",
            loaded_at=datetime.now(UTC).replace(tzinfo=None),
            accepted=0,
            rejected=0,
            unchanged=0,
            replaced=0,
            warnings=0,
        )
    )
    return load_id


def _reject_duplicates(connection: Connection, path: Path, delivery: Delivery, options: LoadOptions) -> None:
    refused, warnings = duplicates.reject_duplicates(connection, delivery.layout.source, list(delivery.stages.values()))
    if refused:
        with open_table(path, signature=signature_of(options.source), repair=options.confirm) as again:
            describe_duplicates(delivery, again, {problem.line for problem in refused})
    if delivery.incomplete:
        places = count(len(delivery.incomplete), "lieu dont une ligne est", "lieux dont une ligne est")
        message = f"{places} à corriger\u202f: ce qui était déjà connu et manque au fichier est gardé."
        warnings.append(Problem("warning", 0, None, None, message))
    delivery.refused += refused
    delivery.warnings += warnings
    delivery.warned += len(warnings)


def _with_counts(report: Report, delivery: Delivery, sheet: str | None, ended: Sequence[int]) -> Report:
    """The report with its counts and everything that was said of the rows."""
    rejected = len({problem.line for problem in delivery.refused})
    warnings = list(delivery.warnings)
    if ended:
        message = f"Ce chargement retire les données de démonstration ({len(ended)} fichiers)."
        warnings.insert(0, Problem("warning", 0, None, None, message))
    return replace(
        report,
        accepted=delivery.read - rejected,
        rejected=rejected,
        warnings=delivery.warned + bool(ended),
        problems=tuple(replace(problem, sheet=sheet) for problem in sorted(delivery.refused, key=_line)),
        remarks=tuple(replace(problem, sheet=sheet) for problem in warnings[: refusals.REMARKS_KEPT]),
        cents={line: row["amount"] for line, row in delivery.found.items() if row["amount"] is not None},
        causes=delivery.formats.warned,
    )


def _line(problem: Problem) -> int:
    return problem.line


def _job(connection: Connection, name: str, delivery: Delivery, load_id: int) -> Merge:
    """The merge of a stage, once the identities that it names have their numbers."""
    version, stage = metadata.tables[name], delivery.stages[name]
    if name in identities.IDENTITIES:
        identities.resolve_identities(connection, identities.IDENTITIES[name], stage, load_id)
    key = tuple(column.name for column in version.primary_key if column.name != "load_id")
    derived = next((one for one in delivery.source.derived if one.table == name), None)
    if derived:
        return Merge(version, stage, key, derived.complete_for)
    return Merge(version, stage, key, delivery.layout.source.complete_for, frozenset(delivery.incomplete))


def _hold(report: Report, doubts: Sequence[str | None]) -> None:
    reasons = [doubt for doubt in doubts if doubt]
    if reasons:
        reasons.append("Rien n’a été chargé. Si c’est bien voulu, relancez la commande avec --confirm.")
        problem = Problem("refused", 0, None, None, " ".join(reasons))
        raise NotLoaded(replace(report, status="held", problems=(problem, *report.problems)))


def _close_load(connection: Connection, report: Report, delivery: Delivery, merged: Merged, load_id: int) -> Report:
    """Keep what was refused and said, and write the counts of the load."""
    source = delivery.layout.source
    refusals.close_corrected(connection, source, report.file, load_id, delivery.settled)
    refusals.keep_refused(connection, source, load_id, report.problems, delivery.found)
    refusals.keep_remarks(connection, load_id, report.remarks)
    report = replace(
        report,
        status="loaded_with_rejects" if report.rejected else "loaded",
        load=load_id,
        unchanged=merged.unchanged,
        replaced=merged.replaced,
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


def _refresh(
    connection: Connection, delivery: Delivery, load_id: int, today: date, *, demonstration_ended: bool
) -> None:
    tables, months_of = set(delivery.stages), delivery.source.attendance_months
    pairs: list[Select[Any]] = [months_of(delivery.stages[delivery.source.columns.table])] if months_of else []
    if demonstration_ended:
        tables |= {table.name for table in VERSION_TABLES}
        pairs.append(attendance_pairs(load_id))
    if pairs:
        rollups.touch(connection, pairs)
    rollups.refresh(connection, frozenset(tables), today)
