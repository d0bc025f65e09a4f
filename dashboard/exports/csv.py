"""A chart's frame as CSV: one header row and nothing else above or below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from dashboard.exports.columns import TableColumn
from dashboard.exports.lines import csv_lines
from data.i18n import NARROW


def csv_bytes(columns: Sequence[TableColumn], frame: pd.DataFrame, same: Mapping[str, str] | None = None) -> bytes:
    """The frame as a file: a header row, then one line per row.

    Shares are percents, as their header says; months are mm/yyyy; what is not known is empty. `same`: header -> text
    repeated on every line (the filters, the nature of the data), so that a line copied elsewhere still says what it is.
    """
    rows = frame[[column.name for column in columns]].itertuples(index=False, name=None)
    cells = ([typed(column, value) for column, value in zip(columns, row, strict=True)] for row in rows)
    return b"".join(csv_lines([header(column) for column in columns], cells, same))


def header(column: TableColumn) -> str:
    """« Taux de réponse (%) »: percents and euros are named, counts are by their header."""
    symbol = column.unit.symbol if column.unit else ""
    text = f"{column.header} ({symbol})" if symbol in ("%", "€") else column.header
    return text.replace(NARROW, " ")


def typed(column: TableColumn, value: Any) -> Any:
    """One value as a spreadsheet counts it: shares in percents; a year is no quantity."""
    if value is None:
        return None
    if column.kind == "month":
        return f"{value % 100:02d}/{value // 100}"
    if column.kind == "value" and column.unit and column.unit.symbol == "%":
        return Decimal(str(value)) * 100
    return value
