"""Types of database columns that read and sum alike on SQLite and PostgreSQL, and aliases that modules share."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import BigInteger, ColumnElement, Integer, SmallInteger, type_coerce
from sqlalchemy.sql.base import ColumnCollection
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

Columns = ColumnCollection[str, Any]
"""The columns of a table, subquery or select, by name (`rows.c`)."""

TimeKind = Literal["stock", "day", "month", "undated"]
"""How rows are dated: in force from `started` to `ended`; on a `day`; in a `month` (yyyymm); whatever the date."""

TerritoryColumn = Literal["dep", "epci"]
TERRITORY_COLUMNS: tuple[TerritoryColumn, ...] = ("dep", "epci")


def day_number(day: date) -> int:
    """31 December 2020 -> 20201231: sorts, compares and prints as a date does."""
    return day.year * 10_000 + day.month * 100 + day.day


def day_of(number: int) -> date:
    """20201231 -> 31 December 2020. Raises ValueError when the number is no date."""
    return date(number // 10_000, number // 100 % 100, number % 100)


def month_start(month: int) -> date:
    """202002 -> 1 February 2020."""
    return day_of(month * 100 + 1)


def month_end(month: int) -> date:
    """202002 -> 29 February 2020."""
    year, number = divmod(month, 100)
    following = date(year + number // 12, number % 12 + 1, 1)
    return following - timedelta(days=1)


def month_number(day: date) -> int:
    """29 February 2020 -> 202002."""
    return day.year * 100 + day.month


def month_after(month: int, count: int) -> int:
    """202001, 1 -> 202002; 202001, -1 -> 201912."""
    index = month // 100 * 12 + month % 100 - 1 + count
    return index // 12 * 100 + index % 12 + 1


def months_between(first: int, last: int) -> list[int]:
    """Every month number from first to last, both included (201911, 202001 -> 201911, 201912, 202001)."""
    start, end = (month // 100 * 12 + month % 100 - 1 for month in (first, last))
    return [index // 12 * 100 + index % 12 + 1 for index in range(start, end + 1)]


class Day(TypeDecorator[date]):
    """A date kept as the integer yyyymmdd: four bytes, the same arithmetic on both engines."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> int | None:
        return None if value is None else day_number(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> date | None:
        return None if value is None else day_of(value)


class Cents(TypeDecorator[Decimal]):
    """An amount in euros kept as whole cents, so that sums are exact on both engines."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value * 100)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(int(value)) / 100


class Coded(TypeDecorator[str]):
    """One of a few words, stored as its rank: small keys in the largest table."""

    impl = SmallInteger
    cache_ok = True

    def __init__(self, words: tuple[str, ...]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: str | None, dialect: Dialect) -> int | None:
        return None if value is None else self.words.index(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> str | None:
        return None if value is None else self.words[value]


def month_of(day: ColumnElement[Any]) -> ColumnElement[int]:
    """SQL: the month number (yyyymm) of a day."""
    return type_coerce(day, Integer) // 100


def year_of(day: ColumnElement[Any]) -> ColumnElement[int]:
    """SQL: the year of a day."""
    return type_coerce(day, Integer) // 10_000


def day_count(day: ColumnElement[Any]) -> ColumnElement[int]:
    """SQL: the Julian day number of a day, in whole numbers alone, so that two days subtract on both engines."""
    number: Any = type_coerce(day, Integer)
    year, month = number // 10_000, number // 100 % 100
    early = (14 - month) // 12  # January and February end the year before: a leap day is then the last of its year
    years, months = year + 4800 - early, month + 12 * early - 3
    leaps = years // 4 - years // 100 + years // 400
    julian_day: ColumnElement[int] = number % 100 + (153 * months + 2) // 5 + 365 * years + leaps - 32_045
    return julian_day
