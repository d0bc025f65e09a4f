"""A plain accessible table of a frame."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard.exports.columns import TableColumn, cell_text

Rows = tuple[tuple[str, ...], ...]


def table_rows(columns: Sequence[TableColumn], frame: pd.DataFrame) -> Rows:
    """The cells of a table, as they are read."""
    values = frame[[column.name for column in columns]].itertuples(index=False, name=None)
    return tuple(tuple(cell_text(column, value) for column, value in zip(columns, row, strict=True)) for row in values)


def data_table(columns: Sequence[TableColumn], rows: Rows, caption: str) -> Component:
    """The table in a box that scrolls sideways on its own; the first cell of each row is its header."""
    heads = [html.Th(column.header, scope="col", className=_align(column)) for column in columns]
    table = html.Table(
        [
            html.Caption(caption),
            html.Thead(html.Tr(heads)),
            html.Tbody([_row(columns, cells) for cells in rows]),
        ],
        className="data-table",
    )
    return html.Div(table, role="group", tabIndex=0, className="table-box", **{"aria-label": caption})  # type: ignore[arg-type]


def _row(columns: Sequence[TableColumn], cells: tuple[str, ...]) -> Component:
    first, *others = zip(columns, cells, strict=True)
    return html.Tr(
        [
            html.Th(first[1], scope="row", className=_align(first[0])),
            *(html.Td(text, className=_align(column)) for column, text in others),
        ]
    )


def _align(column: TableColumn) -> str:
    return "number" if column.kind == "value" else ""
