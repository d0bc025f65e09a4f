"""Naive frames of the charts of the label: through time, by year, by département, on its way."""

from __future__ import annotations

from datetime import date, timedelta
from math import sqrt
from statistics import median
from typing import Any

from data.selection import FilterOptions, Selection
from data.types import month_end
from tests import naive
from tests.naive.charts.model import Frame, Row
from tests.naive.label import IN_ORDER, SETTLED, first, in_process
from tests.naive.pace import line_at, stock, target_of, year_ago
from tests.naive.territories import departements

MONTH = 30.4375  # days
STAGES = {
    "application": "Dossier à compléter",
    "complete_file": "Avis Aract attendu",
    "aract_opinion": "Décision attendue",
}
AGES = ("moins de 3 mois", "3 à 6 mois", "6 à 12 mois", "plus de 12 mois")


def turns(facts: naive.Facts, place: Any, until: date) -> list[tuple[date, int]]:
    """The days up to `until` on which a place becomes labelled (1) or ceases to be (-1), in order."""
    days = {day for day, _step in facts.labels.get(place.place_id, [])} | ({place.closed} - {None})
    found = []
    for day in sorted(one for one in days if one <= until):
        before, after = (naive.labelled(facts, place, one) for one in (day - timedelta(days=1), day))
        if before != after:
            found.append((day, 1 if after else -1))
    return found


def all_turns(facts: naive.Facts, selection: Selection) -> list[tuple[date, int]]:
    kept = (place for place in facts.places if naive.kept(place, selection))
    return sorted(turn for place in kept for turn in turns(facts, place, selection.until))


def change_days(facts: naive.Facts, selection: Selection) -> list[date]:
    """The days on which the stock of the selection is not what it was the day before."""
    sums: dict[date, int] = {}
    for day, sign in all_turns(facts, selection):
        sums[day] = sums.get(day, 0) + sign
    return [day for day, change in sorted(sums.items()) if change]


def projection(facts: naive.Facts, selection: Selection, target: Any) -> tuple[float, float, float] | None:
    """Where the net labels of twelve months lead on the due date, and what chance could make of it (80 %)."""
    if selection.until >= target.due:
        return None
    year = [sign for day, sign in all_turns(facts, selection) if day > year_ago(selection.until)]
    if len(year) < 6:
        return None
    years = (target.due - selection.until).days / (12 * MONTH)
    value = stock(facts, selection) + sum(year) * years
    spread = 1.2816 * sqrt(len(year) * years * (1 + years))
    return max(0.0, value), max(0.0, value - spread), max(0.0, value + spread)


def remark_of(target: Any, day: date) -> str:
    if target is not None and day == target.baseline_day:
        return "adhésions annoncées" if "adhésions annoncées" in target.origin.lower() else "au départ"
    return "échéance de l’objectif" if target is not None and day == target.due else ""


def trajectory(facts: naive.Facts, selection: Selection, _words: FilterOptions) -> list[Row]:
    days = change_days(facts, selection)
    if not days:
        return []
    start = selection.since or min(days[0], year_ago(selection.until))
    target = target_of(facts, selection)
    marks = {start, selection.until, *days, *((target.baseline_day, target.due) if target else ())} - {None}
    ahead = projection(facts, selection, target) if target else None
    rows = []
    for day in sorted(one for one in marks if one >= start):
        is_due, is_start = target is not None and day == target.due, target is not None and day == target.baseline_day
        value, low, high = ahead if ahead and is_due else (None, None, None)
        rows.append(
            {
                "day": day,
                "labelled": stock(facts, selection, day) if day <= selection.until else None,
                "expected": line_at(target, day) if target else None,
                "baseline": target.baseline_value if is_start else None,
                "target": target.value if is_due else None,
                "projected": value,
                "low": low,
                "high": high,
                "remark": remark_of(target, day),
            }
        )
    return rows


