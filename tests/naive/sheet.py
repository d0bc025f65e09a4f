"""What the sheet of a territory compares and what changed there, from the raw facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from data import reference
from data.selection import Selection
from tests import naive
from tests.naive.label import in_process

OUTSIDE = ("200040277", "200072676")  # intercommunalités with their seat outside Normandie


def peers(column: str) -> list[str]:
    """The codes of the départements, or of the intercommunalités that are compared."""
    if column == "dep":
        return [one.code for one in reference.read_departements()]
    return [one.code for one in reference.read_epci() if one.code not in OUTSIDE]


def middle(
    value: Callable[[naive.Facts, Selection], float | None], facts: naive.Facts, selection: Selection, column: str
) -> tuple[float | None, int]:
    """The value in the middle of those known, and their number."""
    read = [value(facts, selection.with_codes(column, [code])) for code in peers(column)]
    known = sorted(one for one in read if one is not None)
    half = len(known) // 2
    if len(known) < 3:
        return None, len(known)
    return (known[half] if len(known) % 2 else (known[half - 1] + known[half]) / 2), len(known)


def changes(facts: naive.Facts, selection: Selection) -> set[tuple[str, date, int]]:
    """(kind, day, place): each day of the twelve months to the end, beside the day before."""
    return {
        (kind, day, place.place_id)
        for place in facts.places
        if naive.kept(place, selection)
        for day in _year(selection.until)
        for kind in _on(facts, place, day)
    }


def _year(until: date) -> list[date]:
    before = date(until.year - 1, until.month, min(until.day, 28) if until.month == 2 else until.day)
    return [before + timedelta(days=1 + one) for one in range((until - before).days)]


def _on(facts: naive.Facts, place: Any, day: date) -> Iterator[str]:
    yesterday = day - timedelta(days=1)
    for now, was, begun, over in (
        (naive.labelled(facts, place, day), naive.labelled(facts, place, yesterday), "labelled", "left"),
        (in_process(facts, place, day), in_process(facts, place, yesterday), "applied", ""),
    ):
        if now and not was:
            yield begun
        if was and not now and over:
            yield over
    yield from (kind for kind, on in (("opened", place.opened), ("closed", place.closed)) if on == day)
