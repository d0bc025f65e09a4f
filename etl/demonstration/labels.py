"""labels.csv: the life of each label, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from etl.demonstration.calendar import END, PROTOTYPES
from etl.demonstration.dice import Dice
from etl.demonstration.files import CellTexts, day_text, write_rows
from etl.demonstration.story import EXPIRED, REAPPLIED, REFUSED_BEFORE, RENEWED, STORIES, WITHDRAWN, Story

IMPOSSIBLE_DATE = (20, "avis Aract", "31/11/2018")
UNKNOWN_STEP = (30, "instruction en cours", "15/01/2020")


@dataclass(frozen=True)
class Step:
    """One line of the register."""

    story: Story
    step: str
    day: date
    opinion: str = ""
    comment: str = ""


def write_labels(folder: Path) -> None:
    """One row per place and step; two refused: an impossible date, a step that does not exist."""
    dice = Dice("labels")
    steps = [step for story in STORIES for step in label_steps(story)]
    write_rows("labels", [row for step in steps for row in _rows(step, dice)], folder)


def label_steps(story: Story) -> list[Step]:
    """The steps of one place, by date; the same at every call."""
    dice = Dice(f"label-{story.number}")
    steps = [*_first_life(story, dice), *_later_life(story)]
    return sorted(steps, key=lambda step: step.day)


def applied_on(story: Story) -> date | None:
    """The day of the first application, or None."""
    return next((step.day for step in label_steps(story) if step.step == "candidature"), None)


def _first_life(story: Story, dice: Dice) -> Iterator[Step]:
    """From the application to the last step of the story of the place."""
    day = story.day
    if day is None:
        return
    if story.fate == "applied":
        yield Step(story, "candidature", day)
    elif story.fate in ("ready", "waiting"):
        yield from _file(story, day, dice)
        if story.fate == "ready":
            yield Step(story, "avis Aract", dice.after(day, 45, 80), "favorable")
    elif story.fate == "abandoned":
        yield Step(story, "candidature", dice.after(day, -260, -120))
        yield Step(story, "abandonné", day, comment="Projet arrêté par le porteur")
    elif day == PROTOTYPES:
        yield Step(story, "candidature", dice.after(day, -250, -150), comment="Expérimentation « prototypes »")
        yield Step(story, "labellisé", day)
    else:
        yield from _decided(story, day, dice)


def _decided(story: Story, day: date, dice: Dice) -> Iterator[Step]:
    """Application, complete file, opinion, decision; some took more than a year."""
    before = REFUSED_BEFORE.get(story.number)
    if before is not None:
        yield from _try(story, before, "refusé", "défavorable", dice)
    if story.fate == "refused":
        yield from _try(story, day, "refusé", "réservé" if story.number == 51 else "défavorable", dice)
    else:
        yield from _try(story, day, "labellisé", "réservé" if dice.chance(0.15) else "favorable", dice)


def _try(story: Story, decision: date, step: str, opinion: str, dice: Dice) -> Iterator[Step]:
    complete = dice.after(decision, -380, -260) if dice.chance(0.12) else dice.after(decision, -150, -85)
    yield from _file(story, complete, dice)
    yield Step(story, "avis Aract", dice.after(complete, 28, 70), opinion)
    yield Step(story, step, decision)


def _file(story: Story, complete: date, dice: Dice) -> Iterator[Step]:
    requested = "Pièces complémentaires demandées" if dice.chance(0.2) else ""
    yield Step(story, "candidature", dice.after(complete, -95, -20), comment=requested)
    yield Step(story, "dossier complet", complete)


def _later_life(story: Story) -> Iterator[Step]:
    """Renewal, expiry, withdrawal, a second application."""
    later = (
        ("renouvelé", RENEWED, "Renouvelé pour trois ans"),
        ("expiré", EXPIRED, "Renouvellement non demandé"),
        ("retiré", WITHDRAWN, "Socle de services non tenu"),
        ("candidature", REAPPLIED, "Nouvelle candidature"),
    )
    for step, days, comment in later:
        if story.number in days:
            yield Step(story, step, days[story.number], comment=comment)


def _rows(step: Step, dice: Dice) -> Iterator[CellTexts]:
    decided = step.step in ("labellisé", "renouvelé", "refusé", "retiré")
    row = {
        "id_lieu": step.story.code,
        "etape": step.step,
        "date": day_text(step.day),
        "sens": step.opinion,
        "reference_decision": f"Comité du {day_text(step.day)}" if decided else "",
        "date_ceremonie": day_text(_ceremony(step, dice)),
        "commentaire": step.comment,
    }
    number, name, date_text = IMPOSSIBLE_DATE
    spoilt = (step.story.number, step.step) == (number, name)
    yield {**row, "date": date_text} if spoilt else row
    number, name, date_text = UNKNOWN_STEP
    if (step.story.number, step.step) == (number, "dossier complet"):
        yield {"id_lieu": step.story.code, "etape": name, "date": date_text}


def _ceremony(step: Step, dice: Dice) -> date | None:
    """About one award in two is celebrated, some weeks later."""
    if step.step != "labellisé" or dice.chance(0.5):
        return None
    day = dice.after(step.day, 25, 200)
    return day if day <= END - timedelta(days=1) else None
