"""attendance.csv: what the fictitious places declared of their attendance, month by month.

About a thousand visits a month: a season, places that grow in their first year, the closed spring and the slow
autumn of 2020. In December 2020, 26 of the 34 labelled places have answered in visits.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from data.types import months_between
from etl.demonstration.calendar import END
from etl.demonstration.dice import Dice
from etl.demonstration.files import CellTexts, day_text, write_rows
from etl.demonstration.places import opened_on, seats_of
from etl.demonstration.story import CLOSED, STORIES, Story, lost_on

MONTHS = [date(month // 100, month % 100, 1) for month in months_between(201801, 202012)]
_SEASON = (0.95, 1.0, 1.08, 1.02, 1.0, 1.05, 0.78, 0.55, 1.1, 1.2, 1.15, 0.95)
# 2020 against an ordinary year, month by month.
_PANDEMIC = (1.02, 1.05, 0.45, 0.1, 0.28, 0.62, 0.76, 0.78, 0.78, 0.72, 0.38, 0.6)
_SHUT = (date(2020, 4, 1), date(2020, 5, 1), date(2020, 11, 1))

NEVER = (19, 22, 29)  # never sent anything
SILENT_SINCE = {5: date(2020, 10, 1), 18: date(2020, 11, 1), 34: date(2020, 12, 1), 36: date(2020, 12, 1)}
IN_PERSON_DAYS = 13  # counts person-days only, which are not visits
ALSO_IN = {1: "personnes", 6: "personnes", 8: "journées"}
BY_AUDIENCE = (2, 7)
_AUDIENCES = (
    ("indépendants", 0.34),
    ("salariés en télétravail", 0.26),
    ("entreprises et TPE", 0.14),
    ("étudiants", 0.12),
    ("associations", 0.1),
)


def write_attendance(folder: Path) -> None:
    """One row per place, month, unit and audience declared; five refused and one written twice."""
    rows = [row for story in STORIES for row in _place_rows(story)]
    _spoil(rows)
    write_rows("attendance", rows, folder)


def _place_rows(story: Story) -> Iterator[CellTexts]:
    dice = Dice(f"attendance-{story.number}")
    usual = dice.real(26, 84)
    for month in MONTHS:
        # Drawn before anything is decided, so that a change for one month leaves the others as they were.
        noise, answers, shut = dice.real(0.85, 1.15), dice.chance(0.91), dice.chance(0.45)
        if not _declares(story, month, answers):
            continue
        closed = shut and month in _SHUT
        value = 0 if closed else round(usual * noise * _level(story, month))
        yield from _month_rows(story, month, value, 0 if closed else dice.whole(16, 22))


def _declares(story: Story, month: date, answers: bool) -> bool:
    """From the month of the award, while the place is labelled; every one that still declares did in December 2020."""
    opened, lost = opened_on(story), CLOSED.get(story.number) or lost_on(story)
    if story.number in NEVER or not story.awarded_by(_last_day(month)) or opened is None or opened > month:
        return False
    if lost is not None and lost < _last_day(month):
        return False
    if month >= SILENT_SINCE.get(story.number, date.max):
        return False
    return answers or _last_day(month) == END


def _level(story: Story, month: date) -> float:
    """Season, a slow start, a little growth, the pandemic."""
    awarded = story.day or month
    age = (month.year - awarded.year) * 12 + month.month - awarded.month
    start = min(1.0, 0.55 + 0.05 * max(0, age))
    pandemic = _PANDEMIC[month.month - 1] if month.year == 2020 else 1.0
    return _SEASON[month.month - 1] * start * pandemic * (1 + 0.06 * (month.year - 2018))


def _month_rows(story: Story, month: date, value: int, open_days: int) -> Iterator[CellTexts]:
    row = {
        "id_lieu": story.code,
        "debut": day_text(month),
        "fin": day_text(_last_day(month)),
        "unite": "journées" if story.number == IN_PERSON_DAYS else "visites",
        "valeur": str(value),
        "capacite": str(seats_of(story)),
        "jours_ouverts": str(open_days),
    }
    yield row
    if story.number in ALSO_IN:
        yield {**row, "unite": ALSO_IN[story.number], "valeur": str(round(value * 0.4))}
    if story.number in BY_AUDIENCE and value:
        parts = [(name, int(value * share)) for name, share in _AUDIENCES]
        rest = ("autres", value - sum(count for _, count in parts))
        for name, count in (*parts, rest):
            yield {**row, "public": name, "valeur": str(count)}


def _last_day(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def _spoil(rows: list[CellTexts]) -> None:
    """Five lines that no loader can accept, one that was pasted twice."""
    period = {"debut": "01/09/2019", "fin": "30/09/2019", "unite": "visites"}
    rows.insert(60, dict(rows[59]))
    rows.insert(140, {**period, "id_lieu": "DEMO-99", "valeur": "41"})
    rows.insert(300, {**period, "id_lieu": "DEMO-12", "fin": "31/09/2019", "unite": "personnes", "valeur": "22"})
    rows.insert(420, {**period, "id_lieu": "DEMO-14", "unite": "personnes", "valeur": "-12"})
    rows.insert(510, {**period, "id_lieu": "DEMO-17", "unite": "personnes", "valeur": "environ 40"})
    rows.insert(600, {**period, "id_lieu": "DEMO-23", "unite": "personnes", "valeur": "37,5"})
