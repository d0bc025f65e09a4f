"""Text in files that a spreadsheet opens: no cell of ours is ever run."""

from __future__ import annotations

# a spreadsheet runs a cell that starts so; the wide ones where it is set to a language that writes them
FORMULA_PREFIXES = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def escape_formula(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if is_formula(text) else text


def is_formula(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula."""
    return text.startswith(FORMULA_PREFIXES)
