"""Rejects: refused rows with their file, line and reason, live until a later delivery settles them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from data.schema import is_live, load, reject, remark
from data.sources import Source
from data.types import day_of
from etl.checks.causes import ProblemGroup
from etl.problems import Problem
from etl.typing.columns import LOCATING_COLUMNS

MAX_LINES = 20  # of a remark that are named
_NO_DESCRIPTION: Mapping[str, Any] = dict.fromkeys(("row_key", "amount", *LOCATING_COLUMNS))


def read_open_keys(connection: Connection, source: Source) -> frozenset[str]:
    """The keys of the rows of a source that still wait to be corrected."""
    keys = connection.scalars(select(reject.c.row_key).where(is_live(reject), reject.c.source == source.name))
    return frozenset(key for key in keys if key)


def close_settled_rejects(connection: Connection, source: Source, file: str, load_id: int, keys: Sequence[str]) -> None:
    """End the rejects that this delivery settles or repeats: same key, or an earlier delivery of the same file.

    `keys`: the keys of earlier rejects that the delivery contains, accepted or refused again.
    """
    earlier = select(load.c.load_id).where(load.c.file == file, load.c.source == source.name)
    of_source = (is_live(reject), reject.c.source == source.name, reject.c.load_id != load_id)
    connection.execute(update(reject).values(ended_by=load_id).where(*of_source, reject.c.load_id.in_(earlier)))
    if keys:
        connection.execute(
            update(reject).values(ended_by=load_id).where(*of_source, reject.c.row_key == bindparam("settled")),
            [{"settled": key} for key in keys],
        )


def write_rejects(
    connection: Connection,
    source: Source,
    load_id: int,
    refused: Sequence[Problem],
    descriptions: Mapping[int, Mapping[str, Any]],
) -> None:
    """Write one reject per refused row.

    `descriptions`: line -> its key as written, its amount in cents, its place, territory and day, as far as read.
    """
    rows = []
    for number, (line, group) in enumerate(groupby(sorted(refused, key=_line), key=_line), 1):
        reasons = list(group)
        description = dict(descriptions.get(line, _NO_DESCRIPTION))
        cents, day = description.pop("amount"), description.pop("day")
        rows.append(
            {
                "number": number,
                "load_id": load_id,
                "source": source.name,
                "sheet": reasons[0].sheet,
                "line": line,
                **description,
                "day": None if day is None else day_of(day),
                "column": reasons[0].column,
                "value": reasons[0].value,
                "message": " ".join(dict.fromkeys(reason.message for reason in reasons)),
                "amount": None if cents is None else Decimal(cents) / 100,
            }
        )
    if rows:
        connection.execute(insert(reject), rows)


def write_remarks(connection: Connection, load_id: int, groups: Sequence[ProblemGroup]) -> None:
    """Write the remarks of a load by cause. One without a column that came once is of the file: its message counts."""
    rows = [
        {
            "load_id": load_id,
            "number": number,
            "sheet": group.example.sheet,
            "column": group.example.column,
            "message": group.message,
            "rows": group.rows if group.example.line and (group.example.column or group.rows > 1) else None,
            "value": group.example.value,
            "lines": _lines_text(group) if group.example.line else None,
        }
        for number, group in enumerate(groups, 1)
    ]
    if rows:
        connection.execute(insert(remark), rows)


def _lines_text(group: ProblemGroup) -> str:
    """« 3, 17, 42, … »."""
    named = [str(line) for line in group.lines[:MAX_LINES]]
    return ", ".join([*named, "…"] if group.rows > len(named) else named)


def _line(problem: Problem) -> int:
    return problem.line
