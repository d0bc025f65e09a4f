"""Rows as CSV: one header row, without any line above or below the table."""

from __future__ import annotations

from decimal import Decimal
from typing import IO, Any

from dashboard.exports.columns import TableColumn
from dashboard.exports.lines import csv_lines
from dashboard.exports.prepared import PreparedExport
from data.i18n import NARROW


def write_csv(export: PreparedExport, file: IO[bytes]) -> None:
    """Write a header row, then one line per row.

    Shares are percents, as their header states; months are mm/yyyy; unknown values are empty. The filters and the
    nature of the data are repeated on every line, so that a copied line stays self-explanatory. When a source is
    missing, the file has one line with the reason.
    """
    rows = (
        [spreadsheet_value(column, value) for column, value in zip(export.columns, row, strict=True)]
        for row in export.rows
    )
    headers = [csv_header(column) for column in export.columns]
    if export.missing:
        empty_row = [None] * len(headers)
        pieces = csv_lines(headers, [empty_row], {**export.repeated, "Motif": export.missing})
    else:
        pieces = csv_lines(headers, rows, export.repeated)
    for piece in pieces:
        file.write(piece)


def csv_header(column: TableColumn) -> str:
    """« Taux de réponse (%) »: percents and euros are named, counts are by their header."""
    symbol = column.unit.symbol if column.unit else ""
    text = f"{column.header} ({symbol})" if symbol in ("%", "€") else column.header
    return text.replace(NARROW, " ")


def spreadsheet_value(column: TableColumn, value: Any) -> Any:
    """One value as a spreadsheet counts it: shares in percents; a year is no quantity."""
    if value is None:
        return None
    if column.kind == "month":
        return f"{value % 100:02d}/{value // 100}"
    if column.kind == "value" and column.unit and column.unit.symbol == "%":
        return Decimal(str(value)) * 100
    return value
