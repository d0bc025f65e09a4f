"""What rules find in aid files, as the sums of aid name it: beside the kinds of step, in the same roll-up."""

from __future__ import annotations

from sqlalchemy import func

from data.facts.aid import AIDS
from data.facts.aid_files import levers_of_the_region
from data.model.facts import Measure, Total

JUDGED = ("taux", "plafond", "rencontre-prealable", "label", "enchainement")  # the slugs of the rules
TOLD = ("broken", "derogation")  # the verdicts that lists tell


def found_steps(*verdicts: str) -> tuple[str, ...]:
    """All that rules may find with these verdicts: « broken:taux »…"""
    return tuple(f"{verdict}:{rule}" for verdict in verdicts for rule in JUDGED)


def rule_of(step: str) -> str:
    """The rule of a finding so named."""
    return step.partition(":")[2]


def found_by_rules(*verdicts: str) -> Measure:
    """The findings in the files of the levers, on the day of their first vote."""
    return Measure(AIDS, Total(lambda rows: func.sum(rows.lines)), only=levers_of_the_region(*found_steps(*verdicts)))


BROKEN = found_by_rules("broken")
