"""The rows behind a figure, each with the file and the line it came from."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, func, select

from data.facts.aggregate import conditions
from data.indicators import Indicator
from data.schema import load
from data.selection import Selection

STREAMED = 1_000  # rows fetched at a time


def read_proof(
    connection: Connection, indicator: Indicator, selection: Selection, limit: int | None = None, offset: int = 0
) -> pd.DataFrame:
    """One row per fact counted: the columns `shown` of its fact (French headers), then Fichier, Feuille, Ligne."""
    answer = connection.execute(_listed(indicator, selection).limit(limit).offset(offset))
    return pd.DataFrame(answer.all(), columns=list(answer.keys()), dtype=object)


def stream_proof(
    connection: Connection, indicator: Indicator, selection: Selection
) -> Generator[Sequence[Any], None, None]:
    """The headers, then every row of `read_proof`, a thousand at a time: a list may hold millions. To be closed."""
    with connection.execution_options(yield_per=STREAMED).execute(_listed(indicator, selection)) as answer:
        yield tuple(answer.keys())
        yield from answer


def _listed(indicator: Indicator, selection: Selection) -> Select[Any]:
    """The rows with their proof, latest first."""
    fact = indicator.basis.fact
    rows = _rows(indicator, selection)
    return (
        select(
            *(rows.c[name].label(header) for name, header in fact.shown.items()),
            load.c.file.label("Fichier"),
            rows.c.sheet.label("Feuille"),
            rows.c.line.label("Ligne"),
        )
        .join(load, load.c.load_id == rows.c.load_id)
        .order_by(rows.c[fact.newest].desc(), load.c.load_id, rows.c.sheet, rows.c.line)
    )


def count_proof(connection: Connection, indicator: Indicator, selection: Selection) -> int:
    """How many rows stand behind the figure."""
    return connection.scalar(select(func.count()).select_from(_rows(indicator, selection))) or 0


def _rows(indicator: Indicator, selection: Selection) -> Any:
    """The proof of the fact, narrowed as the figure is."""
    measure = indicator.basis
    rows = measure.fact.proof.subquery("rows")
    return select(rows).where(*conditions(measure, rows, selection)).subquery("proof")
