"""What anybody may read and reuse: a dataset and each of its columns, declared once.

The page, the embedded map, the files and their schema read these columns only: a value is public when one is declared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, select

from data.selection import Selection
from data.sources.model import Choice

PublicKind = Literal["text", "choices", "day", "whole", "number", "yes_no"]


@dataclass(frozen=True, eq=False)
class PublicColumn:
    """One public column: `name` in the code, `header` in files, `title` and `description` in French.

    `value` is the SQL expression of its value; `kind` how it is written: `choices` is a text like
    « |coworking|fablab| » whose codes `choices` name. `service` is the code of a service in addresses, for a column
    that says whether a place has it (yes, no, or null: not known). `is_required`: never null.
    """

    name: str
    header: str
    title: str
    description: str
    value: ColumnElement[Any]
    kind: PublicKind = "text"
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    service: str = ""
    is_required: bool = False


@dataclass(frozen=True, eq=False)
class PublicDataset:
    """A set of public rows, published under `slug`: its French title and description, and the columns of its rows.

    `columns` hold `lon` and `lat` in degrees (null: position not known); the first column identifies a row. `rows`
    gives the select of its columns for a selection, in a stable order; `filters` are the keys of the filters that
    narrow it. Without `sources` (names of data.sources) its rows are unknown, not absent.
    """

    slug: str
    title: str
    description: str
    columns: tuple[PublicColumn, ...]
    rows: Callable[[Selection], Select[Any]]
    sources: tuple[str, ...]
    filters: tuple[str, ...]

    def column(self, name: str) -> PublicColumn:
        """The column of that name. Raises StopIteration when there is none."""
        return next(one for one in self.columns if one.name == name)


def public_select(columns: tuple[PublicColumn, ...]) -> Select[Any]:
    """The select of the public columns, each under its name, and of nothing else; its rows have still to be joined."""
    return select(*(column.value.label(column.name) for column in columns))
