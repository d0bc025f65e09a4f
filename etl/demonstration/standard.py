"""standard-declarations.csv: what fictitious visits found, at the award of the label and at its renewal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from etl.demonstration.dice import Dice
from etl.demonstration.files import CellTexts, day_text, write_rows
from etl.demonstration.story import RENEWED, STORIES, Story

_DECLARED = ("bureaux-prives-et-partages", "animations")
_UNVISITED = frozenset({3, 13, 22, 30})  # numbers of the places of which nothing was declared


def write_standard_declarations(folder: Path) -> None:
    """Two findings per visit, and one refused: a criterion that does not exist."""
    dice = Dice("standard-declarations")
    rows = [row for story in STORIES if story.fate == "awarded" for row in _findings(story, dice)]
    rows.insert(20, {"id_lieu": "DEMO-08", "critere": "Parking", "date": "17/12/2019", "constat": "manquant"})
    write_rows("standard-declarations", rows, folder)


def _findings(story: Story, dice: Dice) -> Iterator[CellTexts]:
    if story.number in _UNVISITED:
        return
    visits = (
        (story.day, "visite avant la labellisation", 0.9),
        (RENEWED.get(story.number), "visite de renouvellement", 0.97),
    )
    for day, origin, met in visits:
        for criterion in _DECLARED if day else ():
            if dice.chance(0.94):
                yield _row(story, criterion, day, dice.chance(met), origin)


def _row(story: Story, criterion: str, day: date | None, is_met: bool, origin: str) -> CellTexts:
    return {
        "id_lieu": story.code,
        "critere": criterion,
        "date": day_text(day),
        "constat": "respecté" if is_met else "manquant",
        "source": origin,
    }
