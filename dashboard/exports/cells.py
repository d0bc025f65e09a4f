"""Values as the text of a CSV cell."""

from __future__ import annotations

from decimal import Decimal

# a spreadsheet runs a cell that starts so; the wide ones where it is set to a language that writes them
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def plain_number(value: float | Decimal) -> str:
    """1234.5 -> '1234,5'; 3.0 -> '3'; never an exponent."""
    text = f"{Decimal(str(value)):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if is_formula(text) else text


def is_formula(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula."""
    return text.startswith(FORMULA)
