"""The reports of a command that loads or checks files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from sqlalchemy import Engine

from etl.cli.process import console
from etl.failures import FORESEEN, describe
from etl.files import safe_name
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import LoadInterrupted, load_files
from etl.loading.progress import progress_bar
from etl.loading.report import Report, refused_report


def load_reports(
    open_database: Callable[[], AbstractContextManager[Engine]],
    files: Sequence[Path],
    options: LoadOptions,
    *,
    as_json: bool,
) -> list[Report]:
    """One report a file, when the command is interrupted too; for scripts, when there is no database as well."""
    try:
        with open_database() as engine, progress_bar(console, quiet=as_json) as progress:
            return load_files(engine, files, options, progress)
    except LoadInterrupted as interruption:
        return interruption.reports
    except FORESEEN as failure:
        sentence = describe(failure)
        if sentence is None or not as_json:
            raise
        return [refused_report(safe_name(file.name), options.source, sentence) for file in files]
