"""Naive values of the indicators of data/indicators/attendance.py, by slug."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

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


def monthly(facts: naive.Facts, selection: Selection, months: list[int]) -> dict[tuple[int, int], int]:
    """Visits by (place, month) of some months."""
    found: dict[tuple[int, int], int] = {}
    for row in naive.reports(facts, replace(selection, since=None), "visits"):
        month = row.starts.year * 100 + row.starts.month
        if month in months:
            found[row.place_id, month] = found.get((row.place_id, month), 0) + row.value
    return found


def evolution_lieux_comparables(facts: naive.Facts, selection: Selection) -> float | None:
    whole = naive.months_of(replace(selection, since=None), 200001)
    now = monthly(facts, selection, whole[-12:])
    before = monthly(facts, selection, whole[-24:-12])
    both = [(place, month) for place, month in now if (place, month - 100) in before]
    visits = sum(now[pair] for pair in both)
    earlier = sum(before[place, month - 100] for place, month in both)
    if len({place for place, _month in both}) < 5 or visits < sum(now.values()) / 2 or earlier == 0:
        return None
    return visits / earlier - 1


def visites_par_poste(facts: naive.Facts, selection: Selection) -> float | None:
    seats = {place.place_id: place.seats for place in facts.places if place.seats}
    rows = [row for row in naive.reports(facts, selection, "visits") if row.place_id in seats]
    pairs = {(row.place_id, date(row.starts.year, row.starts.month, 1)) for row in rows}
    offered = sum(seats[place] for place, _month in pairs)
    return sum(row.value for row in rows) / offered if offered else None


VALUES: dict[str, Callable[[naive.Facts, Selection], float | None]] = {
    "visites": visites,
    "taux-reponse": taux_reponse,
    "evolution-lieux-comparables": evolution_lieux_comparables,
    "visites-par-poste": visites_par_poste,
}
