"""How a demonstration file is written: as a spreadsheet of the Région would save it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

from data.sources import source_named

# One row of a file: French header -> text of the cell; an absent header is an empty cell.
CellTexts = dict[str, str]


def write_rows(source: str, rows: Iterable[CellTexts], folder: Path) -> None:
    """Write SOURCE.csv: `;`, UTF-8 with BOM, CRLF, every column. Raises ValueError on an unknown header."""
    headers = [column.header for column in source_named(source).columns]
    with (folder / f"{source}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, headers, restval="", delimiter=";", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)


def day_text(day: date | None) -> str:
    """31/12/2020, or nothing."""
    return "" if day is None else f"{day:%d/%m/%Y}"


def money_text(amount: Decimal | None) -> str:
    """8500,00, or nothing."""
    return "" if amount is None else f"{amount:.2f}".replace(".", ",")


def yes_no(value: bool) -> str:
    """oui or non."""
    return "oui" if value else "non"
