"""Formats of numbers and days in Office files: codes that each Office shows in its own language (`# ##0` in French)."""

from __future__ import annotations

from typing import Any

from dashboard.exports.columns import TableColumn
from data.units import SHARE, Unit

GENERAL_FORMAT = "General"


def cell_format(column: TableColumn) -> dict[str, Any]:
    """The format of the cells of a column, as xlsxwriter takes it."""
    if column.kind == "day":
        return {"num_format": "dd/mm/yyyy", "align": "left"}
    if column.kind == "month":
        return {"num_format": "[$-40C]mmmm yyyy", "align": "left"}
    if column.kind == "year":
        return {"num_format": "0"}
    if column.kind == "value" and column.unit:
        return {"num_format": number_format(column.unit)}
    return {"text_wrap": True}


def number_format(unit: Unit) -> str:
    """The format of a unit, from how it writes: percents with one decimal, euros with their sign."""
    sample = unit.value_text(0.123)
    if "%" in sample:
        return "0.0%" if unit is SHARE else "+0.0%;-0.0%;0.0%"
    digits = sum(letter.isdigit() for letter in sample.partition(",")[2])
    format_code = "#,##0" + ("." + "0" * digits if digits else "")
    return f'{format_code} "€"' if "€" in sample else format_code
