"""Which private places each level leaves out, again: sets of places, one month and unit at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

LEVELS = {  # by what a level cuts
    1: (),
    2: ("dep",),
    3: ("dep", "epci"),
    4: ("typologies",),
    5: ("dep", "typologies"),
    6: ("dep", "epci", "typologies"),
}
PARTS = {1: (2, 3, 4), 2: (3, 5), 3: (6,), 4: (5, 6), 5: (6,), 6: ()}  # one more dimension: a territory or a typology

FEW = (1, 2)  # places that each of them knows


def cells(places: Iterable[Any], level: int) -> dict[Any, set[int]]:
    """The places of each cell of a level."""

    def key(place: Any) -> tuple[Any, ...]:
        return tuple(getattr(place, name) for name in LEVELS[level])

    return {one: {place.place_id for place in group} for one, group in groupby(sorted(places, key=key), key)}


def suppress(
    members: Iterable[Any],
    base: Mapping[int, set[int]] | None = None,
    wholes: Iterable[Mapping[int, Mapping[Any, set[int]]]] = (),
) -> dict[int, set[int]]:
    """By level, the places of `members` (the private places that a figure sums) that it leaves out.

    `base` is left out to begin with; `wholes` are what other figures publish, by level and cell: what they publish and
    this one does not must not be one or two places.
    """
    members = list(members)
    hidden = {level: set(base[level]) if base else set() for level in LEVELS}
    cut = {level: cells(members, level) for level in LEVELS}
    before = None
    while before != (before := {level: frozenset(found) for level, found in hidden.items()}):
        for level in reversed(LEVELS):
            for key, places in cut[level].items():
                hidden[level] |= _of_parts(places, hidden, level)
                for whole in wholes:
                    rest = whole[level].get(key, set()) - (places - hidden[level])
                    if len(rest) in FEW:  # some more are left out, so that the rest is of three
                        hidden[level] |= set(sorted(places - hidden[level])[: 3 - len(rest)])
                if len(places - hidden[level]) in FEW:
                    hidden[level] |= places
        for level in LEVELS:
            for part in PARTS[level]:
                hidden[part] |= hidden[level]
    return hidden


def _of_parts(places: set[int], hidden: Mapping[int, set[int]], level: int) -> set[int]:
    """What the parts of a cell leave out, where it is one or two of the places that the cell publishes."""
    found: set[int] = set()
    for part in PARTS[level]:
        of_part = (hidden[part] & places) - hidden[level] - found
        found |= of_part if len(of_part) in FEW else set()
    return found


def published(members: Iterable[Any], hidden: Mapping[int, set[int]]) -> dict[int, dict[Any, set[int]]]:
    """By level and cell, the places that a figure publishes."""
    members = list(members)
    return {level: {key: places - hidden[level] for key, places in cells(members, level).items()} for level in LEVELS}


def level_of(selection: Any) -> int:
    """The level of what a selection asks."""
    typology = 3 if selection.codes("typologie") else 0
    return (3 if selection.codes("epci") else 2 if selection.codes("dep") else 1) + typology
