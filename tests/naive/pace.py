"""Naive values of the indicators of data/indicators/pace.py, by slug."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from data.selection import Selection
from tests import naive


def target_of(facts: naive.Facts, selection: Selection) -> Any:
    """The target voted for just this territory: the next one due, else the last."""
    if selection.codes("porteur") or selection.codes("typologie"):
        return None
    territories = [*selection.codes("dep"), *selection.codes("epci")]
    if len(territories) > 1:
        return None
    mine = [
        one
        for one in facts.targets
        if one.indicator == "lieux-labellises"
        and one.territory == (territories[0] if territories else "")
        and not one.partner
        and not one.scheme
    ]
    mine.sort(key=lambda one: one.due)
    ahead = [one for one in mine if one.due >= selection.until]
    return (ahead or mine[-1:] or [None])[0]


def stock(facts: naive.Facts, selection: Selection, day: date | None = None) -> int:
    return len(naive.lieux_labellises(facts, selection, day))


def part(facts: naive.Facts, selection: Selection) -> float | None:
    target = target_of(facts, selection)
    return None if target is None else stock(facts, selection) / target.value


def line_at(target: Any, day: date) -> float | None:
    """Walked day by day from the baseline."""
    if day >= target.due:
        return float(target.value)
    if target.baseline_day is None or day < target.baseline_day:
        return None
    step = (target.value - target.baseline_value) / (target.due - target.baseline_day).days
    return float(target.baseline_value + step * (day - target.baseline_day).days)


def attendu(facts: naive.Facts, selection: Selection) -> float | None:
    target = target_of(facts, selection)
    return None if target is None else line_at(target, selection.until)


def avance(facts: naive.Facts, selection: Selection) -> float | None:
    awaited = attendu(facts, selection)
    return None if awaited is None else stock(facts, selection) - awaited


def avance_jours(facts: naive.Facts, selection: Selection) -> float | None:
    """The line walked day by day until it passes the count, then the part of a day back."""
    target = target_of(facts, selection)
    if target is None or target.baseline_value is None or line_at(target, selection.until) is None:
        return None
    labelled = stock(facts, selection)
    if labelled < target.baseline_value or labelled > target.value:
        return None
    day = target.baseline_day
    while (line_at(target, day) or 0) < labelled:
        day += timedelta(days=1)
    step = (target.value - target.baseline_value) / (target.due - target.baseline_day).days
    return (day - selection.until).days - ((line_at(target, day) or 0) - labelled) / step


def requis(facts: naive.Facts, selection: Selection) -> float | None:
    target = target_of(facts, selection)
    if target is None or selection.until > target.due:
        return None
    missing = target.value - stock(facts, selection)
    if missing <= 0:
        return 0
    days = (target.due - selection.until).days
    return missing / days * 30.4375 if days else None


def year_ago(day: date) -> date:
    return date(day.year - 1, 2, 28) if (day.month, day.day) == (2, 29) else date(day.year - 1, day.month, day.day)


def observe(facts: naive.Facts, selection: Selection) -> float | None:
    return (stock(facts, selection) - stock(facts, selection, year_ago(selection.until))) / 12


def projection(facts: naive.Facts, selection: Selection) -> float | None:
    target = target_of(facts, selection)
    if target is None or selection.until > target.due:
        return None
    began = ended = 0
    for place in facts.places:
        if not naive.kept(place, selection):
            continue
        turning = {day for day, _step in facts.labels.get(place.place_id, [])} | ({place.closed} - {None})
        for day in sorted(turning):
            if not year_ago(selection.until) < day <= selection.until:
                continue
            before, after = (naive.labelled(facts, place, one) for one in (day - timedelta(days=1), day))
            began += after and not before
            ended += before and not after
    if began + ended < 6:
        return None
    years = (target.due - selection.until).days / 365.25
    return max(0.0, stock(facts, selection) + (began - ended) * years)


VALUES: dict[str, Callable[[naive.Facts, Selection], float | None]] = {
    "part-objectif": part,
    "attendu-a-date": attendu,
    "avance-labels": avance,
    "avance-jours": avance_jours,
    "rythme-requis": requis,
    "rythme-observe": observe,
    "projection-echeance": projection,
}
