"""Naive values of the indicators of data/indicators/events.py, by slug."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from data.selection import Selection
from tests import naive

PUBLIC = ("workshop", "seminar", "event")


def three_months_before(day: date) -> date:
    """Counted on fingers: the first of the month three times, then the day or the last one before it."""
    first = day.replace(day=1)
    for _month in range(3):
        first = (first - timedelta(days=1)).replace(day=1)
    days = [first + timedelta(days=at) for at in range(31)]
    return max(one for one in days if one.month == first.month and one.day <= day.day)


def events_at(facts: naive.Facts, place: Any, selection: Selection) -> list[Any]:
    """Those open to the public at a place in the three months to the date, the last first."""
    after = three_months_before(selection.until)
    held = [
        one
        for one in (*facts.activities, *facts.open_events)
        if one.place_id == place.place_id and after < one.day <= selection.until
    ]
    return sorted(
        (one for one in held if one.partner is None or one.kind in PUBLIC), key=lambda one: one.day, reverse=True
    )


def lieux_animes(facts: naive.Facts, selection: Selection) -> float | None:
    places = naive.lieux_labellises(facts, selection)
    return sum(bool(events_at(facts, place, selection)) for place in places) / len(places) if places else None


VALUES: dict[str, Callable[[naive.Facts, Selection], float | None]] = {"lieux-animes": lieux_animes}
