"""One file applied to the database, in a transaction that its caller commits or rolls back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select

from data.i18n import NARROW, count, number
from data.schema import VERSION_TABLES, metadata
from etl.failures import require_regular_file
from etl.files import Sheet, SourceFile, open_file, read_table, require_within_limits, safe_name
from etl.files.mapping import HeaderMapping
from etl.files.recognition import recognise, signature_of
from etl.loading.absences import absent_remarks, unconfirmed_remarks
from etl.loading.amounts import other_amounts
from etl.loading.companies import other_companies
from etl.loading.delivery import Delivery
from etl.loading.duplicates import reject_duplicates
from etl.loading.history import compare_series
from etl.loading.identities import IDENTITIES, resolve_identities
from etl.loading.load_row import Kind, OpenLoad, close_load, open_load
from etl.loading.merge import Merge, Merged, end_cancelled, end_packaged, merge
from etl.loading.plausibility import reasons_to_hold, too_many_refused
from etl.loading.previous import stop_if_already_loaded, stop_if_nothing_changes
from etl.loading.progress import OnProgress
from etl.loading.report import NotLoaded, Report
from etl.loading.rollback import attendance_pairs
from etl.loading.rows import MAX_REFUSED_ROWS, stage_rows
from etl.loading.staging import drop_stage
from etl.problems import Problem
from etl.reference_data import read_reference_data
from etl.sources import load_source_of


@dataclass(frozen=True)
class LoadOptions:
    """How files are loaded. `confirm`: load a doubtful file too; `keep` False: a rehearsal, rolled back at its end;
    `mapping`: the columns of a sender as ours.
    """

    today: date
    source: str | None = None
    confirm: bool = False
    kind: Kind = "region"
    keep: bool = True
    mapping: HeaderMapping | None = None

    @contextmanager
    def open_sheet(self, file: SourceFile, *, repair: bool) -> Iterator[Sheet]:
        """The table of an open file, under our headers. Raises UnreadableFile or HeldFile."""
        signature = self.mapping.signature if self.mapping else signature_of(self.source)
        with read_table(file, signature=signature, repair=repair) as sheet:
            yield self.mapping.apply(sheet) if self.mapping else sheet


def apply_file(
    connection: Connection, path: Path, options: LoadOptions, earlier: Sequence[int], progress: OnProgress | None
) -> Report:
    """Load a file; a rehearsal reports the indicators that it changes.

    `earlier`: the loads of the same command, which the file should not overwrite. Raises UnreadableFile, HeldFile or
    NotLoaded: the caller must then roll back.
    """
    require_regular_file(path)
    if options.keep:
        return _apply(connection, path, options, earlier, progress)
    from etl.loading.indicator_changes import changes_between, read_figures  # noqa: PLC0415  for a rehearsal alone

    figures = read_figures(connection, options.today)
    report = _apply(connection, path, options, earlier, progress)
    return replace(report, indicator_changes=changes_between(figures, read_figures(connection, options.today)))


def _apply(
    connection: Connection, path: Path, options: LoadOptions, earlier: Sequence[int], progress: OnProgress | None
) -> Report:
    """Load a file in eight steps, each done once with what those before it have found."""
    # 1. Open: the digest and the rows come from one handle.
    with open_file(path) as file:
        require_within_limits(file)
        digest = file.digest()
        read = partial(options.open_sheet, file, repair=options.confirm)
        with read() as sheet:
            # 2. Recognise.
            layout = recognise(sheet.header, options.source)
            report = Report(safe_name(path.name), layout.source.name, "loaded")
            stop_if_already_loaded(connection, report, digest, layout.source)
            # 3. Stage.
            opened = open_load(connection, report, digest, options.kind)
            looked_up = load_source_of(layout.source).reference_sources
            reference = read_reference_data(connection, options.today, layout.source, looked_up)
            delivery = stage_rows(connection, sheet, layout, reference, progress)
        if len(delivery.rejected_rows) > MAX_REFUSED_ROWS:
            raise NotLoaded(_given_up(_with_counts(report, delivery)))
        # 4. Reject duplicates.
        reject_duplicates(connection, delivery, read)
        file.require_unchanged()
    report = _with_counts(report, delivery)
    if delivery.read and not report.accepted:
        raise NotLoaded(replace(report, status="refused"))
    # 5. Resolve identities.
    jobs = _merges(connection, delivery, opened.load_id)
    stop_if_nothing_changes(connection, report, opened, jobs, delivery)
    # 6. Hold what is doubtful.
    report = _compared_with_known(connection, report, jobs[0], delivery)
    if not options.confirm:
        reasons = reasons_to_hold(connection, jobs, delivery, earlier)
        _hold(report, [too_many_refused(delivery.read, report.rejected), *reasons])
    # 7. Merge.
    report = _with_remarks(report, _demonstration_remarks(opened))
    merged = _merge_all(connection, jobs, delivery, opened.load_id)
    if options.kind == "region" and delivery.source.columns.replaces_packaged:
        packaged = end_packaged(connection, jobs[0], opened.load_id)
        report = _with_remarks(report, _packaged_remarks(packaged))
        merged = replace(merged, ended=merged.ended + packaged)
    # 8. Close and refresh.
    report = close_load(connection, report, delivery, merged, opened.load_id)
    _refresh(connection, delivery, opened, options.today)
    return report


def _with_counts(report: Report, delivery: Delivery) -> Report:
    """The report with its counts, problems and remarks."""
    sheet = delivery.sheet
    rejected = len({problem.line for problem in delivery.refused})
    return replace(
        report,
        accepted=delivery.read - rejected,
        rejected=rejected,
        warnings=delivery.warned,
        problems=tuple(replace(problem, sheet=sheet) for problem in sorted(delivery.refused, key=_line)),
        remarks=tuple(replace(problem, sheet=sheet) for problem in delivery.warnings),
        cents={line: row["amount"] for line, row in delivery.rejected_rows.items() if row["amount"] is not None},
        causes=delivery.formats.concerned,
    )


def _compared_with_known(connection: Connection, report: Report, job: Merge, delivery: Delivery) -> Report:
    """The report with the remarks that only the database could give: in front, the others may be thousands."""
    source, state = delivery.layout.source, delivery.formats
    refused_keys = {row["row_key"] for row in delivery.rejected_rows.values()}
    before = state.warned.total()
    of_file = [
        *absent_remarks(connection, job, source),
        *unconfirmed_remarks(connection, job, source, refused_keys),
        *other_amounts(connection, job, source),
    ]
    of_rows = [*compare_series(connection, job, source, state), *other_companies(connection, job, source, state)]
    found = _with_remarks(report, [*of_file, *of_rows])
    return replace(found, warnings=report.warnings + len(of_file) + state.warned.total() - before)


def _given_up(report: Report) -> Report:
    """The report of a file of which more rows are refused than anybody corrects one by one."""
    message = (
        f"Plus de {number(MAX_REFUSED_ROWS)} lignes seraient refusées{NARROW}: la lecture s’est arrêtée à la ligne "
        f"{number(report.problems[-1].line)} et rien n’est chargé. Corrigez d’abord la cause la plus fréquente."
    )
    problem = Problem("refused", 0, None, None, message)
    return replace(report, status="refused", problems=(problem, *report.problems))


def _with_remarks(report: Report, remarks: Sequence[Problem]) -> Report:
    """The report with remarks that only the database could give: in front, the others may be thousands."""
    return replace(report, remarks=(*remarks, *report.remarks), warnings=report.warnings + len(remarks))


def _demonstration_remarks(opened: OpenLoad) -> list[Problem]:
    if not opened.ended:
        return []
    message = f"Ce chargement retire les données de démonstration ({len(opened.ended)} fichiers)."
    return [Problem("warning", 0, None, None, message)]


def _packaged_remarks(ended: int) -> list[Problem]:
    if not ended:
        return []
    rows = count(ended, "ligne de la liste fournie", "lignes de la liste fournie")
    return [Problem("warning", 0, None, None, f"Ce chargement retire {rows} avec l’application.")]


def _line(problem: Problem) -> int:
    return problem.line


def _merges(connection: Connection, delivery: Delivery, load_id: int) -> list[Merge]:
    """The merge of each stage, its own table's first, once the identities that it names have their numbers."""
    columns = delivery.source.columns
    complete_for = {one.table: one.complete_for for one in delivery.source.derived}
    merges = []
    for name, stage in delivery.stages.items():
        if name in IDENTITIES:
            resolve_identities(connection, IDENTITIES[name], stage, load_id)
        version = metadata.tables[name]
        key = tuple(column.name for column in version.primary_key if column.name != "load_id")
        if name == columns.table:
            merges.append(Merge(version, stage, key, columns.complete_for, frozenset(delivery.incomplete)))
        else:
            merges.append(Merge(version, stage, key, complete_for[name]))
    return merges


