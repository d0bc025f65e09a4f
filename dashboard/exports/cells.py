"""Values as the text of a CSV cell."""

from __future__ import annotations

from decimal import Decimal


def plain_number(value: float | Decimal) -> str:
    """1234.5 -> '1234,5'; 3.0 -> '3'; never an exponent."""
    text = f"{Decimal(str(value)):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
