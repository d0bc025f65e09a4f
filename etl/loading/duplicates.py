"""The same key twice in one file: of equal rows the first is loaded, of rows that differ none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Table, and_, delete, func, select

from data.i18n import count
from data.sources import Source
from etl.files import Sheet
from etl.loading.delivery import Delivery, batches_of, record_refused
from etl.problems import Problem

LINES_PER_STATEMENT = 10_000
_DIFFERENT = "Même identifiant, valeurs différentes\u202f: aucune des lignes n’est chargée."
_IDENTICAL = "Ligne identique à une autre\u202f: une seule compte."


def reject_duplicates(
    connection: Connection, delivery: Delivery, read: Callable[[], AbstractContextManager[Sheet]]
) -> None:
    """Delete duplicate rows from the stages and record them in the delivery, with the places of which a row is refused.

    `read` reads the file from its beginning: a reject holds the text of its row, which no stage has. It is called for
    the rare file that has such duplicates.
    """
    refused, warnings = _delete_duplicates(connection, delivery.layout.source, list(delivery.stages.values()))
    if refused:
        lines = {problem.line for problem in refused}
        with read() as sheet:
            for batch in batches_of(sheet, delivery.layout):
                record_refused(delivery, batch, lines)
    if delivery.incomplete:
        places = count(len(delivery.incomplete), "lieu dont une ligne est", "lieux dont une ligne est")
        message = f"{places} à corriger\u202f: ce qui était déjà connu et manque au fichier est gardé."
        warnings.append(Problem("warning", 0, None, None, message))
    delivery.refused += refused
    delivery.warnings += warnings
    delivery.warned += len(warnings)


def _delete_duplicates(
    connection: Connection, source: Source, stages: Sequence[Table]
) -> tuple[list[Problem], list[Problem]]:
    """Delete duplicate rows from the stages (the first is that of the source). Returns (refused, warnings)."""
    stage = stages[0]
    key = [column for column in stage.primary_key if column.name != "line"]
    double = select(*key).group_by(*key).having(func.count() > 1).subquery("double")
    rows = connection.execute(
        select(stage)
        .join(double, and_(*(stage.c[column.name] == double.c[column.name] for column in key)))
        .order_by(*key, stage.c.line)
    ).mappings()
    refused: list[Problem] = []
    warnings: list[Problem] = []
    columns = " + ".join(_headers(source, [column.name for column in key]))
    for _key, group in groupby(rows, key=lambda row: tuple(row[column.name] for column in key)):
        same = list(group)
        first = same[0]["line"]
        if all(_facts(row) == _facts(same[0]) for row in same):
            warnings += [
                Problem(
                    "warning",
                    row["line"],
                    columns,
                    None,
                    f"Ligne identique à la ligne {first}\u202f: une seule compte.",
                    cause=_IDENTICAL,
                )
                for row in same[1:]
            ]
        else:
            others = " et ".join(str(row["line"]) for row in same[:4])
            message = f"Même identifiant aux lignes {others}, avec des valeurs différentes\u202f: aucune n’est chargée."
            refused += [Problem("refused", row["line"], columns, None, message, cause=_DIFFERENT) for row in same]
    lines = [problem.line for problem in (*refused, *warnings)]
    for table in stages:
        for start in range(0, len(lines), LINES_PER_STATEMENT):
            connection.execute(delete(table).where(table.c.line.in_(lines[start : start + LINES_PER_STATEMENT])))
    return refused, warnings


def _facts(row: Mapping[Any, object]) -> dict[Any, object]:
    return {name: value for name, value in row.items() if name != "line"}


def _headers(source: Source, key: Sequence[str]) -> list[str]:
    named = {column.name: column.header for column in source.columns}
    return [named[name] for name in key if name in named] or [source.columns[0].header]
