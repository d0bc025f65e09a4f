"""Texts of data in figures: plotly reads markup in every text that it draws, and they have none.

A chart's frame is made plain before it is drawn (`plain_frame`), so markup in a figure is always ours.
"""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

WORD_JOINER = "\u2060"  # invisible; splits markup so that plotly draws it as text
_MARKUP = re.compile(r"<|&(?=#?\w+;)|%(?=\{)")  # a tag, an entity, a variable of a hover template


def plain_text(text: str) -> str:
    """The text as plotly draws it to the letter: `<b>` and `&lt;` show as they are written."""
    return _MARKUP.sub(rf"\g<0>{WORD_JOINER}", text)


def plain_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame whose texts, also within lists and tuples, are plain; the frame itself when they all are."""
    plain_columns = {
        name: cells
        for name, column in frame.items()
        if column.dtype == object and (cells := [_plain_cell(cell) for cell in column]) != column.tolist()
    }
    if not plain_columns:
        return frame
    copy = frame.assign(
        **{str(name): pd.Series(cells, frame.index, dtype=object) for name, cells in plain_columns.items()}
    )
    copy.attrs = frame.attrs
    return copy


def _plain_cell(cell: Any) -> Any:
    if isinstance(cell, str):
        return plain_text(cell)
    if isinstance(cell, list | tuple):
        return (
            type(cell)(map(_plain_cell, cell)) if not hasattr(cell, "_fields") else type(cell)(*map(_plain_cell, cell))
        )
    return cell
