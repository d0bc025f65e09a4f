"""What rules find in aid files, as the sums of aid name it: beside the kinds of step, in the same roll-up."""

from __future__ import annotations

from sqlalchemy import func

from data.facts.aid import AID_FACT
from data.facts.aid_files import lever_step_conditions
from data.model.facts import Measure, Total
from data.rules.aid import RULES

LISTED_VERDICTS = ("broken", "derogation")  # those that lists show


def finding_steps(*verdicts: str) -> tuple[str, ...]:
    """All that rules may find with these verdicts: « broken:taux »…"""
    return tuple(f"{verdict}:{rule.slug}" for verdict in verdicts for rule in RULES)


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
