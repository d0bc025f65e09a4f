"""A check: a condition on typed rows with its message in French; and how checks are run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import polars as pl

from data.sources import Source
from data.sources.other_values import display_encoded
from etl.problems import Problem
from etl.typing.cell_problems import FileState, display_text, problems

FIRST_DAY_OF_POLICY = 20160101  # what is dated before is probably misdated


@dataclass(frozen=True)
class Check:
    """`when` is true at the rows concerned; `column` is the one to look at, `against` another whose value is quoted.

    `refuses`: the rows are set aside, otherwise they load and it is signalled. `is_personal`: the value may be the name
    of a person, it is not quoted.
    """

    column: str
    when: pl.Expr
    message: str
    refuses: bool = False
    against: str | None = None
    is_personal: bool = False


@dataclass(frozen=True)
class Checked:
    """The rows that passed, and the problems. `warned` counts the warnings, of which `warnings` are the first ones."""

    rows: pl.DataFrame
    refused: list[Problem]
    warnings: list[Problem]
    warned: int


def run(checks: Sequence[Check], rows: pl.DataFrame, source: Source, state: FileState) -> Checked:
    """Sets aside the rows that a check refuses, and signals what is odd in the others."""
    before = state.warned.total()
    flags = rows.select(check.when.fill_null(value=False).alias(str(at)) for at, check in enumerate(checks))
    wrong = pl.repeat(value=False, n=len(rows), dtype=pl.Boolean, eager=True)
    for at, check in enumerate(checks):
        wrong = wrong | flags[str(at)] if check.refuses else wrong
    refused: list[Problem] = []
    warnings: list[Problem] = []
    for at, check in enumerate(checks):
        found = rows.filter(flags[str(at)] if check.refuses else flags[str(at)] & ~wrong)
        if found.is_empty():
            continue
        header = source.column(check.column).header
        if check.refuses:
            refused += problems("refused", header, _problem_table(check, found, source))
        else:
            first = partial(_first_problems, check, found, source)
            warnings += state.warn(header, check.message, len(found), first)
    return Checked(
        rows.filter(~wrong),
        sorted(refused, key=lambda problem: problem.line),
        sorted(warnings, key=lambda problem: problem.line),
        state.warned.total() - before,
    )


def _first_problems(check: Check, found: pl.DataFrame, source: Source, room: int) -> pl.DataFrame:
    return _problem_table(check, found.head(room), source)


def _problem_table(check: Check, found: pl.DataFrame, source: Source) -> pl.DataFrame:
    """line, value, message of each row found."""
    column = source.column(check.column)
    messages = [check.message] * len(found)
    if check.against:
        other = source.column(check.against)
        messages = [
            check.message
            if value is None
            else f"{check.message} ({other.header}\u202f: {display_encoded(value, other)})"
            for value in found[check.against]
        ]
    shown = [None] * len(found) if check.is_personal else found[check.column]
    values = [display_text(display_encoded(value, column), column.kind) for value in shown]
    return found.select(
        "line",
        pl.Series("value", values, dtype=pl.String),
        pl.Series("message", messages, dtype=pl.String),
        pl.lit(check.message).alias("cause"),
    )


def future(column: str, today: date, message: str) -> Check:
    """Signals a day after today."""
    return Check(column, pl.col(column) > int(f"{today:%Y%m%d}"), message)
