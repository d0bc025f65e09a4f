"""The rows behind a figure, each with file and line, and the arithmetic of the figure."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, literal, select

from data.facts.aggregate import measure_conditions, rows_to_aggregate
from data.i18n import NARROW
from data.model.facts import MeasuredValue
from data.model.indicators import Indicator
from data.queries.listing import has_rows
from data.selection import Selection
from data.selection.periods import day_conditions


def has_proof(connection: Connection, indicator: Indicator, selection: Selection) -> bool:
    """Whether the figure has any row behind it; read from a roll-up where it has the number of rows."""
    measure, period = indicator.proof.line_measure, indicator.proof.period(selection)
    if measure is None:
        return has_rows(connection, proof_rows(connection, indicator, selection))
    rows = rows_to_aggregate(measure, period)
    first_row = select(literal(1)).select_from(rows).where(*measure_conditions(measure, rows, period)).limit(1)
    return connection.scalar(first_row) is not None


def proof_rows(
    connection: Connection,
    indicator: Indicator,
    selection: Selection,
    page: Selection | None = None,
    *,
    in_bulk: bool = False,
) -> Select[Any]:
    """The rows of a figure: the columns `headers` of its proof, `file`, `sheet`, `line`, `load_id` and its key.

    `page` restricts a long list to some of its days; `in_bulk` is for an order that no index has.
    """
    proof = indicator.proof
    period = proof.period(selection)
    read = proof.bulk_rows if in_bulk and proof.bulk_rows else proof.rows
    rows = read(connection, period)
    if proof.line_measure is None:
        return rows
    days = page or period
    return rows.where(*day_conditions(rows.selected_columns, days.since, days.until))


def arithmetic_sentence(
    connection: Connection, indicator: Indicator, reading: MeasuredValue, selection: Selection
) -> str:
    """« 68 % = 34 labellisés ÷ 50 visés. », or why there is no figure."""
    if reading.value is None:
        return f"Non calculable{NARROW}: {reading.reason}."
    return f"{indicator.unit.text(reading.value)} = {indicator.proof.arithmetic(connection, selection)}."
