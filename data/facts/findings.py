"""Findings of the rules in the roll-up of aid: as values of `step`, « broken:taux », beside the kinds of step."""

from __future__ import annotations

from sqlalchemy import func

from data.facts.aid import AID_FACT
from data.facts.aid_files import lever_step_conditions
from data.model.facts import Measure, Total
from data.rules.aid import RULES

LISTED_VERDICTS = ("broken", "derogation")  # those that lists show


def finding_steps(*verdicts: str) -> tuple[str, ...]:
    """The values of `step` for findings with these verdicts: « broken:taux », « broken:plafond »…"""
    return tuple(f"{verdict}:{rule.slug}" for verdict in verdicts for rule in RULES)


def rule_of_finding(step: str) -> str:
    """The slug of the rule in a value of `step`: « broken:taux » -> « taux »."""
    return step.partition(":")[2]


def finding_count(*verdicts: str) -> Measure:
    """The number of findings with these verdicts in files of the levers, dated by their first vote."""
    return Measure(
        AID_FACT,
        Total(lambda rows: func.sum(rows.lines)),
        row_conditions=lever_step_conditions(*finding_steps(*verdicts)),
    )


BROKEN_RULE_COUNT = finding_count("broken")
