"""What a filter is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import ColumnElement, Connection

from data.filters.options import Option

NarrowedRows = Literal["territory", "places", "aids", "activities", "attendance"]
"""What a filter narrows: everything with a territory (communes, mediation places), places, and what happens in them."""


def equals_any(column: ColumnElement[object], values: Sequence[str]) -> ColumnElement[bool]:
    """SQL: the column holds one of the values. For a single one `=`: cheaper to write, and the rows come in order."""
    return column == values[0] if len(values) == 1 else column.in_(values)


@dataclass(frozen=True)
class Filter:
    """One way to narrow what is shown.

    `column` is the column that it narrows, of the tables of the kinds that it `narrows`; `values` the database's value
    of a code where it differs; `everything` the words for no choice; `default` the code taken without a choice;
    `themes` the indicators' themes whose pages show it (empty: every page); `search` the label of the field that looks
    for a choice where there are many.
    """

    key: str
    label: str
    column: str
    everything: str
    options: Callable[[Connection], tuple[Option, ...]]
    narrows: tuple[NarrowedRows, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    matches: Callable[[ColumnElement[object], Sequence[str]], ColumnElement[bool]] = equals_any
    multiple: bool = True
    default: str | None = None
    themes: tuple[str, ...] = ()
    search: str = "Rechercher dans la liste"

    def clause(self, column: ColumnElement[object], codes: Sequence[str]) -> ColumnElement[bool]:
        """SQL: the rows of these codes."""
        return self.matches(column, [self.values.get(code, code) for code in codes])

    def code_of(self, value: str) -> str:
        """The code under which a database value is known outside."""
        return next((code for code, kept in self.values.items() if kept == value), value)
