"""What the sheets of a place and of a partner are made of: panels, tables of rows, and why there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from dashboard.charts.phrases import capitalised
from dashboard.components.data_table import data_table, text_rows
from dashboard.components.page import Part
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.exports.columns import TableColumn
from dashboard.requests.page_request import PageRequest
from data.queries.sources import missing_source_reason


def sheet_panel(title: str, read_content: Callable[[PageRequest], Sequence[Element]]) -> Part:
    """A panel of a sheet."""
    return Part(
        lambda page_request: tags.Section([tags.H2(title), tags.Div(read_content(page_request))], className="panel")
    )


def rows_table(columns: Sequence[TableColumn], rows: Sequence[Sequence[Any]], caption: str) -> Element:
    """A table of rows, each with a value per column."""
    frame = pd.DataFrame([list(row) for row in rows], columns=[column.name for column in columns], dtype=object)
    return data_table(columns, text_rows(columns, frame), caption)


def missing_rows_message(page_request: PageRequest, reason: str, sources: Sequence[str]) -> Element:
    """The reason without rows: the source never loaded, else the given one."""
    return tags.P(
        f"{capitalised(missing_source_reason(page_request.connection, sources) or reason)}.", className="muted"
    )


def file_line_text(file: str, sheet: str | None, line: int) -> str:
    """« labels.csv, ligne 24 »; « registre.xlsx, feuille Lieux, ligne 3 »."""
    return ", ".join((file, *((f"feuille {sheet}",) if sheet else ()), f"ligne {line}"))
