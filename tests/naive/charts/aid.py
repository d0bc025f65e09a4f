"""Naive frames of the charts of aid: by year, by step, by holder, by funder, against envelopes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from data.selection import FilterOptions, Selection
from data.sources import REGION_SIREN
from tests import naive
from tests.naive.aid_files import ORDERS, VOTED, first_vote
from tests.naive.charts.model import Frame, Row
from tests.naive.credits import fiscal_year

STAGES = {"Voté": VOTED, "Engagé": ("commitment",), "Mandaté": ORDERS, "Payé": ("payment",)}
USED = {"AE": VOTED, "AP": VOTED, "CP": ORDERS}  # kind of credits -> the steps that use them


def schemes_in_order(steps: list[Any], words: FilterOptions) -> list[str]:
    return sorted({one.scheme for one in steps}, key=lambda code: words.position("dispositif", code))


def by_year(facts: naive.Facts, selection: Selection, words: FilterOptions) -> list[Row]:
    steps = naive.aides_votees(facts, selection)
    if not steps:
        return []
    first = selection.since.year if selection.since else min(one.day.year for one in steps)
    return [
        {
            "year": year,
            "label": words.label("dispositif", scheme),
            "amount": sum(one.amount for one in steps if (one.scheme, one.day.year) == (scheme, year)),
            "until": min(date(year, 12, 31), selection.until),
        }
        for scheme in schemes_in_order(steps, words)
        for year in range(first, selection.until.year + 1)
    ]


def by_stage(facts: naive.Facts, selection: Selection, words: FilterOptions) -> list[Row]:
    every = naive.aides_votees(facts, selection, *(step for steps in STAGES.values() for step in steps))
    totals = {stage: sum(one.amount for one in every if one.step in steps) for stage, steps in STAGES.items()}
    voted = totals["Voté"]
    return [
        {
            "stage": stage,
            "label": words.label("dispositif", scheme),
            "amount": sum(one.amount for one in every if one.scheme == scheme and one.step in steps),
            "share": totals[stage] / voted if voted and selection.since is None else None,
        }
        for scheme in schemes_in_order(every, words)
        for stage, steps in STAGES.items()
    ]


def envelopes(facts: naive.Facts, selection: Selection, _words: FilterOptions) -> list[Row]:
    """An exercice is whole: nothing is shown when the period begins within one."""
    since, until = selection.since, selection.until
    if since and (since.month, since.day) != (1, 1):
        return []
    found: dict[tuple[int, str], list[Any]] = {}
    for one in facts.envelopes:
        in_period = (since or date.min).year <= one.fiscal_year <= until.year
        if in_period and (not selection.codes("dispositif") or one.scheme in selection.codes("dispositif")):
            found.setdefault((one.fiscal_year, one.credit), []).append(one)
    rows = []
    for (year, credit), given in sorted(found.items()):
        used = sum(
            step.amount
            for step in facts.steps
            if step.funder == REGION_SIREN
            and step.step in USED[credit]
            and step.day <= until
            and fiscal_year(step) == year
            and step.scheme in {one.scheme for one in given}
        )
        whole = float(sum(one.amount for one in given))
        rows.append({"year": year, "credit": credit, "envelope": whole, "used": used, "share": used / whole})
    return rows


def ranked(steps: list[Any], files: list[Any], key: str, label: Callable[[str], str]) -> list[Row]:
    """Largest first; between equals, in the order of codes."""
    sums = {code: sum(one.amount for one in steps if getattr(one, key) == code) for code in _codes(steps, key)}
    whole = sum(sums.values())
    return [
        {
            "label": label(code),
            "amount": amount,
            "share": amount / whole if whole else None,
            "files": sum(getattr(one, key) == code for one in files),
        }
        for code, amount in sorted(sums.items(), key=lambda one: (-one[1], one[0]))
    ]


def _codes(steps: list[Any], key: str) -> set[str]:
    return {getattr(one, key) for one in steps}


def first_voted(facts: naive.Facts, selection: Selection, family: str) -> list[Any]:
    """The files of a family (of the Région for the levers) first voted in the period."""
    return [
        one
        for one in facts.files
        if one.family == family
        and (one.lever or family != "lever")
        and naive.kept(one, selection)
        and (day := first_vote(one))
        and naive.during(day, selection)
    ]


def by_holder(facts: naive.Facts, selection: Selection, words: FilterOptions) -> list[Row]:
    def label(code: str) -> str:
        return words.label("porteur", naive.HOLDERS[code]) if code in naive.HOLDERS else "non renseigné"

    steps = naive.aides_votees(facts, selection)
    return ranked(steps, first_voted(facts, selection, "lever"), "holder_type", label)


def by_funder(facts: naive.Facts, selection: Selection, _words: FilterOptions) -> list[Row]:
    def label(code: str) -> str:
        return "Région Normandie" if code == REGION_SIREN else f"SIREN {code}" if code.isdigit() else code

    steps = [
        one
        for one in facts.steps
        if one.family == "complementary"
        and one.step in VOTED
        and naive.kept(one, selection)
        and naive.during(one.day, selection)
    ]
    return ranked(steps, first_voted(facts, selection, "complementary"), "funder", label)


FRAMES: dict[str, Frame] = {
    "aides-par-dispositif": by_year,
    "cascade-aides": by_stage,
    "enveloppes": envelopes,
    "aides-par-porteur": by_holder,
    "aides-complementaires": by_funder,
}