def _hold(report: Report, candidates: Sequence[str | None]) -> None:
    reasons = [reason for reason in candidates if reason]
    if reasons:
        reasons.append("Rien n’a été chargé. Si c’est bien voulu, relancez la commande avec --confirm.")
        problem = Problem("refused", 0, None, None, " ".join(reasons))
        raise NotLoaded(replace(report, status="held", problems=(problem, *report.problems)))


def _merge_all(connection: Connection, jobs: Sequence[Merge], delivery: Delivery, load_id: int) -> Merged:
    """What became of the rows of the source's own table."""
    merged = [merge(connection, job, load_id, delivery.sheet) for job in jobs]
    cancelled = end_cancelled(connection, jobs[0].version, delivery.cancelled_keys, load_id)
    return replace(merged[0], ended=merged[0].ended + cancelled)


def _refresh(connection: Connection, delivery: Delivery, opened: OpenLoad, today: date) -> None:
    from etl import rollups  # noqa: PLC0415  a file that is not loaded does without them

    tables, months_of = set(delivery.stages), delivery.source.attendance_months
    pairs: list[Select[Any]] = [months_of(delivery.stages[delivery.source.columns.table])] if months_of else []
    if opened.ended:
        tables |= {table.name for table in VERSION_TABLES}
        pairs.append(attendance_pairs(opened.load_id))
    if pairs:
        rollups.mark_changed_months(connection, pairs)
    rollups.refresh(connection, frozenset(tables), today)
    for stage in delivery.stages.values():
        drop_stage(connection, stage)
