"""Any number of rows as CSV, in pieces, in the dialect of the tables of charts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Any

from dashboard.exports.cells import plain_number
from data.formulas import escape_formula
from data.i18n import day_short

BOM = "\ufeff"
ROWS_PER_PIECE = 500  # rows
MAX_CACHED_TEXTS = 8_192  # of days, and of numbers


def csv_lines(
    headers: Sequence[str], rows: Iterable[Sequence[Any]], repeated: Mapping[str, str] | None = None
) -> Iterator[bytes]:
    """The file, in pieces. `repeated`: header -> text repeated on every line, so that a copied line stays
    self-explanatory.
    """
    constant = dict(repeated or {})
    texts = [escape_formula(text) for text in constant.values()]
    yield (BOM + _csv_text([[escape_formula(header) for header in (*headers, *constant)]])).encode()
    remaining = iter(rows)
    while piece := list(islice(remaining, ROWS_PER_PIECE)):
        yield _csv_text([[*(csv_value(value) for value in row), *texts] for row in piece]).encode()


def csv_value(value: Any) -> str:
    """A value of the database as text: 31/12/2020, 1234,5; empty when it is not known."""
    if value is None:
        return ""
    if isinstance(value, str):
        return escape_formula(value)
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, int | float | Decimal):
        return _number(value)
    return escape_formula(str(value))


_day, _number = (
    lru_cache(MAX_CACHED_TEXTS)(day_short),
    lru_cache(MAX_CACHED_TEXTS)(plain_number),
)  # values repeat


def _csv_text(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return text.getvalue()
