"""The path of projects with Aract again, activity by activity and file by file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any

from data.selection import Selection
from tests import naive
from tests.naive.aid_files import ORDERS, first_vote
from tests.naive.partners import matches

STEPS = {
    "met": "Rencontre préalable",
    "enriched": "Cahier des charges enrichi",
    "voted": "Aide Émergence votée",
    "equipped": "Équipement mandaté",
    "digital": "Services numériques voté",
}


@dataclass
class Project:
    """What is known of a place, or of a holder without one: its meetings, and the days of its steps."""

    place_id: int | None
    holders: set[str] = field(default_factory=set)
    meetings: list[Any] = field(default_factory=list)
    days: dict[str, date] = field(default_factory=dict)
    emergence: Any = None
    digital: Any = None


def followed_by(facts: naive.Facts, meeting: Any) -> list[Any]:
    return [
        file
        for file in facts.files
        if file.scheme == "emergence" and (vote := first_vote(file)) and vote >= meeting.day and matches(meeting, file)
    ]


def projects(facts: naive.Facts, selection: Selection) -> list[Project]:
    """Those first met in the period that the filters keep."""
    found: dict[Any, Project] = {}
    for meeting in facts.activities:
        if (meeting.kind, meeting.partner) != ("prior_meeting", "aract"):
            continue
        files = followed_by(facts, meeting)
        places = {file.place_id for file in files} - {None}
        place = meeting.place_id or min(places, default=None)
        holder = meeting.holder_key or min((file.beneficiary_key for file in files), default=None)
        one = found.setdefault(place or holder or (meeting.code,), Project(place))
        one.meetings.append(meeting)
        one.holders |= {holder} - {None}
    kept = []
    for one in found.values():
        first = min(one.meetings, key=lambda meeting: (meeting.day, meeting.code))
        where = next((place for place in facts.places if place.place_id == one.place_id), first)
        columns = ("dep", "epci", "holder_type", "typologies")
        scope = SimpleNamespace(**{name: getattr(where, name) for name in columns}, partner="aract", kind=first.kind)
        if naive.during(first.day, selection) and naive.kept(scope, selection):
            _follow(facts, one, selection.until)
            kept.append(one)
    return kept


def _follow(facts: naive.Facts, one: Project, until: date) -> None:
    met = one.days["met"] = min(meeting.day for meeting in one.meetings)
    holder = min(one.holders, default=None)

    def voted(files: list[Any]) -> list[Any]:
        dated = [(vote, file.reference, file) for file in files if (vote := first_vote(file)) and vote <= until]
        return [file for _vote, _reference, file in sorted(dated, key=lambda row: row[:2])]

    emergence = voted([file for meeting in one.meetings for file in followed_by(facts, meeting)])
    digital = voted(
        [
            file
            for file in facts.files
            if file.scheme == "services-numeriques"
            and (first_vote(file) or date.min) >= met
            and (
                (one.place_id and file.place_id == one.place_id)
                or (not (one.place_id and file.place_id) and holder and file.beneficiary_key == holder)
            )
        ]
    )
    one.emergence, one.digital = next(iter(emergence), None), next(iter(digital), None)
    if one.emergence:
        one.days["voted"] = first_vote(one.emergence)
    if one.digital:
        one.days["digital"] = first_vote(one.digital)
    orders = [step.day for file in (*emergence, *digital) for step in file.steps if step.step in ORDERS]
    supports = [
        activity.day
        for activity in facts.activities
        if activity.partner == "aract"
        and activity.kind in ("support", "qvt_exchange")
        and activity.day <= min(until, one.days.get("voted", until))
        and (
            activity.place_id == one.place_id
            if one.place_id
            else not activity.place_id and holder and activity.holder_key == holder
        )
    ]
    for step, days in (("equipped", orders), ("enriched", supports)):
        kept = [day for day in days if met <= day <= until]
        if kept:
            one.days[step] = min(kept)


def last_step(one: Project) -> str:
    return [name for step, name in STEPS.items() if step in one.days][-1]
