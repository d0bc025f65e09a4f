"""Heights of figures that follow what they draw: a card is as high as its rows need."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from dashboard.figures.multiples import MAX_COLUMNS

PANEL_REM = 10
MAX_REM = 34  # two screens of a phone


def height_of_rows(
    per_row: float, others: float, count_rows: Callable[[pd.DataFrame], int] = len
) -> Callable[[pd.DataFrame], str]:
    """The height of a figure with one line of marks for each row: `per_row` rem for each, `others` rem for its legend
    and its axis; `count_rows` gives their number (default: the rows of the frame).
    """
    return lambda frame: f"{min(MAX_REM, per_row * max(1, count_rows(frame)) + others):.4g}rem"


def height_of_panels(frame: pd.DataFrame) -> str:
    """The height of a figure with a panel for each territory (`panel`): one panel alone is a strip."""
    lines = -(-max(1, frame["panel"].nunique()) // MAX_COLUMNS)
    return f"{PANEL_REM * lines + 1}rem"


def count_distinct(column: str) -> Callable[[pd.DataFrame], int]:
    """The number of different values of a column."""
    return lambda frame: int(frame[column].nunique())
