"""The rows behind a figure, each with the file and the line it came from."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from data.facts.aggregate import conditions
from data.indicators import Indicator
from data.schema import load
from data.selection import Selection


def proof_rows(indicator: Indicator, selection: Selection) -> Select[Any]:
    """One row per fact counted: the columns `shown` of its fact, then `file`, `sheet`, `line` and `load_id`."""
    measure = indicator.basis
    rows = measure.fact.proof.subquery("rows")
    return (
        select(*(rows.c[name] for name in measure.fact.shown), load.c.file, rows.c.sheet, rows.c.line, load.c.load_id)
        .join(load, load.c.load_id == rows.c.load_id)
        .where(*conditions(measure, rows, selection))
    )
