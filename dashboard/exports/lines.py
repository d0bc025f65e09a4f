"""Rows of any length as CSV, a few at a time: `;`, BOM, decimal comma, and no live formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

BOM = "\ufeff"
LIVE = ("=", "+", "-", "@", "\t", "\r", "\n")  # a spreadsheet runs a cell that starts so
TOGETHER = 500  # rows sent at a time


def csv_lines(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The file, in pieces."""
    yield _written([[csv_cell(header) for header in headers]], BOM)
    remaining = iter(rows)
    while piece := list(islice(remaining, TOGETHER)):
        yield _written([[csv_cell(value) for value in row] for row in piece], "")


def csv_cell(value: Any) -> str:
    """The value as French spreadsheets read it: 31/12/2020, 1234,5; a text that would run gets a leading apostrophe."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int | float | Decimal):
        return str(value).replace(".", ",")
    text = str(value)
    return f"'{text}" if text.startswith(LIVE) else text


def _written(rows: Iterable[Sequence[str]], start: str) -> bytes:
    text = io.StringIO(newline="")
    text.write(start)
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8")
