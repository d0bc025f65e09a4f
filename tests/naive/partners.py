"""Naive values of the indicators of data/indicators/partners.py, by slug."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from data.selection import Selection
from tests import naive
from tests.naive.coverage import anywhere, communes, seats


def done(facts: naive.Facts, selection: Selection) -> list[Any]:
    return [
        one
        for one in facts.activities
        if naive.kept(one, selection) and (selection.since or date.min) <= one.day <= selection.until
    ]


def meetings(facts: naive.Facts, selection: Selection) -> list[Any]:
    return [one for one in done(facts, selection) if one.kind == "prior_meeting"]


def participations(facts: naive.Facts, selection: Selection) -> float | None:
    said = [one.participants for one in done(facts, selection)]
    known = [count for count in said if count is not None]
    return None if said and not known else sum(known)


def epci_touches(facts: naive.Facts, selection: Selection) -> float | None:
    counted = {commune.epci for commune in communes(facts, selection)} & seats()
    touched = {one.epci for one in done(facts, anywhere(selection))}
    return len(counted & touched) / len(counted) if counted else None


def lieux_visites(facts: naive.Facts, selection: Selection) -> float:
    return len({one.place_id for one in done(facts, selection)} - {None})


def matches(meeting: Any, aid: Any) -> bool:
    if meeting.aid_reference:
        return bool(aid.reference == meeting.aid_reference)
    if meeting.place_id and aid.place_id:
        return bool(aid.place_id == meeting.place_id)
    return bool(meeting.holder_key and aid.beneficiary_key == meeting.holder_key)


def rencontres_vers_emergence(facts: naive.Facts, selection: Selection) -> float | None:
    until = selection.until
    year_ago = date(until.year - 1, until.month, 28 if (until.month, until.day) == (2, 29) else until.day)
    old = [one for one in meetings(facts, selection) if one.day < year_ago]
    aids = [vote for vote in facts.votes if vote.scheme == "emergence" and vote.day <= until]
    followed = [one for one in old if any(aid.day >= one.day and matches(one, aid) for aid in aids)]
    return len(followed) / len(old) if old else None


VALUES: dict[str, Callable[[naive.Facts, Selection], float | None]] = {
    "actions-partenaires": lambda facts, selection: len(done(facts, selection)),
    "participations": participations,
    "epci-touches": epci_touches,
    "lieux-visites": lieux_visites,
    "rencontres-prealables": lambda facts, selection: len(meetings(facts, selection)),
    "rencontres-vers-emergence": rencontres_vers_emergence,
}
