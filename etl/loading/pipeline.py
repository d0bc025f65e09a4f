"""Files, from their paths to the present of the database; each is loaded whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, Engine

from data.engine import writing
from data.sources import SOURCES
from etl.failures import FORESEEN, describe
from etl.files import HeldFile, NoHeaderFound, UnreadableFile, open_file, safe_name
from etl.files.recognition import explain_no_header, recognise
from etl.loading.apply import LoadOptions, apply_file
from etl.loading.progress import OnProgress
from etl.loading.report import NotLoaded, Report, Status, refused_report
from etl.problems import Problem

OpenTransaction = Callable[[], AbstractContextManager[Connection]]


class LoadInterrupted(KeyboardInterrupt):
    """Ctrl+C between or within files. `reports`: one for each file, refused when it was not loaded before."""

    def __init__(self, reports: list[Report]) -> None:
        super().__init__()
        self.reports = reports


def load_files(
    engine: Engine, paths: Sequence[Path], options: LoadOptions, progress: OnProgress | None = None
) -> list[Report]:
    """Load files in the order of the sources, one transaction each. One report a file, in that order.

    A rehearsal is one transaction, dropped at the end: each file sees those before it, as it would when loaded.
    """
    ordered = sorted(paths, key=lambda path: _rank(path, options)) if len(paths) > 1 else paths
    if options.keep:
        return _load_each(lambda: writing(engine), ordered, options, progress)
    with writing(engine) as connection:
        reports = load_within(connection, ordered, options, progress)
        connection.rollback()
    return [one if one.status == "already_loaded" else replace(one, load=None) for one in reports]


def load_file(engine: Engine, path: Path, options: LoadOptions, progress: OnProgress | None = None) -> Report:
    """Load one file in one transaction."""
    return load_files(engine, [path], options, progress)[0]


def load_within(
    connection: Connection, paths: Sequence[Path], options: LoadOptions, progress: OnProgress | None = None
) -> list[Report]:
    """Load files, in the order given, in a transaction of the caller's; a file that is not loaded changes nothing."""
    return _load_each(lambda: _savepoint(connection), paths, options, progress)


@contextmanager
def _savepoint(connection: Connection) -> Iterator[Connection]:
    with connection.begin_nested():
        yield connection


def _load_each(
    open_transaction: OpenTransaction, paths: Sequence[Path], options: LoadOptions, progress: OnProgress | None
) -> list[Report]:
    reports: list[Report] = []
    for path in paths:
        earlier = tuple(report.load for report in reports if report.load is not None)
        try:
            reports.append(replace(_load_one(open_transaction, path, options, earlier, progress), path=path))
        except KeyboardInterrupt as interruption:
            names = (safe_name(one.name) for one in paths[len(reports) :])
            stopped = [refused_report(name, options.source, _INTERRUPTED_MESSAGE) for name in names]
            raise LoadInterrupted(reports + stopped) from interruption
    return reports


_INTERRUPTED_MESSAGE = "La commande a été interrompue avant la fin."


def _load_one(
    open_transaction: OpenTransaction,
    path: Path,
    options: LoadOptions,
    earlier: Sequence[int],
    progress: OnProgress | None,
) -> Report:
    """`earlier`: the loads of the same command, which the file should not overwrite."""
    name = safe_name(path.name)
    try:
        with open_transaction() as connection:
            return apply_file(connection, path, options, earlier, progress)
    except NotLoaded as outcome:
        return outcome.report
    except UnreadableFile as refusal:
        return _refusal_report(name, options, "refused", refusal)
    except HeldFile as doubt:
        return _held_report(path, options, doubt)
    except FORESEEN as failure:
        sentence = describe(failure)
        if sentence is None:
            raise
        return refused_report(name, options.source, sentence)


def _held_report(path: Path, options: LoadOptions, doubt: HeldFile) -> Report:
    """To confirm must lead somewhere: a file that would then be refused is refused at once."""
    try:
        with open_file(path) as file, options.open_sheet(file, repair=True) as sheet:
            known = replace(options, source=recognise(sheet.header, options.source).source.name)
    except UnreadableFile as refusal:
        return _refusal_report(safe_name(path.name), options, "refused", refusal)
    return _refusal_report(safe_name(path.name), known, "held", doubt)


def _refusal_report(name: str, options: LoadOptions, status: Status, reason: UnreadableFile | HeldFile) -> Report:
    message = reason.message
    if status == "held":
        message = f"{message} Si c’est bien voulu, relancez la commande avec --confirm."
    if isinstance(reason, NoHeaderFound):
        message = f"{message} {explain_no_header(reason.rows, options.source)}"
    problem = Problem("refused", reason.line or 0, None, None, message, reason.sheet or None)
    return Report(name, options.source, status, problems=(problem,))


def _rank(path: Path, options: LoadOptions) -> int:
    """The place of a file's source in the order of loading; files that cannot be read come last."""
    try:
        with open_file(path) as file, options.open_sheet(file, repair=options.confirm) as sheet:
            return SOURCES.index(recognise(sheet.header, options.source).source)
    except (UnreadableFile, HeldFile, OSError):
        return len(SOURCES)
