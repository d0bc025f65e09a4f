"""Values that a version table keeps in `extra`, without a column of their own, as a French text.

Each table with such columns has a list or a sheet that shows them; a test holds it.
"""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Table, Text, type_coerce
from sqlalchemy.types import TypeDecorator

from data.i18n import NARROW
from data.sources import SOURCES
from data.sources.model import Column
from data.sources.values import display_value
from data.types import day_of

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

CONFIRMATION_COLUMNS = frozenset(
    {"commune_name", "postcode"}
)  # of the commune, which is shown by its code: nothing to add
OTHER_VALUES_NAME, OTHER_VALUES_HEADER = "others", "Autres colonnes du fichier"


def display_encoded(value: object, column: Column) -> str | None:
    """A value of `extra` or of a staging table as a person reads it: there, a day is its number and an amount in cents.

    None when there is no value.
    """
    if value is None:
        return None
    if column.kind == "day" and isinstance(value, int):
        return display_value(day_of(value), column)
    if column.kind == "amount" and isinstance(value, int):
        return display_value(Decimal(value) / 100, column)
    return display_value(value, column)


class OtherValues(TypeDecorator[str]):
    """The JSON object of `extra` ({"nature": "aide en numéraire", "rae": "12"}) read as « nature : aide en numéraire ·
    idRAE : 12 », with the headers of the sources that fill the table.
    """

    impl = Text
    cache_ok = True

    def __init__(self, table: str) -> None:
        super().__init__()
        self.table = table

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return value

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        columns = {column.name: column for source in SOURCES if source.table == self.table for column in source.columns}
        values = ((columns.get(name, Column(name, name)), cell) for name, cell in json.loads(value).items())
        texts = [
            f"{column.header}{NARROW}: {display_encoded(cell, column)}"
            for column, cell in values
            if column.name not in CONFIRMATION_COLUMNS
        ]
        return " · ".join(texts) or None


def other_values(version: Table) -> ColumnElement[str]:
    """SQL: the values of a row of a version table that are in its `extra`; null when it has none."""
    return type_coerce(version.c.extra, OtherValues(version.name)).label(OTHER_VALUES_NAME)


class OtherValue(TypeDecorator[str | date]):
    """One value of the JSON object of `extra`: a text, or a date for a column of days; None where there is none, or
    where it does not match `accepted`.
    """

    impl = Text
    cache_ok = True

    def __init__(self, name: str, is_day: bool, accepted: re.Pattern[str] | None) -> None:
        super().__init__()
        self.name, self.is_day, self.accepted = name, is_day, accepted

    def process_bind_param(self, value: str | date | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | date | None:
        found = json.loads(value).get(self.name) if value else None
        if found is None or (self.accepted and not self.accepted.fullmatch(str(found))):
            return None
        return day_of(found) if self.is_day and isinstance(found, int) else str(found)


def other_value(version: Table, column: Column, accepted: re.Pattern[str] | None = None) -> ColumnElement[str | date]:
    """SQL: the value of one column of a source that has no column of its own in the table; null where a row has none,
    or one that does not match `accepted`.
    """
    return type_coerce(version.c.extra, OtherValue(column.name, column.kind == "day", accepted))
