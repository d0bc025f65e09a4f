"""Naive frames of the charts of attendance: each figure with the private places that its own level leaves out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from data.i18n import MONTHS
from data.selection import FilterOptions, Selection
from data.types import month_after, month_end, months_between
from tests import naive
from tests.naive import suppression
from tests.naive.attendance import published, suppressed_of, unit_of
from tests.naive.charts.model import Frame, Row
from tests.naive.territories import departements, intercommunalites


def over_months(selection: Selection, first: int, last: int) -> Selection:
    return replace(selection, since=naive.date(first // 100, first % 100, 1), until=month_end(last))


def last_month(selection: Selection) -> int:
    """The last month that is over at `until`."""
    return naive.months_of(replace(selection, since=None), 200001)[-1]


def by_month(facts: naive.Facts, selection: Selection) -> dict[int, Row]:
    """What is known of each whole month of the period in which something was declared or expected."""
    suppressed, unit, level = suppressed_of(facts), unit_of(selection), suppression.level_of(selection)
    values = suppressed.by_place(unit)
    declared, expected = (_by_month(published(facts, selection, kind)) for kind in ("declared", "expected"))
    kept = {place.place_id for place in facts.places if naive.kept(place, selection)}
    rows = {}
    for month in sorted({*declared, *expected, *_months_with_hidden_places(facts, selection)}):
        said, awaited = declared.get(month, []), expected.get(month, [])
        answered = sum(place in values.get(month, {}) for place in awaited)
        rows[month] = {
            "visits": sum(values[month][place] for place in said) if said else None,
            "reports": len(said),
            "expected": len(awaited),
            "answered": answered,
            "rate": answered / len(awaited) if awaited else None,
            "omitted": len(suppressed("declared", unit, month)[level] & kept),
        }
    return rows


def _by_month(pairs: list[tuple[Any, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for place, month in pairs:
        found.setdefault(month, []).append(place.place_id)
    return found


def _months_with_hidden_places(facts: naive.Facts, selection: Selection) -> set[int]:
    """The months in which some place of the selection declared or was expected, be it left out."""
    values = suppressed_of(facts).by_place(unit_of(selection))
    kept = {place.place_id for place in facts.places if naive.kept(place, selection)}
    declared = {month for month in naive.months_of(selection, 200001) if kept & set(values.get(month, {}))}
    return declared | {month for _place, month in naive.expected(facts, selection)}


NOTHING: Row = {"visits": None, "reports": 0, "expected": 0, "answered": 0, "rate": None, "omitted": 0}


def visits(facts: naive.Facts, selection: Selection, _words: FilterOptions) -> list[Row]:
    found = by_month(facts, selection)
    declared = [month for month, one in found.items() if one["visits"] is not None]
    if not declared:
        return []
    months = naive.months_of(selection, 200001)
    first = months[0] if selection.since else declared[0]
    return [{"month": month, **found.get(month, NOTHING)} for month in months_between(first, months[-1])]


def by_departement(facts: naive.Facts, selection: Selection, _words: FilterOptions) -> list[Row]:
    months = naive.months_of(selection, 200001)[-24:]
    if not months:
        return []
    shown = over_months(selection, months[0], months[-1])
    parts = {
        name: by_month(facts, shown.with_codes("dep", [code])) for code, name in departements(facts, selection).items()
    }
    declared = [month for found in parts.values() for month, one in found.items() if one["visits"] is not None]
    if not declared:
        return []
    rows = []
    for name, found in parts.items():
        for month in months_between(min(declared), months[-1]) if found else ():
            one = found.get(month, NOTHING)
            rows.append({"panel": name, "month": month, "value": one["visits"], **one})
    return rows


def comparable(facts: naive.Facts, selection: Selection, _words: FilterOptions) -> list[Row]:
    last = last_month(selection)
    values = suppressed_of(facts).by_place(unit_of(selection))
    pairs = _by_month(published(facts, over_months(selection, month_after(last, -11), last), "paired"))
    return [
        {
            "month": month,
            "now": sum(values[month][place] for place in places),
            "before": sum(values[month - 100][place] for place in places),
        }
        for month, places in sorted(pairs.items())
    ]


def season(facts: naive.Facts, selection: Selection, _words: FilterOptions) -> list[Row]:
    found = by_month(facts, selection)
    declared = [month for month, one in found.items() if one["visits"] is not None]
    if not declared:
        return []
    last = last_month(selection)
    if declared[-1] // 100 <= last // 100 - 4:  # the last four years have nothing: those of the last declaration
        last = declared[-1] // 100 * 100 + 12
    first = max(declared[0], (last // 100 - 3) * 100 + 1)
    rows = []
    for month in months_between(first, last):
        one = found.get(month, NOTHING)
        average = None if one["visits"] is None else one["visits"] / one["reports"]
        rows.append({"year": month // 100, "name": MONTHS[month % 100 - 1], "average": average, **one})
    return rows


def answered(facts: naive.Facts, selection: Selection, name: str) -> Row | None:
    """The declarations of a territory that came and that were expected; None when none was."""
    values = suppressed_of(facts).by_place(unit_of(selection))
    pairs = published(facts, selection, "expected")
    if not pairs:
        return None
    came = sum(place.place_id in values.get(month, {}) for place, month in pairs)
    count = len(pairs)
    return {"name": name, "answered": came, "expected": count, "missing": count - came, "rate": came / count}


def response(facts: naive.Facts, selection: Selection, words: FilterOptions) -> list[Row]:
    months = naive.months_of(selection, 200001)[-12:]
    if not months:
        return []
    recent = over_months(selection, months[0], months[-1])
    whole = answered(facts, recent, recent.territory_text(words))
    if whole is None:
        return []
    if selection.codes("dep") or selection.codes("epci"):
        areas, key = intercommunalites(facts, selection), "epci"
    else:
        areas, key = departements(facts, selection), "dep"
    rows = [
        row
        for code, name in areas.items()
        if (row := answered(facts, recent.with_codes(key, [code]), name)) is not None
    ]
    return sorted(rows, key=lambda row: (-row["missing"], row["name"]))[:8] or [whole]


FRAMES: dict[str, Frame] = {
    "visites-par-mois": visits,
    "visites-par-departement": by_departement,
    "lieux-comparables": comparable,
    "saison": season,
    "taux-de-reponse": response,
}