def changes_by_year(facts: naive.Facts, selection: Selection, _words: FilterOptions) -> list[Row]:
    moved = [(day, sign) for day, sign in all_turns(facts, selection) if naive.during(day, selection)]
    if not moved:
        return []
    rows = []
    for year in range(moved[0][0].year, selection.until.year + 1):
        signs = [sign for day, sign in moved if day.year == year]
        rows.append(
            {
                "year": year,
                "began": signs.count(1),
                "ended": signs.count(-1),
                "net": sum(signs),
                "until": min(date(year, 12, 31), selection.until),
            }
        )
    return rows


def delays(facts: naive.Facts, selection: Selection, _words: FilterOptions) -> list[Row]:
    waited: dict[int, list[int]] = {}
    for place in facts.places:
        awarded = first(facts, place, "awarded")
        applied = first(facts, place, "application") or first(facts, place, "complete_file")
        if awarded is None or applied is None or applied > awarded or not naive.kept(place, selection):
            continue
        if naive.during(awarded, selection):
            waited.setdefault(awarded.year, []).append((awarded - applied).days)
    years = range(min(waited), max(waited) + 1) if waited else ()
    return [
        {
            "year": year,
            "cases": len(waited.get(year, [])),
            "days": median(waited[year]) if year in waited else None,
            "remark": "peu de cas" if len(waited.get(year, [])) < 5 else "",
        }
        for year in years
    ]


def quarter_end(day: date) -> date:
    return month_end(day.year * 100 + (day.month - 1) // 3 * 3 + 3)


def by_departement(facts: naive.Facts, selection: Selection, _words: FilterOptions) -> list[Row]:
    """Beyond sixty days of change in all, those of a département are told at the ends of their quarters."""
    deps = departements(facts, selection)
    parts = {code: selection.with_codes("dep", [code]) for code in deps}
    days = {code: change_days(facts, part) for code, part in parts.items()}
    every = sorted({day for some in days.values() for day in some})
    if not every:
        return []
    start, until = selection.since or min(every[0], year_ago(selection.until)), selection.until
    rows = []
    for code, name in deps.items():
        shown = {day for day in days[code] if day > start}
        if len(every) > 60:
            shown = {quarter_end(day) for day in shown if quarter_end(day) < until}
        rows += [
            {"panel": name, "day": day, "value": stock(facts, parts[code], day)}
            for day in sorted({start, *shown, until})
        ]
    return rows


def waiting_stage(facts: naive.Facts, place: Any, until: date) -> tuple[str, int] | None:
    """The latest step of the examination under way, and the days since; None for a place that is not in process."""
    if not in_process(facts, place, until):
        return None
    events = [(day, IN_ORDER.index(step)) for day, step in facts.labels[place.place_id] if step in IN_ORDER]
    events = sorted(event for event in events if event[0] <= until)
    settled = [at for at, (_day, rank) in enumerate(events) if IN_ORDER[rank] in SETTLED]
    own = [event for event in events[max(settled, default=-1) + 1 :] if IN_ORDER[event[1]] in STAGES]
    day, rank = max(own)
    return IN_ORDER[rank], (until - day).days


def waiting(facts: naive.Facts, selection: Selection, _words: FilterOptions) -> list[Row]:
    kept = (place for place in facts.places if naive.kept(place, selection))
    found = [one for place in kept if (one := waiting_stage(facts, place, selection.until))]
    if not found:
        return []

    def age(days: int) -> str:
        return AGES[sum(days >= months * MONTH for months in (3, 6, 12))]

    return [
        {"stage": stage, "age": name, "places": sum(one == step and age(days) == name for one, days in found)}
        for step, stage in STAGES.items()
        for name in AGES
    ]


FRAMES: dict[str, Frame] = {
    "trajectoire": trajectory,
    "labellisations-par-an": changes_by_year,
    "delais-labellisation": delays,
    "label-par-departement": by_departement,
    "parcours": waiting,
}
