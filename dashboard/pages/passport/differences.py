"""The figures of two states of the data, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dashboard.components.exported import ExportedFigures
from data.i18n import MINUS, NARROW, number

ABSENT = "—"


_NUMBER = re.compile(rf"({MINUS}?\d[\d{NARROW}]*(?:,\d+)?)(\D*)")


@dataclass(frozen=True)
class Difference:
    """A figure that is not the same: what it measures (« Émergence, 2019 : Montant voté »), then and now as written."""

    what: str
    then: str
    now: str

    @property
    def gap(self) -> str:
        """« +1 », « −250 € »: what was added; a dash when one of the two is no number, or has another unit."""
        old, new = _NUMBER.fullmatch(self.then), _NUMBER.fullmatch(self.now)
        if not old or not new or old[2] != new[2]:
            return ABSENT
        gap = _decimal(new[1]) - _decimal(old[1])
        decimals = max(len(match[1].partition(",")[2]) for match in (old, new))
        return f"{'+' if gap > 0 else ''}{number(gap, decimals)}{new[2]}"


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(NARROW, "").replace(",", ".").replace(MINUS, "-"))


def find_differences(then: ExportedFigures, now: ExportedFigures) -> list[Difference]:
    """The figures that differ, in the order of the present table, then those that are gone.

    A row is recognised by its texts, days and years; a row that is in one state only has all its figures in that one.
    """
    return list(_differences(then, now))


def _differences(then: ExportedFigures, now: ExportedFigures) -> Iterator[Difference]:
    headers = [column.header for column in now.columns if column.kind == "value"]
    rows_then, rows_now = _values_by_key(then), _values_by_key(now)
    for key in dict.fromkeys((*rows_now, *rows_then)):
        before, after = (rows.get(key, (ABSENT,) * len(headers)) for rows in (rows_then, rows_now))
        for header, old, new in zip(headers, before, after, strict=True):
            if old != new:
                yield Difference(_name(key, header, len(headers)), old, new)


Key = tuple[str | int, ...]


def _values_by_key(figures: ExportedFigures) -> dict[Key, tuple[str, ...]]:
    """The values of each row; rows with the same texts are told apart by their rank."""
    is_value = [column.kind == "value" for column in figures.columns]
    found: dict[Key, tuple[str, ...]] = {}
    for row in figures.rows:
        texts = tuple(text for text, value in zip(row, is_value, strict=True) if not value)
        rank = sum(key[:-1] == texts for key in found)
        found[*texts, rank] = tuple(text for text, value in zip(row, is_value, strict=True) if value)
    return found


def _name(key: Key, header: str, figures: int) -> str:
    name = ", ".join(str(part) for part in key[:-1] if part)
    return f"{name}\u202f: {header.lower()}" if figures > 1 else name
