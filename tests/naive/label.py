"""Naive values of the indicators of data/indicators/label.py, by slug."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from data.selection import Selection
from tests import naive

IN_ORDER = ("application", "complete_file", "aract_opinion", "awarded", "renewed", "refused", "abandoned", "withdrawn")
SETTLED = ("awarded", "refused", "abandoned", "withdrawn")


def first(facts: naive.Facts, place: Any, step: str) -> date | None:
    return min((day for day, one in facts.labels.get(place.place_id, []) if one == step), default=None)


def cumulees(facts: naive.Facts, selection: Selection) -> float | None:
    firsts = [first(facts, place, "awarded") for place in facts.places if naive.kept(place, selection)]
    return sum(1 for day in firsts if day is not None and day <= selection.until)


def in_process(facts: naive.Facts, place: Any, day: date) -> bool:
    """« In process » at a date, word for word."""
    if naive.labelled(facts, place, day) or (place.closed is not None and place.closed <= day):
        return False
    happened = [event for event in facts.labels.get(place.place_id, []) if event[0] <= day and event[1] in IN_ORDER]
    dated = sorted((when, IN_ORDER.index(step), step) for when, step in happened)
    settled = [rank for rank, event in enumerate(dated) if event[2] in SETTLED]
    asked = [rank for rank, event in enumerate(dated) if event[2] in ("application", "complete_file")]
    return bool(asked) and max(asked) > max(settled, default=-1)


def en_cours(facts: naive.Facts, selection: Selection) -> float | None:
    kept = (place for place in facts.places if naive.kept(place, selection))
    return sum(in_process(facts, place, selection.until) for place in kept)


def delai(facts: naive.Facts, selection: Selection) -> float | None:
    waited = []
    for place in facts.places:
        awarded = first(facts, place, "awarded")
        applied = first(facts, place, "application") or first(facts, place, "complete_file")
        if awarded is None or applied is None or applied > awarded or not naive.kept(place, selection):
            continue
        if (selection.since or date.min) <= awarded <= selection.until:
            waited.append((awarded - applied).days)
    waited.sort()
    middle = len(waited) // 2
    if not waited:
        return None
    return waited[middle] if len(waited) % 2 else (waited[middle - 1] + waited[middle]) / 2


VALUES: dict[str, Callable[[naive.Facts, Selection], float | None]] = {
    "lieux-labellises": lambda facts, selection: len(naive.lieux_labellises(facts, selection)),
    "labellisations-cumulees": cumulees,
    "lieux-en-cours": en_cours,
    "delai-labellisation": delai,
}
