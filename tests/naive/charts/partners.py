"""Naive frames of the charts of partners: what they did, and what followed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from data.i18n import MONTHS_SHORT
from data.selection import FilterOptions, Selection
from data.types import month_end, month_number, months_between
from tests import naive
from tests.naive.charts.model import Frame, Row
from tests.naive.coverage import anywhere, seats
from tests.naive.label import first
from tests.naive.pace import year_ago
from tests.naive.partners import done, matches, meetings
from tests.naive.territories import departements, intercommunalites

FAMILIES = {
    "Animation": ("qvt_exchange", "managers_meeting", "workshop", "seminar", "event"),
    "Appui": ("support",),
    "Instruction": ("prior_meeting", "label_opinion"),
}


def areas_of(facts: naive.Facts, selection: Selection) -> tuple[str, dict[str, str]]:
    """The intercommunalités of a territory that is chosen, when they are 24 at most; else the départements."""
    epcis = intercommunalites(facts, selection)
    if (selection.codes("dep") or selection.codes("epci")) and len(epcis) <= 24:
        return "epci", epcis
    return "dep", departements(facts, selection)


def matrix(facts: naive.Facts, selection: Selection, words: FilterOptions) -> list[Row]:
    actions = done(facts, selection)
    if not actions:
        return []
    column, areas = areas_of(facts, selection)
    somewhere = {getattr(one, column) for one in actions}
    names = {code: name for code, name in areas.items() if column == "dep" or code in seats() or code in somewhere} | (
        {"-": "Sans commune"} if "-" in somewhere else {}
    )
    heard_of = {one.partner for one in facts.activities}
    chosen = selection.codes("partenaire")
    partners = [one for one in words.by_filter["partenaire"] if not chosen or one.code in chosen]
    rows = []
    for code, name in names.items():
        for partner in partners:
            own = [one for one in actions if (one.partner, getattr(one, column)) == (partner.code, code)]
            known = [one.participants for one in own if one.participants is not None]
            none = 0 if partner.code in heard_of else None
            rows.append(
                {
                    "row": name,
                    "column": partner.label,
                    "value": len(own) or none,
                    "participations": (sum(known) if known else None) if own else none,
                }
            )
    return rows


def period_name(month: int, grain: int) -> str:
    year, number = divmod(month, 100)
    return {1: f"{MONTHS_SHORT[number - 1]} {year}", 3: f"T{(number + 2) // 3} {year}", 12: str(year)}[grain]


def by_period(facts: naive.Facts, selection: Selection, _words: FilterOptions) -> list[Row]:
    actions = done(facts, selection)
    if not actions:
        return []
    start = selection.since or min(one.day for one in actions)
    months = months_between(month_number(start), month_number(selection.until))
    grain = 1 if len(months) <= 24 else 3 if len(months) <= 96 else 12
    last = {period_name(month, grain): month for month in months}  # the last month of each, in order
    return [
        {
            "period": period,
            "family": family,
            "actions": sum(
                one.kind in kinds and period_name(month_number(one.day), grain) == period for one in actions
            ),
            "until": min(month_end(month), selection.until),
        }
        for period, month in last.items()
        for family, kinds in FAMILIES.items()
    ]


def follow(facts: naive.Facts, meeting: Any, until: date) -> tuple[bool, bool]:
    """Whether a vote of Émergence followed a meeting, then whether its place was awarded the label, by `until`."""
    votes = [one for one in facts.votes if one.scheme == "emergence" and meeting.day <= one.day]
    own = [one for one in votes if matches(meeting, one)]
    if not any(one.day <= until for one in own):
        return False, False
    numbers = {meeting.place_id or one.place_id for one in own} - {None}
    places = [place for place in facts.places if place.place_id in numbers]
    awards = [day for place in places if (day := first(facts, place, "awarded")) and meeting.day <= day]
    return True, any(day <= until for day in awards)


def outcomes(facts: naive.Facts, selection: Selection, _words: FilterOptions) -> list[Row]:
    old = [one for one in meetings(facts, selection) if one.day < year_ago(selection.until)]
    if not old:
        return []
    followed = [follow(facts, one, selection.until) for one in old]
    counts = {
        "Rencontres préalables": len(old),
        "Suivies d’un vote Émergence": sum(voted for voted, _labelled in followed),
        "Puis du label du lieu": sum(labelled for _voted, labelled in followed),
    }
    return [{"step": step, "count": count, "share": count / len(old)} for step, count in counts.items()]


def followed_places(facts: naive.Facts, selection: Selection, _words: FilterOptions) -> list[Row]:
    column, areas = areas_of(facts, selection)
    ever = done(facts, replace(anywhere(selection), since=None))
    days: dict[int, date] = {}
    for one in ever:
        if one.place_id is not None:
            days[one.place_id] = max(one.day, days.get(one.place_id, date.min))
    since = year_ago(selection.until)
    rows = []
    for code, name in areas.items():
        own = [one for one in naive.lieux_labellises(facts, selection) if getattr(one, column) == code]
        last = [days.get(place.place_id) for place in own]
        recent, never = sum(day is not None and day > since for day in last), last.count(None)
        if own:
            older = len(own) - recent - never
            rows.append({"name": name, "places": len(own), "recent": recent, "older": older, "never": never})
    return rows


FRAMES: dict[str, Frame] = {
    "matrice-partenaires": matrix,
    "actions-par-mois": by_period,
    "suite-rencontres": outcomes,
    "lieux-visites-par-departement": followed_places,
}
