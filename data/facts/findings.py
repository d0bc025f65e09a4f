"""What rules find in aid files, as the sums of aid name it: beside the kinds of step, in the same roll-up."""

from __future__ import annotations

from sqlalchemy import func

from data.facts.aid import AID_FACT
from data.facts.aid_files import lever_step_conditions
from data.model.facts import Measure, Total

RULE_SLUGS = ("taux", "plafond", "rencontre-prealable", "label", "enchainement")  # the slugs of the rules
LISTED_VERDICTS = ("broken", "derogation")  # the verdicts that lists tell


def finding_steps(*verdicts: str) -> tuple[str, ...]:
    """All that rules may find with these verdicts: « broken:taux »…"""
    return tuple(f"{verdict}:{rule}" for verdict in verdicts for rule in RULE_SLUGS)


def rule_of_finding(step: str) -> str:
    """The rule of a finding so named."""
    return step.partition(":")[2]


def finding_count(*verdicts: str) -> Measure:
    """The findings in the files of the levers, on the day of their first vote."""
    return Measure(
        AID_FACT,
        Total(lambda rows: func.sum(rows.lines)),
        row_conditions=lever_step_conditions(*finding_steps(*verdicts)),
    )


BROKEN_RULE_COUNT = finding_count("broken")
