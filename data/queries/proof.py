"""The rows behind a figure, each with the file and the line it came from."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, literal, select

from data.facts.aggregate import conditions, rows_of
from data.indicators import Indicator
from data.queries.listing import has_rows
from data.schema import load
from data.selection import Selection


def has_proof(connection: Connection, indicator: Indicator, selection: Selection) -> bool:
    """Whether any row stands behind the figure.

    The roll-up knows it without a search for the row itself, but for months: it also says what is expected.
    """
    if indicator.time == "month":
        return has_rows(connection, proof_rows(indicator, selection))
    measure = indicator.basis
    rows = rows_of(measure, selection)
    found = select(literal(1)).select_from(rows).where(*conditions(measure, rows, selection)).limit(1)
    return connection.scalar(found) is not None


def proof_rows(indicator: Indicator, selection: Selection) -> Select[Any]:
    """One row per fact counted: the columns `shown` of its fact, then `file`, `sheet`, `line`, `load_id` and the key of
    the fact.
    """
    measure = indicator.basis
    rows = measure.fact.proof.subquery("rows")
    names = dict.fromkeys((*measure.fact.shown, "sheet", "line", *measure.fact.key))
    return (
        select(*(rows.c[name] for name in names if name != "load_id"), load.c.file, load.c.load_id)
        .join(load, load.c.load_id == rows.c.load_id)
        .where(*conditions(measure, rows, selection))
    )
