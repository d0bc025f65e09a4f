"""Naive values of the indicators of data/indicators/attendance.py, by slug."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from data.selection import Selection
from tests import naive
from tests.naive import suppression

UNITS = {"personnes": "people", "journees": "person_days", "demi-journees": "half_days", "heures": "hours"}
Kind = str  # declared, seated, paired, expected


def unit_of(selection: Selection) -> str:
    return UNITS.get((selection.codes("unite") or ("visites",))[0], "visits")


def _month(row: Any) -> int:
    return int(row.starts.year * 100 + row.starts.month)


def declared(facts: naive.Facts, unit: str) -> dict[int, dict[int, int]]:
    """By month and place, what was declared in a unit."""
    found: dict[int, dict[int, int]] = {}
    for row in facts.attendance:
        if row.unit == unit and row.audience == "":
            month = found.setdefault(_month(row), {})
            month[row.place_id] = month.get(row.place_id, 0) + row.value
    return found


class Suppressed:
    """What each level leaves out of each kind of figure, worked out once for each month and unit asked for."""

    def __init__(self, facts: naive.Facts) -> None:
        self.facts = facts
        self.private = {place.place_id: place for place in facts.places if place.holder_type == "private"}
        self.computed: dict[tuple[Any, ...], dict[int, set[int]]] = {}
        self.values: dict[str, dict[int, dict[int, int]]] = {}
        self.labelled: dict[int, set[int]] | None = None

    def by_place(self, unit: str) -> dict[int, dict[int, int]]:
        if unit not in self.values:
            self.values[unit] = declared(self.facts, unit)
        return self.values[unit]

    def members(self, kind: Kind, unit: str, month: int) -> list[Any]:
        values = self.by_place(unit)
        places = set(values.get(month, {}))
        if kind == "seated":
            places = {place for place in places if place in self.private and self.private[place].seats}
        elif kind == "paired":
            places &= set(values.get(month - 100, {}))
        elif kind == "expected":
            places = self.expected(month)
        return [self.private[place] for place in sorted(places) if place in self.private]

    def expected(self, month: int) -> set[int]:
        if self.labelled is None:
            self.labelled = {}
            everything = Selection((), None, naive.date(2026, 12, 31), until_given=True)
            for place, when in naive.expected(self.facts, everything):
                self.labelled.setdefault(when, set()).add(place.place_id)
        return self.labelled.get(month, set())

    def __call__(self, kind: Kind, unit: str, month: int) -> dict[int, set[int]]:
        key = (kind, unit, month)
        if key not in self.computed:
            self.computed[key] = self._work_out(kind, unit, month)
        return self.computed[key]

    def _work_out(self, kind: Kind, unit: str, month: int) -> dict[int, set[int]]:
        members = self.members(kind, unit, month)
        if kind in ("declared", "expected"):
            return suppression.suppress(members)
        here = {place.place_id for place in members}
        wholes = [self("declared", unit, month)]
        publish = [suppression.published(self.members("declared", unit, month), wholes[0])]
        if kind == "paired":
            wholes.append(self("declared", unit, month - 100))
            publish.append(suppression.published(self.members("declared", unit, month - 100), wholes[1]))
        base = {level: here & set().union(*(whole[level] for whole in wholes)) for level in suppression.LEVELS}
        return suppression.suppress(members, base, publish)


_SUPPRESSED: list[Suppressed] = []


def suppressed_of(facts: naive.Facts) -> Suppressed:
    """That of these facts; the last ones asked for are kept."""
    found = next((one for one in _SUPPRESSED if one.facts is facts), None)
    if found is None:
        found = Suppressed(facts)
        _SUPPRESSED[:] = [*_SUPPRESSED[-3:], found]
    return found


def published(facts: naive.Facts, selection: Selection, kind: Kind) -> list[tuple[Any, int]]:
    """The (place, month) that a figure of the selection counts."""
    suppressed, unit, level = suppressed_of(facts), unit_of(selection), suppression.level_of(selection)
    places = {place.place_id: place for place in facts.places if naive.kept(place, selection)}
    if kind == "expected":
        pairs = [(place.place_id, month) for place, month in naive.expected(facts, selection)]
    else:
        values = suppressed.by_place(unit)
        months = naive.months_of(selection, 200001)
        pairs = [(place, month) for month in months for place in values.get(month, {}) if place in places]
        if kind == "seated":
            pairs = [(place, month) for place, month in pairs if places[place].seats]
        if kind == "paired":
            pairs = [(place, month) for place, month in pairs if place in values.get(month - 100, {})]
    return [(places[place], month) for place, month in pairs if place not in suppressed(kind, unit, month)[level]]


def omitted(facts: naive.Facts, selection: Selection, kind: Kind) -> set[int]:
    """The private places of the selection that a figure leaves out in some month."""
    suppressed, unit, level = suppressed_of(facts), unit_of(selection), suppression.level_of(selection)
    kept = {place.place_id for place in facts.places if naive.kept(place, selection)}
    months = naive.months_of(selection, 200001)
    return {place for month in months for place in suppressed(kind, unit, month)[level] if place in kept}


def visites(facts: naive.Facts, selection: Selection) -> float | None:
    values = suppressed_of(facts).by_place(unit_of(selection))
    rows = published(facts, selection, "declared")
    return sum(values[month][place.place_id] for place, month in rows) if rows else None


def taux_reponse(facts: naive.Facts, selection: Selection) -> float | None:
    values = suppressed_of(facts).by_place(unit_of(selection))
    pairs = published(facts, selection, "expected")
    return sum(place.place_id in values.get(month, {}) for place, month in pairs) / len(pairs) if pairs else None


def evolution_lieux_comparables(facts: naive.Facts, selection: Selection) -> float | None:
    values = suppressed_of(facts).by_place(unit_of(selection))
    last = naive.months_of(replace(selection, since=None), 200001)[-12:]
    year = replace(selection, since=naive.date(last[0] // 100, last[0] % 100, 1), until=naive.month_end(last[-1]))
    both = published(facts, year, "paired")
    visits = sum(values[month][place.place_id] for place, month in both)
    earlier = sum(values[month - 100][place.place_id] for place, month in both)
    whole = visites(facts, year)
    if len({place.place_id for place, _month in both}) < 5 or whole is None or visits < whole / 2 or earlier == 0:
        return None
    return visits / earlier - 1


def visites_par_poste(facts: naive.Facts, selection: Selection) -> float | None:
    values = suppressed_of(facts).by_place(unit_of(selection))
    rows = published(facts, selection, "seated")
    offered = sum(place.seats for place, _month in rows)
    return sum(values[month][place.place_id] for place, month in rows) / offered if offered else None


OMITTING: dict[str, Callable[[naive.Facts, Selection], set[int]]] = {
    "visites": partial(omitted, kind="declared"),
    "taux-reponse": partial(omitted, kind="expected"),
    "visites-par-poste": partial(omitted, kind="seated"),
}
VALUES: dict[str, Callable[[naive.Facts, Selection], float | None]] = {
    "visites": visites,
    "taux-reponse": taux_reponse,
    "evolution-lieux-comparables": evolution_lieux_comparables,
    "visites-par-poste": visites_par_poste,
}
