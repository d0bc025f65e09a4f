"""The declaration of a filter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import ColumnElement, Connection

from data.filters.options import Option

NarrowedRows = Literal["territory", "places", "aids", "activities", "needs", "roadmap", "attendance"]
"""What a filter narrows: everything with a territory (communes, mediation places), places, what happens in them, what
they need, and the roadmap, which is of no place.
"""


def equals_any(column: ColumnElement[object], values: Sequence[str]) -> ColumnElement[bool]:
    """SQL: the column holds one of the values. For a single one `=`: cheaper to write, and the rows come in order."""
    return column == values[0] if len(values) == 1 else column.in_(values)


@dataclass(frozen=True)
class Filter:
    """One way to narrow what is shown.

    `key` is its name in the URL, `column` the column that it narrows in the tables of `narrowed_rows`, `condition` the
    SQL condition on that column. `database_values` maps a code of the URL to the value in the database, where they
    differ. `all_label` is the French text for no choice, `default` the code that applies without a choice, `themes` the
    themes of indicators whose pages show the filter (empty: every page), `search` the label of the search field in a
    long list of options.
    """

    key: str
    label: str
    column: str
    all_label: str
    options: Callable[[Connection], tuple[Option, ...]]
    narrowed_rows: tuple[NarrowedRows, ...]
    database_values: Mapping[str, str] = field(default_factory=dict)
    condition: Callable[[ColumnElement[object], Sequence[str]], ColumnElement[bool]] = equals_any
    multiple: bool = True
    default: str | None = None
    themes: tuple[str, ...] = ()
    search: str = "Rechercher dans la liste"

    def clause(self, column: ColumnElement[object], codes: Sequence[str]) -> ColumnElement[bool]:
        """SQL: the column has one of these codes."""
        return self.condition(column, [self.database_values.get(code, code) for code in codes])

    def code_of_value(self, value: str) -> str:
        """The code under which a database value is known outside."""
        return next((code for code, database_value in self.database_values.items() if database_value == value), value)
