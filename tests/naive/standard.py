"""Naive values of the indicators of data/indicators/standard.py, by slug."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from data.selection import Selection
from tests import naive

THRESHOLDS = ("speed_mbps", "seats", "surface_m2")


def in_force(facts: naive.Facts, day: date) -> list[Any]:
    return [one for one in facts.criteria if one.since is None or one.since <= day]


def compliance(facts: naive.Facts, place: Any, criterion: Any, day: date) -> str:
    """The list of places where it is filled, else the latest declaration, else nothing is known."""
    listed = None if criterion.basis == "declared" else getattr(place, criterion.basis)
    if listed is not None and criterion.basis in THRESHOLDS:
        return "met" if listed >= criterion.threshold else "missing"
    if listed is not None:
        return "met" if listed else "missing"
    declared = [
        (one.day, one.finding)
        for one in facts.declarations
        if (one.place_id, one.criterion) == (place.place_id, criterion.code) and one.day <= day
    ]
    return max(declared)[1] if declared else "unknown"


def compulsory_compliance(facts: naive.Facts, place: Any, day: date) -> list[str]:
    return [compliance(facts, place, one, day) for one in in_force(facts, day) if one.is_compulsory]


def standard_respecte(facts: naive.Facts, selection: Selection) -> float | None:
    places = naive.lieux_labellises(facts, selection)
    found = [compulsory_compliance(facts, place, selection.until) for place in places]
    known = [one for one in found if one and "unknown" not in one]
    return sum(set(one) == {"met"} for one in known) / len(known) if known else None


def decisions_to_check(facts: naive.Facts, selection: Selection) -> list[tuple[Any, date, str]]:
    return [
        (place, day, step)
        for place in facts.places
        if naive.kept(place, selection)
        for day, step in facts.labels.get(place.place_id, [])
        if step in ("awarded", "renewed")
        and naive.during(day, selection)
        and set(compulsory_compliance(facts, place, day)) - {"met"}
    ]


VALUES: dict[str, Callable[[naive.Facts, Selection], float | None]] = {
    "standard-respecte": standard_respecte,
    "labels-a-verifier": lambda facts, selection: len(decisions_to_check(facts, selection)),
}
