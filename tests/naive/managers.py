"""Naive values of the indicators of data/indicators/managers.py, by slug."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from statistics import median
from typing import Any

from data.i18n import search_key
from data.selection import Selection
from tests import naive
from tests.naive.pace import year_ago

CLOSED = ("answered", "dropped")


def meetings_at(facts: naive.Facts, place: Any, selection: Selection) -> list[Any]:
    """Those of the twelve months to the date where a place was present, the last first."""
    after = year_ago(selection.until)
    held = [
        one
        for one in facts.meetings
        if place.place_id in facts.presences.get(one.reference, ()) and after < one.day <= selection.until
    ]
    return sorted(held, key=lambda one: one.day, reverse=True)


def lieux_au_reseau(facts: naive.Facts, selection: Selection) -> float | None:
    places = naive.lieux_labellises(facts, selection)
    return sum(bool(meetings_at(facts, place, selection)) for place in places) / len(places) if places else None


def expressed(facts: naive.Facts, selection: Selection) -> list[Any]:
    """The needs of the selection, expressed by the date."""
    return [one for one in facts.needs if one.day <= selection.until and naive.kept(one, selection)]


def waits(need: Any, until: date) -> bool:
    """Whether a need that was expressed is neither answered nor closed."""
    return need.state not in CLOSED or (need.answered is not None and need.answered > until)


def answered(facts: naive.Facts, selection: Selection) -> list[Any]:
    return [
        one
        for one in expressed(facts, selection)
        if one.state == "answered" and one.answered and naive.during(one.answered, selection)
    ]


def besoins_ouverts(facts: naive.Facts, selection: Selection) -> float:
    return sum(waits(one, selection.until) for one in expressed(facts, selection))


def delai_reponse(facts: naive.Facts, selection: Selection) -> float | None:
    delays = [(one.answered - one.day).days for one in answered(facts, selection)]
    return median(delays) if delays else None


def axis_code(action: Any) -> str:
    return "-".join(search_key(action.axis).replace(",", " ").split())


def actions(facts: naive.Facts, selection: Selection) -> list[Any]:
    axes = selection.codes("axe")
    return [one for one in facts.roadmap if not axes or axis_code(one) in axes]


def is_done(action: Any, until: date) -> bool:
    day = action.done or action.due
    return action.state == "done" and day is not None and day <= until


def due_actions(facts: naive.Facts, selection: Selection) -> list[Any]:
    return [one for one in actions(facts, selection) if one.due and one.due <= selection.until]


def feuille_de_route(facts: naive.Facts, selection: Selection) -> float | None:
    due = [one for one in due_actions(facts, selection) if one.state != "abandoned"]
    return sum(is_done(one, selection.until) for one in due) / len(due) if due else None


VALUES: dict[str, Callable[[naive.Facts, Selection], float | None]] = {
    "lieux-au-reseau": lieux_au_reseau,
    "besoins-ouverts": besoins_ouverts,
    "delai-reponse": delai_reponse,
    "feuille-de-route": feuille_de_route,
}
