"""Parts of bars, named in the legend as their column in the table."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.exports.columns import TableColumn
from dashboard.figures.parts import BarPart, PartStyle
from data.i18n import uncapitalised


def bar_parts(columns: Sequence[TableColumn], *styles: PartStyle) -> list[BarPart]:
    """A part of each bar for each of these columns, with its style."""
    return [
        BarPart(column.name, uncapitalised(column.header), style) for column, style in zip(columns, styles, strict=True)
    ]
