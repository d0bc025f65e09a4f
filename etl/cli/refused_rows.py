"""The refused rows of a file, as a CSV that the agent who sent it can open, sort and mend from."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import count, groupby
from pathlib import Path
from typing import TextIO

from data.formulas import escape_formula
from etl.cli.console import MAX_LISTED
from etl.loading.report import Report
from etl.problems import Problem

# A folder of its own: a command on `*.csv` would load a list laid beside the deliveries.
FOLDER = "lignes-a-corriger"
_HEADER = ("feuille", "ligne", "colonne", "valeur", "raison", "montant non compté")


def write_refused_rows(report: Report) -> Path | None:
    """Write one line for each reason of each refused row, when they are too many for the terminal.

    Returns the file; None when none is needed, or when there is nowhere to write it. It goes beside the loaded file,
    in the folder `lignes-a-corriger`, else into that folder of the working directory, and never replaces a file.
    """
    rows = [problem for problem in report.problems if problem.line]
    if report.path is None or len(rows) <= MAX_LISTED:
        return None
    for place in (report.path.resolve().parent, Path.cwd()):
        try:
            (place / FOLDER).mkdir(exist_ok=True)
            return _write(report, rows, _free_names(place / FOLDER, report.path.stem))
        except OSError:  # read-only, full, or not there any more: the load itself is done
            continue
    return None


def _free_names(folder: Path, stem: str) -> Iterator[Path]:
    yield folder / f"{stem}.csv"
    for number in count(2):
        yield folder / f"{stem}-{number}.csv"


def _write(report: Report, rows: list[Problem], paths: Iterator[Path]) -> Path:
    """Raises OSError."""
    for path in paths:
        try:
            file = path.open("x", encoding="utf-8-sig", newline="")
        except FileExistsError:
            continue
        with file:
            _write_rows(report, rows, file)
        return path
    raise FileNotFoundError  # names never run out


def _write_rows(report: Report, rows: list[Problem], file: TextIO) -> None:
    writer = csv.writer(file, delimiter=";")
    writer.writerow(_HEADER)
    for line, reasons in groupby(rows, key=lambda problem: problem.line):
        amount = report.cents.get(line)
        for number, problem in enumerate(reasons):
            texts = (problem.sheet or "", str(line), problem.column or "", problem.value or "", problem.message)
            # Once for a row, so that the column adds up.
            euros = "" if amount is None or number else f"{amount / 100:.2f}".replace(".", ",")
            writer.writerow([*map(escape_formula, texts), euros])
