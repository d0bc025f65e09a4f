"""The columns of a table, and how their values are written on screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from data.i18n import day_short, month_long
from data.units import Unit

ColumnKind = Literal["text", "day", "month", "year", "value"]


@dataclass(frozen=True)
class TableColumn:
    """A column of a frame as tables and exports show it. `unit` formats values; dates and texts have none. `sources`
    are names of data.sources without which its values are unknown, while the rows exist without them. A column that is
    not `on_screen` is in files only: it is empty in most rows.
    """

    name: str
    header: str
    kind: ColumnKind = "text"
    unit: Unit | None = None
    sources: tuple[str, ...] = ()
    on_screen: bool = True


def cell_text(column: TableColumn, value: Any) -> str:
    """The value as a table shows it; an em dash when it is not known."""
    if value is None:
        return "—"
    if column.kind == "day":
        return day_short(value)
    if column.kind == "month":
        return month_long(value)
    if column.kind == "value" and column.unit:
        return column.unit.value_text(value)
    return str(value)
