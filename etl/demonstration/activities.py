"""activities.csv: what the fictitious partners did, from the meetings before a study to the workshops."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from etl.demonstration.activity_cases import (
    ENRICHED,
    EVENTS,
    LATE_MEETINGS,
    NOT_FOLLOWED,
    SUPPORTED,
    WITHOUT_MEETING,
    Gathering,
)
from etl.demonstration.aids import AidFile, aid_files
from etl.demonstration.calendar import END
from etl.demonstration.dice import Dice
from etl.demonstration.files import CellTexts, day_text, write_rows
from etl.demonstration.labels import IMPOSSIBLE_DATE, label_steps
from etl.demonstration.story import STORIES, story_of

MEETING = "rencontre préalable"


@dataclass(frozen=True)
class Activity:
    """One line of the partners' register; a place of None may still have a commune."""

    partner: str
    kind: str
    day: date
    title: str
    place: str = ""
    commune: str = ""
    participants: int | None = None
    hours: str = ""
    holder: str = ""
    aid_reference: str = ""


def write_activities(folder: Path) -> None:
    """One row per activity, by date, and four refused."""
    dice = Dice("activities")
    found = [*_before_studies(dice), *_without_study(dice), *_opinions(), *_support(dice), *_events(dice)]
    found += _specifications(Dice("specifications"))
    found.sort(key=lambda one: (one.day, one.partner, one.kind, one.place, one.commune))
    rows = [_row(number, one) for number, one in enumerate(found, 1)]
    _spoil(rows)
    write_rows("activities", rows, folder)


def _before_studies(dice: Dice) -> Iterator[Activity]:
    """The Aract's meeting before each study, but for a few; linked by the place, the holder or the aid file."""
    for file in aid_files():
        if file.aid.scheme != "emergence" or file.adjourned or _number(file) in WITHOUT_MEETING:
            continue
        late = _number(file) in LATE_MEETINGS
        day = dice.after(file.requested, 20, 40) if late else dice.after(file.requested, -110, -15)
        yield _linked(_meeting(day, dice), file, dice)


def _number(file: AidFile) -> int:
    return 0 if file.aid.story is None else file.aid.story.number


def _linked(meeting: Activity, file: AidFile, dice: Dice) -> Activity:
    story, kind = file.aid.story, dice.real(0, 1)
    if story is None:
        return replace(meeting, holder=file.aid.beneficiary)
    if kind < 0.5:
        return replace(meeting, place=story.code, holder=story.holder if dice.chance(0.5) else "")
    if kind < 0.75:
        return replace(meeting, place=story.code, aid_reference=file.reference)
    return replace(
        meeting, commune=story.commune.code, holder=story.holder.upper() if dice.chance(0.3) else story.holder
    )


def _without_study(dice: Dice) -> Iterator[Activity]:
    """Meetings that no study has followed, or not yet."""
    for number, day in NOT_FOLLOWED:
        story = story_of(number)
        yield replace(_meeting(day, dice), commune=story.commune.code, holder=story.holder)


def _meeting(day: date, dice: Dice) -> Activity:
    attended = None if dice.chance(0.15) else dice.whole(1, 4)
    return Activity(
        "aract", MEETING, day, "Rencontre avant étude", participants=attended, hours=dice.pick(("2", "2", "2,5"))
    )


def _opinions() -> Iterator[Activity]:
    """One per readable opinion of the label's register."""
    spoilt = IMPOSSIBLE_DATE[:2]
    for story in STORIES:
        for step in label_steps(story):
            if step.step == "avis Aract" and (story.number, step.step) != spoilt:
                yield Activity("aract", "avis sur le label", step.day, "Avis sur la demande de label", story.code)


def _specifications(dice: Dice) -> Iterator[Activity]:
    """Aract's help with a specification, after the request for aid and before its vote."""
    for file in aid_files():
        if file.aid.scheme == "emergence" and file.aid.story is not None and _number(file) in ENRICHED:
            day = dice.after(file.requested, 3, 15)
            yield Activity("aract", "accompagnement", day, "Pistes pour le cahier des charges", file.aid.story.code,
                           participants=dice.whole(1, 3), hours="2")  # fmt: skip


def _support(dice: Dice) -> Iterator[Activity]:
    for number in SUPPORTED:
        story = story_of(number)
        day = dice.after(min(story.day or END, date(2020, 9, 1)), 30, 110)
        yield Activity("aract", "accompagnement", day, "Appui au projet d’espace de travail", story.code,
                       participants=dice.whole(1, 6), hours="3")  # fmt: skip


def _events(dice: Dice) -> Iterator[Activity]:
    for event in EVENTS:
        low, high = event.participants
        attended = None if dice.chance(0.12) else dice.whole(low, high)
        yield _located(event, Activity(event.partner, event.kind, event.day, event.title, participants=attended,
                                       hours=event.hours))  # fmt: skip


def _located(event: Gathering, activity: Activity) -> Activity:
    """At a place, in the commune of one without being there, or at a distance."""
    if event.place is None:
        return activity
    story = story_of(event.place)
    return replace(activity, commune=story.commune.code) if event.outside else replace(activity, place=story.code)


def _row(number: int, one: Activity) -> CellTexts:
    return {
        "id_action": f"ACT-{one.day:%y}-{number:03}",
        "partenaire": one.partner,
        "type": one.kind,
        "date": day_text(one.day),
        "id_lieu": one.place,
        "code_insee": one.commune,
        "intitule": one.title,
        "participants": "" if one.participants is None else str(one.participants),
        "duree_heures": one.hours,
        "porteur": one.holder,
        "reference_aide": one.aid_reference,
    }


def _spoil(rows: list[CellTexts]) -> None:
    """A partner, a place, a day that do not exist; a number of participants in words."""
    workshop = {"partenaire": "aten", "type": "atelier", "intitule": "Atelier numérique des artisans"}
    rows.insert(35, {**workshop, "id_action": "ACT-X1", "partenaire": "Chambre des métiers", "date": "12/03/2019"})
    rows.insert(70, {**workshop, "id_action": "ACT-X2", "date": "18/06/2019", "id_lieu": "DEMO-99"})
    rows.insert(105, {**workshop, "id_action": "ACT-X3", "date": "31/09/2019", "id_lieu": "DEMO-08"})
    rows.insert(130, {**workshop, "id_action": "ACT-X4", "date": "14/10/2020", "id_lieu": "DEMO-13",
                      "participants": "une quinzaine"})  # fmt: skip
