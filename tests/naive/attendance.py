"""Naive values of the indicators of data/indicators/attendance.py, by slug."""

from __future__ import annotations

from collections.abc import Callable

from data.selection import Selection
from tests import naive

UNITS = {"journees": "person_days"}


def visites(facts: naive.Facts, selection: Selection) -> float | None:
    rows = naive.reports(facts, selection, "visits")
    return sum(row.value for row in rows) if rows else None


def taux_reponse(facts: naive.Facts, selection: Selection) -> float | None:
    unit = UNITS.get((selection.codes("unite") or ("visites",))[0], "visits")
    pairs = naive.expected(facts, selection)
    given = {(row.place_id, row.starts.year * 100 + row.starts.month) for row in naive.reports(facts, selection, unit)}
    return sum((place.place_id, month) in given for place, month in pairs) / len(pairs) if pairs else None


VALUES: dict[str, Callable[[naive.Facts, Selection], float | None]] = {"visites": visites, "taux-reponse": taux_reponse}
